// What a site's own search reads: which files, with what, and which one an edit touches.

#include "cms/generate/search_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Files = std::map<std::string, std::string>;

Files files() {
  return {{"_config.yml",
           "baseurl: /b\npermalink: /:title/\nstet: {search: true}\n"
           "collections: {recipes: {output: true}, notes: {}}\n"},
          {"_layouts/default.html", "<main>{{ content }}</main>"},
          {"_posts/2020-01-01-a.md",
           "---\ntitle: 'A \"quoted\" <one>'\ntags: [x, y]\n---\nFirst *words* & more.\n\nNot "
           "these.\n"},
          {"_posts/2020-01-15-b.md", "---\ntitle: B\ndescription: Said of it\n---\nBody.\n"},
          {"_posts/2020-02-01-c.md", "---\ntitle: C\n---\n"},
          {"_posts/2020-02-02-d.md", "---\ntitle: D\nsearch: false\n---\nSecret.\n"},
          {"_recipes/cake.md", "---\ntitle: Cake\n---\n"},
          {"_notes/own.md", "---\ntitle: Own\n---\n"},
          {"about.md", "---\ntitle: About\ndescription: Us\n---\n"},
          {"404.html", "---\ntitle: Lost\n---\n"}};
}

TEST(SearchPages, HoldAMonthOfPostsEach) {
  BuiltSite site(files());
  EXPECT_EQ(
      site.bytes("search/2020-01.json"),
      "[{\"t\":\"B\",\"u\":\"/b/b/\",\"d\":\"2020-01-15\",\"g\":[],\"x\":\"Said of it\"}\n,"
      "{\"t\":\"A \\\"quoted\\\" <one>\",\"u\":\"/b/a/\",\"d\":\"2020-01-01\",\"g\":[\"x\",\"y\"],"
      "\"x\":\"First words &amp; more.\"}\n]\n");
  EXPECT_THAT(site.bytes("search/2020-02.json"), Not(HasSubstr("Secret")));
}

TEST(SearchPages, AreNamedByAnIndexNewestFirst) {
  BuiltSite site(files());
  EXPECT_EQ(site.bytes("search.json"),
            "{\"pages\":\"/b/search/pages.json\",\"months\":[\"/b/search/2020-02.json\","
            "\"/b/search/2020-01.json\"]}\n");
  std::string others = site.bytes("search/pages.json");
  EXPECT_THAT(others, HasSubstr("\"t\":\"About\",\"u\":\"/b/about/\",\"x\":\"Us\""));
  EXPECT_THAT(others, HasSubstr("\"t\":\"Cake\""));
  EXPECT_THAT(others, Not(HasSubstr("Own")));
  EXPECT_THAT(others, Not(HasSubstr("Lost")));
}

TEST(SearchPages, ArePagesOfNoList) {
  Files all = files();
  all["list.html"] = "---\n---\n{% for p in site.pages %}{{ p.url }} {% endfor %}";
  EXPECT_THAT(BuiltSite(all).bytes("list.html"), Not(HasSubstr("search")));
}

TEST(SearchPages, GiveWayToFilesAndAreThereForThoseWhoWantThem) {
  Files own = files();
  own["search.json"] = "mine";
  own["search.html"] = "---\npermalink: /search/\n---\nmine";
  BuiltSite site(own);
  EXPECT_EQ(site.bytes("search/index.html"), "mine");
  EXPECT_TRUE(site.site().find_output("search.json")->is_static);
  Files without = files();
  without["_config.yml"] = "title: x\n";
  for (const char* path :
       {"search.json", "search/index.html", "search/pages.json", "search/2020-01.json"}) {
    EXPECT_FALSE(BuiltSite(without).has(path)) << path;
  }
}

TEST(SearchPages, HaveAPageWhereTheyAreUsed) {
  std::string page = BuiltSite(files()).bytes("search/index.html");
  EXPECT_THAT(page, HasSubstr("<main><form"));
  EXPECT_THAT(page, HasSubstr("action=\"/b/search/\""));
  EXPECT_THAT(page, HasSubstr("<!--stet:search-->"));
}

}  // namespace
}  // namespace stet::generate
