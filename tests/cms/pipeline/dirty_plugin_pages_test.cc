// How many pages a change renders through what plugins generate, which, and why.

#include <gmock/gmock.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string post(const std::string& fields) {
  return "---\n" + fields + "\n---\n{{ page.title }}\n";
}

LiveSite::Files with_posts(int count, LiveSite::Files files) {
  for (int i = 1; i <= count; ++i) {
    std::string day = (i < 10 ? "0" : "") + std::to_string(i);
    files["_posts/2020-01-" + day + "-p.md"] = post("title: P" + day);
  }
  return files;
}

LiveSite::Files paginated(int posts) {
  return with_posts(
      posts,
      {{"_config.yml", "plugins: [jekyll-paginate]\npaginate: 2\npermalink: /:title/:day/\n"},
       {"index.html",
        "---\n---\n{% for p in paginator.posts %}{{ p.title }}{% endfor %}"
        "{{ paginator.previous_page_path }}{{ paginator.next_page_path }}"}});
}

TEST(DirtyPages, ATitleOnAPageOfThePaginatorRendersThatPage) {
  LiveSite site(paginated(6));
  auto published = site.edit({{"_posts/2020-01-03-p.md", post("title: Other")}});
  EXPECT_THAT(rendered_paths(published),
              UnorderedElementsAre("page2/index.html", "p/03/index.html"));
  EXPECT_THAT(reasons_of(published, "page2/index.html"), HasSubstr("title of _posts/2020-01-03"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// The last page has room: nobody sees another page come.
TEST(DirtyPages, APostAtTheEndRendersThePaginatorsLastPage) {
  LiveSite site(paginated(5));
  auto published = site.edit({{"_posts/2019-01-31-p.md", post("title: Old")}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("p/31/index.html", "page3/index.html"));
}

TEST(DirtyPages, APaginatorsBoundaryMoves) {
  LiveSite site(paginated(4));
  auto published = site.edit({{"_posts/2019-01-31-p.md", post("title: Old")}});
  EXPECT_THAT(rendered_paths(published),
              ElementsAre("p/31/index.html", "page2/index.html", "page3/index.html"));
  EXPECT_THAT(reasons_of(published, "page2/index.html"), HasSubstr("exists of index.html#page:3"));
  EXPECT_EQ(site.pages(), site.from_nothing());
  published = site.edit({{"_posts/2019-01-31-p.md", std::nullopt}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("page2/index.html"));
  EXPECT_THAT(published->changed_urls, testing::Contains("/page3/"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, APostAtTheFrontShiftsAllPagesOfThePaginator) {
  LiveSite site(paginated(4));
  auto published = site.edit({{"_posts/2020-01-31-p.md", post("title: New")}});
  EXPECT_THAT(rendered_paths(published),
              ElementsAre("index.html", "p/31/index.html", "page2/index.html", "page3/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ThePaginatorsTemplateRendersAllItsPages) {
  LiveSite site(paginated(4));
  auto published = site.edit({{"index.html", "---\n---\n{{ paginator.page }}"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("index.html", "page2/index.html"));
  EXPECT_EQ(site.page("page2/index.html"), "2");
  published = site.edit({{"index.html", std::nullopt}});
  EXPECT_THAT(rendered_paths(published), IsEmpty());
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ARedirectIsAddedAndTaken) {
  LiveSite site({{"_config.yml", "url: https://x.example\nplugins: [jekyll-redirect-from]\n"},
                 {"a.md", post("title: A")},
                 {"b.md", post("redirect_from: /b-was-here")}});
  auto published = site.edit({{"a.md", post("title: A\nredirect_from: [/old, /older]")}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("old.html", "older.html", "redirects.json"));
  EXPECT_THAT(reasons_of(published, "redirects.json"), HasSubstr("site.redirects.pages"));
  EXPECT_EQ(site.pages(), site.from_nothing());
  published = site.edit({{"a.md", post("title: A\npermalink: /moved/\nredirect_from: [/old]")}});
  EXPECT_THAT(rendered_paths(published),
              ElementsAre("moved/index.html", "old.html", "redirects.json"));
  EXPECT_FALSE(site.page("older.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, RelatedPostsAreTheNewestTen) {
  LiveSite site(with_posts(
      12,
      {{"_config.yml", "permalink: /:title/:day/\n"},
       {"_posts/2019-01-31-q.md",
        post("title: Q") + "{% for r in site.related_posts %}{{ r.title }}{% endfor %}"}}));
  auto published = site.edit({{"_posts/2020-01-02-p.md", post("title: Eleventh")}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("p/02/index.html"));
  published = site.edit({{"_posts/2020-01-03-p.md", post("title: Tenth")}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("p/03/index.html", "q/31/index.html"));
  EXPECT_THAT(reasons_of(published, "q/31/index.html"), HasSubstr("title of _posts/2020-01-03"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// It prints the instant, so it is made by each publication; what it reads of posts is counted.
TEST(DirtyPages, TheFeedsEleventhPostIsNotRead) {
  LiveSite site(
      with_posts(12, {{"_config.yml", "permalink: /:title/:day/\nplugins: [jekyll-feed]\n"}}));
  auto published = site.edit({{"_posts/2020-01-02-p.md", post("title: Eleventh")}});
  EXPECT_THAT(reasons_of(published, "feed.xml"), testing::Not(HasSubstr("_posts")));
  published = site.edit({{"_posts/2020-01-03-p.md", post("title: Tenth")}});
  EXPECT_THAT(reasons_of(published, "feed.xml"), HasSubstr("title of _posts/2020-01-03"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, AnArchivesLastPostIsRemoved) {
  LiveSite site({{"_config.yml",
                  "plugins: [jekyll-archives]\npermalink: /:title/\n"
                  "jekyll-archives: {enabled: [tags, year]}\n"},
                 {"_layouts/archive.html", "{% for p in page.posts %}{{ p.title }}{% endfor %}"},
                 {"_posts/2019-05-01-a.md", post("title: A\ntags: [x]")},
                 {"_posts/2020-05-01-b.md", post("title: B\ntags: [x, y]")}});
  EXPECT_THAT(rendered_paths(site.last()),
              UnorderedElementsAre("2019/index.html",
                                   "2020/index.html",
                                   "a/index.html",
                                   "b/index.html",
                                   "tag/x/index.html",
                                   "tag/y/index.html"));
  auto published = site.edit({{"_posts/2020-05-01-b.md", post("title: B\ntags: [x]")}});
  EXPECT_THAT(rendered_paths(published), IsEmpty());
  EXPECT_THAT(published->changed_urls, ElementsAre("/tag/y/"));
  EXPECT_FALSE(site.page("tag/y/index.html"));
  published = site.edit({{"_posts/2019-05-01-a.md", std::nullopt}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("tag/x/index.html"));
  EXPECT_THAT(reasons_of(published, "tag/x/index.html"), HasSubstr("site.tags.x"));
  EXPECT_FALSE(site.page("2019/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, AnIndexTakesTheReadmesPlaceAndGivesItBack) {
  LiveSite site({{"_config.yml", "plugins: [jekyll-readme-index]\n"}, {"docs/README.md", "Read"}});
  EXPECT_THAT(*site.page("docs/index.html"), HasSubstr("Read"));
  site.edit({{"docs/index.html", "own"}});
  EXPECT_EQ(site.page("docs/index.html"), "own");
  EXPECT_EQ(site.pages(), site.from_nothing());
  site.edit({{"docs/index.html", std::nullopt}});
  EXPECT_THAT(*site.page("docs/index.html"), HasSubstr("Read"));
  auto published = site.edit({{"docs/README.md", "Again"}});
  EXPECT_THAT(rendered_paths(published), UnorderedElementsAre("docs/README.md", "docs/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ALayoutThatComesIsTheDefaultOfThosePagesThatWouldTakeIt) {
  LiveSite site({{"_config.yml", "plugins: [jekyll-default-layout]\npermalink: /:title/\n"},
                 {"_layouts/default.html", "d{{ content }}"},
                 {"a.md", post("title: A")},
                 {"b.md", post("layout: default")},
                 {"_posts/2020-01-01-p.md", post("title: P")}});
  auto published = site.edit({{"_layouts/page.html", "p{{ content }}"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("a/index.html"));
  EXPECT_THAT(reasons_of(published, "a/index.html"), HasSubstr("layout of _layouts/page"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ARelativeLinkReadsTheAddressOfItsTarget) {
  LiveSite site({{"_config.yml", "plugins: [jekyll-relative-links]\n"},
                 {"a.md", "---\n---\n[b](b.md)\n"},
                 {"b.md", post("title: B")}});
  auto published = site.edit({{"b.md", post("title: B\npermalink: /moved/")}});
  EXPECT_THAT(rendered_paths(published), UnorderedElementsAre("a.html", "moved/index.html"));
  EXPECT_THAT(*site.page("a.html"), HasSubstr("href=\"/moved/\""));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

}  // namespace
}  // namespace stet::pipeline
