#include "cms/generate/generate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

using Files = std::map<std::string, std::string>;

constexpr char kFeed[] = "url: https://x.example\nplugins: [jekyll-feed]\n";
constexpr char kSitemap[] = "url: https://x.example\nplugins: [jekyll-sitemap]\n";

std::string post(const std::string& title) { return "---\ntitle: " + title + "\n---\nBody.\n"; }

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) ++n;
  return n;
}

TEST(GeneratedDocuments, AreThereOnlyWhereThePluginOrAnEventIsNamed) {
  struct Case {
    Files files;
    std::vector<std::string> paths;
  };
  const std::vector<std::string> all = {
      "feed.xml", "sitemap.xml", "robots.txt", "schedule/index.html"};
  const Case cases[] = {
      {{{"_config.yml", "title: X\n"}}, {}},
      {{{"_config.yml", kFeed}}, {"feed.xml"}},
      {{{"_config.yml", "gems: [jekyll-feed]\n"}}, {"feed.xml"}},
      {{{"_config.yml", kSitemap}}, {"sitemap.xml", "robots.txt"}},
      {{{"_data/event.yml", "title: Days\n"}}, {"schedule/index.html"}},
  };
  for (const Case& c : cases) {
    BuiltSite site(c.files);
    for (const std::string& path : all) {
      bool is_wanted = std::find(c.paths.begin(), c.paths.end(), path) != c.paths.end();
      EXPECT_EQ(site.has(path), is_wanted) << c.files.begin()->second << path;
    }
  }
}

TEST(GeneratedDocuments, GiveWayToFilesOfTheSite) {
  BuiltSite site(Files{{"_config.yml", "plugins: [jekyll-feed, jekyll-sitemap]\n"},
                       {"_data/event.yml", "title: Days\n"},
                       {"feed.xml", "---\n---\nmine {{ 1 | plus: 1 }}"},
                       {"robots.txt", "User-agent: *\n"},
                       {"pages/program.html", "---\npermalink: /schedule/\n---\nour own"}});
  EXPECT_EQ(site.bytes("feed.xml"), "mine 2");
  EXPECT_TRUE(site.site().find_output("robots.txt")->is_static);
  EXPECT_EQ(site.bytes("schedule/index.html"), "our own");
  EXPECT_NE(site.bytes("sitemap.xml").find("<urlset"), std::string::npos);
}

TEST(GeneratedDocuments, FeedsLieWhereTheConfigurationSays) {
  struct Case {
    std::string config;
    std::vector<std::string> there, absent;
  };
  const Case cases[] = {
      {"feed: {path: /blog/atom.xml}", {"blog/atom.xml"}, {"feed.xml"}},
      {"feed: {categories: [a, b, a]}", {"feed.xml", "feed/a.xml", "feed/b.xml"}, {}},
      {"feed: {collections: [recipes]}", {"feed.xml", "feed/recipes.xml"}, {}},
      {"feed: {collections: {recipes: {path: r.xml, categories: [c]}}}",
       {"feed.xml", "r.xml", "feed/recipes/c.xml"},
       {"feed/recipes.xml"}},
      {"feed: {collections: {posts: {path: p.xml}}}", {"p.xml"}, {"feed.xml"}},
      {"feed: {tags: {only: [x, y, 'z z'], except: [y], path: /t/}}",
       {"feed.xml", "t/x.xml"},
       {"t/y.xml", "t/z z.xml"}},
      {"feed: {path: ../../etc/passwd}", {}, {"feed.xml", "etc/passwd"}},
      {"feed: {path: [1], collections: 7, categories: x, tags: true}", {"feed.xml"}, {}},
      {"feed: {disable_in_development: true}", {}, {"feed.xml"}},
  };
  for (const Case& c : cases) {
    BuiltSite site(Files{{"_config.yml", kFeed + c.config + "\n"}});
    for (const std::string& path : c.there) EXPECT_TRUE(site.has(path)) << c.config << path;
    for (const std::string& path : c.absent) EXPECT_FALSE(site.has(path)) << c.config << path;
  }
  site::Overrides production;
  production.environment = "production";
  BuiltSite site(
      Files{{"_config.yml", kFeed + std::string("feed: {disable_in_development: true}\n")}},
      production);
  EXPECT_TRUE(site.has("feed.xml"));
}

