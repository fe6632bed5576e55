#include "cms/pipeline/links.h"

#include <gmock/gmock.h>

#include "cms/pipeline/build_once.h"
#include "storage/snapshot/memory_snapshot.h"

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

TEST(Links, InTheValuesOfOtherAttributesAreText) {
  EXPECT_THAT(targets("i.html", R"(<a onclick="location.href=this.value" title="href=no" href=/a>
    <a onclick="window.location.href=this.value">)"),
              ElementsAre("/a"));
}

TEST(Links, InCommentsScriptsAndStylesAreText) {
  EXPECT_THAT(targets("i.html", R"(<!-- <a href="/a"> --><script>"<a href='/b'>"</script>
    <style>/* <img src="/c"> */</style><a href="/d">)"),
              ElementsAre("/d"));
  EXPECT_THAT(targets("i.html", "<!-- <a href='/a'>"), IsEmpty());
}

// In a time that goes by its length: else this would take minutes.
TEST(Links, OfAPageOfNothingButBeginningsOfTagsAreFoundToo) {
  std::string html;
  for (int i = 0; i < 1'000'000; ++i) html += "<a ";
  EXPECT_THAT(targets("i.html", html), IsEmpty());
  EXPECT_THAT(targets("i.html", html + "href=b>"), ElementsAre("/b"));
  EXPECT_THAT(targets("i.html", "1 < 2 <a href=b>"), ElementsAre("/b"));
}

TEST(Links, OfOtherTypesOfFilesAreNone) {
  EXPECT_THAT(targets("feed.xml", R"(<a href="/a">)"), IsEmpty());
}

std::vector<std::string> dead_links(const std::map<std::string, std::string>& files) {
  BuildRequest request;
  request.source.snapshot = *storage::make_memory_snapshot(files);
  LinkCheck links;
  auto report = build_once(std::move(request),
                           [&](const std::string& path, const render::RenderedPage& page) {
                             links.add(path, local_links(path, page.bytes));
                             return Status();
                           });
  std::vector<std::string> told;
  for (const Problem& problem : links.problems(*report->site)) told.push_back(to_string(problem));
  return told;
}

TEST(LinkCheck, NamesTheLineOfWhatLeadsNowhere) {
  EXPECT_THAT(
      dead_links({{"a.md", "---\nlayout: d\n---\n[ok](/b.html)\n\nA [dead](../x/#y) one.\n"},
                  {"b.md", "---\n---\n![no](/i.png) [ok](/a) [ok](/)\n"},
                  {"index.md", "---\n---\n"},
                  {"_layouts/d.html", "<a href='/of-a-layout/'>x</a>{{ content }}"}}),
      ElementsAre(
          "b.md:3:7: image '/i.png' leads to nothing in the site; add the file or mend the path",
          "a.md: link '/of-a-layout/' leads to nothing in the site; add the file or mend the path",
          "a.md:6:10: link '/x/' leads to nothing in the site; add the file or mend the path"));
}

}  // namespace
}  // namespace stet::pipeline
