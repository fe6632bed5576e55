#include "cms/publish/resolve.h"

#include <gtest/gtest.h>

#include "tests/cms/publish/make.h"

namespace stet::publish {
namespace {

const Manifest& site() {
  static const Manifest manifest = manifest_of({
      set("index.html", "home"),
      set("about.html", "about"),
      set("both.html", "both, the page"),
      set("both/index.html", "both, the folder"),
      set("strict.xhtml", "strict"),
      set("posts/2020/x.html", "x"),
      set("feeds/index.xml", "feed"),
      set("ü b/index.html", "odd"),
      set("no-extension", "plain"),
      set("404.html", "lost"),
      stale("late.html"),
  });
  return manifest;
}

TEST(Resolve, FindsWhatAReaderMeans) {
  struct {
    const char* url;
    const char* answer;  // the output path; "-> location"; "" for none
  } cases[] = {
      {"/", "index.html"},
      {"/index.html", "index.html"},
      {"/about.html", "about.html"},
      {"/about", "about.html"},
      {"/about/", ""},
      {"/both", "-> /both/"},
      {"/both/", "both/index.html"},
      {"/both.html", "both.html"},
      {"/strict", "strict.xhtml"},
      {"/posts/2020/x", "posts/2020/x.html"},
      {"/posts/2020", ""},
      {"/posts/", ""},
      {"/feeds", "-> /feeds/"},
      {"/feeds/", "feeds/index.xml"},
      {"/ü b", "-> /%C3%BC%20b/"},
      {"/no-extension", "no-extension"},
      {"/no-extension/", ""},
      {"/late", "late.html"},
      {"", ""},
      {"about.html", ""},
      {"//", ""},
      {"//about.html", ""},
      {"/./about.html", ""},
      {"/x/../about.html", ""},
      {"/../index.html", ""},
      {"/.html", ""},
  };
  for (const auto& c : cases) {
    Resolution found = resolve(site(), c.url);
    std::string answer;
    if (found.kind == Resolution::Kind::kPage) answer = found.path->string();
    if (found.kind == Resolution::Kind::kRedirect) answer = "-> " + found.location;
    EXPECT_EQ(answer, c.answer) << c.url;
  }
}

TEST(Resolve, PointsIntoTheManifest) {
  Resolution found = resolve(site(), "/late");
  ASSERT_EQ(found.kind, Resolution::Kind::kPage);
  EXPECT_EQ(found.entry, site().find("late.html"));
  EXPECT_TRUE(found.entry->is_stale());
}

}  // namespace
}  // namespace stet::publish