TEST(Feed, TakesTheNewestPostsAndLooksAtNoOthers) {
  Files files{{"_config.yml", kFeed + std::string("feed: {posts_limit: 2}\n")}};
  for (int day = 1; day <= 9; ++day) {
    std::string date = "2020-01-0" + std::to_string(day);
    files["_posts/" + date + "-p.md"] = post("Post " + std::to_string(day));
  }
  files["_posts/2020-01-08-also.md"] = post("Also 8");
  BuiltSite site(files);
  std::string feed = site.bytes("feed.xml");
  EXPECT_EQ(count(feed, "<entry>"), 2u);
  EXPECT_NE(feed.find("Post 9"), std::string::npos);
  EXPECT_NE(feed.find("Also 8"), std::string::npos) << "of one day, the first by path";
  EXPECT_TRUE(site.reads("feed.xml", "_posts/2020-01-08-p.md", "date"));
  EXPECT_FALSE(site.reads("feed.xml", "_posts/2020-01-08-p.md", "title"));
  EXPECT_FALSE(site.reads("feed.xml", "_posts/2020-01-05-p.md", "date"));
}

TEST(Feed, LeavesOutDraftsUnlessTheyAreShown) {
  const Files files{{"_config.yml", kFeed},
                    {"_posts/2020-01-01-a.md", "---\ntitle: A\ndraft: true\n---\n"},
                    {"_drafts/b.md", "---\ntitle: B\ndate: 2020-01-02\n---\n"},
                    {"_posts/2020-01-03-c.md", post("C")}};
  EXPECT_EQ(count(BuiltSite(files).bytes("feed.xml"), "<entry>"), 1u);
  site::Overrides drafts;
  drafts.is_drafts = true;
  EXPECT_EQ(count(BuiltSite(files, drafts).bytes("feed.xml"), "<entry>"), 3u);
}

TEST(Feed, IsThereForASiteWithoutPostsTitleOrAuthor) {
  std::string feed = BuiltSite(Files{{"_config.yml", kFeed}}).bytes("feed.xml");
  EXPECT_EQ(feed.find("<title"), std::string::npos);
  EXPECT_EQ(feed.find("<author"), std::string::npos);
  EXPECT_TRUE(feed.ends_with("<id>https://x.example/feed.xml</id></feed>")) << feed;
  EXPECT_NE(feed.find("<updated>2024-06-01T12:00:00+00:00</updated>"), std::string::npos) << feed;
}

TEST(Feed, OfATagThatNobodyBearsIsEmpty) {
  BuiltSite site(Files{{"_config.yml", kFeed + std::string("feed: {tags: {only: [none]}}\n")},
                       {"_posts/2020-01-03-c.md", post("C")}});
  auto page = site.page("feed/by_tag/none.xml");
  EXPECT_FALSE(page.is_failed);
  EXPECT_EQ(count(page.bytes, "<entry>"), 0u);
}

TEST(Feed, EscapesWhatAuthorsWrite) {
  BuiltSite site(Files{{"_config.yml", kFeed + std::string("title: 'A & <b>'\n")},
                       {"_posts/2020-01-03-c.md",
                        "---\ntitle: 'x \"y\" & z'\ntags: ['a&b']\nimage: 'p\".png'\n---\n"}});
  std::string feed = site.bytes("feed.xml");
  EXPECT_EQ(feed.find("a&b"), std::string::npos);
  EXPECT_NE(feed.find("term=\"a&amp;b\""), std::string::npos) << feed;
  EXPECT_EQ(feed.find("p\".png"), std::string::npos);
}

TEST(Sitemap, ListsTheSchedulePageOnce) {
  const Files event{{"_config.yml", kSitemap}, {"_data/event.yml", "title: Days\n"}};
  EXPECT_EQ(count(BuiltSite(event).bytes("sitemap.xml"), "https://x.example/schedule/</loc>"), 1u);
  Files own = event;
  own["s.html"] = "---\npermalink: /schedule/\n---\nours";
  EXPECT_EQ(count(BuiltSite(own).bytes("sitemap.xml"), "https://x.example/schedule/</loc>"), 1u);
  BuiltSite none(Files{{"_config.yml", kSitemap}});
  EXPECT_EQ(count(none.bytes("sitemap.xml"), "<url>"), 0u);
}

TEST(Sitemap, NamesItsStyleSheetWhereTheSiteHasOne) {
  BuiltSite site(Files{{"_config.yml", kSitemap}, {"sitemap.xsl", "<x/>"}});
  EXPECT_EQ(count(site.bytes("sitemap.xml"),
                  "<?xml-stylesheet type=\"text/xsl\" href=\"https://x.example/sitemap.xsl\"?>"),
            1u);
}

}  // namespace
}  // namespace stet::generate
