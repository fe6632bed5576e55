#include "cms/pipeline/links.h"

#include <gmock/gmock.h>

namespace stet::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> targets(std::string_view page, std::string_view html) {
  std::vector<std::string> targets;
  for (const LocalLink& link : local_links(page, html)) targets.push_back(link.target);
  return targets;
}

TEST(Links, AreResolvedAgainstThePage) {
  EXPECT_THAT(targets("a/index.html", R"(<a href="b">x</a><img src='../c.png' alt="href=no">)"),
              ElementsAre("/a/b", "/c.png"));
  EXPECT_THAT(targets("a/x.html", R"(<a href="/y/?q#f">x</a><a href=z.html>)"),
              ElementsAre("/a/z.html", "/y/"));
}

TEST(Links, ThatLeadElsewhereAreNotLookedAt) {
  EXPECT_THAT(targets("i.html", R"(<a href="https://x/y"><a href="//x/y"><a href="mailto:a@b">
    <a href="#here"><a href="?q=1"><a name="x">)"),
              IsEmpty());
}

TEST(Links, InCommentsScriptsAndStylesAreText) {
  EXPECT_THAT(targets("i.html", R"(<!-- <a href="/a"> --><script>"<a href='/b'>"</script>
    <style>/* <img src="/c"> */</style><a href="/d">)"),
              ElementsAre("/d"));
  EXPECT_THAT(targets("i.html", "<!-- <a href='/a'>"), IsEmpty());
}

TEST(Links, OfOtherTypesOfFilesAreNone) {
  EXPECT_THAT(targets("feed.xml", R"(<a href="/a">)"), IsEmpty());
}

}  // namespace
}  // namespace stet::pipeline
