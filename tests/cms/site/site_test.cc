#include "cms/site/site.h"

#include <gmock/gmock.h>

#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

TEST(Site, APostStandsInATagAsOftenAsItNamesIt) {
  MadeSite site({{"_posts/2020-01-01-a.md", page("tags: [x, x, y]\ncategories: [c, c]")},
                 {"_posts/2020-01-02-b.md", page("tags: x z")}});
  const std::string a = "_posts/2020-01-01-a.md", b = "_posts/2020-01-02-b.md";
  EXPECT_THAT(site.list("tags.x"), ElementsAre(b, a, a));
  EXPECT_THAT(site.list("categories.c"), ElementsAre(a));
  EXPECT_THAT(site->group_names("tags"), ElementsAre("x", "y", "z"));
  auto changes = site.edit({{a, page("tags: [x, y]")}});
  EXPECT_THAT(site.list("tags.x"), ElementsAre(b, a));
  auto has_length = [&](const ChangedKey& changed) {
    return reads::describe(changed.key, site.names()) == "length of site.tags.x";
  };
  EXPECT_TRUE(std::any_of(changes.keys.begin(), changes.keys.end(), has_length));
  site.edit({{a, page("tags: [x, x, x]")}});
  EXPECT_THAT(site.list("tags.x"), ElementsAre(b, a, a, a));
  site.edit({{a, std::nullopt}});
  EXPECT_THAT(site.list("tags.x"), ElementsAre(b));
}

TEST(Site, PostsAreNewestFirstThenByPathBackwards) {
  MadeSite site({{"_posts/2020-01-01-a.md", page()},
                 {"_posts/2020-01-01-b.md", page()},
                 {"_posts/2019-01-01-z.md", page("date: 2020-01-01 10:00:00")},
                 {"_posts/2018-01-01-old.md", page()}});
  EXPECT_THAT(site.list("posts"),
              ElementsAre("_posts/2019-01-01-z.md",
                          "_posts/2020-01-01-b.md",
                          "_posts/2020-01-01-a.md",
                          "_posts/2018-01-01-old.md"));
}

TEST(Site, CollectionsAreByDateOrOrderOrAKey) {
  auto order = [](const std::string& metadata, const std::vector<std::string>& front_matter) {
    MadeSite::Files files = {{"_config.yml", "collections: {c: {" + metadata + "}}"}};
    for (std::size_t i = 0; i < front_matter.size(); ++i) {
      files["_c/" + std::string(1, static_cast<char>('a' + i)) + ".md"] = page(front_matter[i]);
    }
    std::string text;
    for (const std::string& path : MadeSite(files).list("c")) text += path.substr(3, 1);
    return text;
  };
  EXPECT_EQ(order("", {"", "", ""}), "abc");
  EXPECT_EQ(order("", {"date: 2020-01-02", "date: 2020-01-01", "date: 2020-01-02"}), "bac");
  EXPECT_EQ(order("order: [c.md, x.md, a.md]", {"", "", "", ""}), "cabd");
  EXPECT_EQ(order("sort_by: r", {"r: 3", "r: -1.5", "r: 2", "", "r: 10"}), "bcaed");
  EXPECT_EQ(order("sort_by: r", {"r: b", "r: ab", "r: B", "r: a", "r: a"}), "cdeba");
  EXPECT_EQ(order("sort_by: r", {"r: 2020-01-02", "r: 2020-01-01", "r: 2020-01-01 12:00:00"}),
            "bca");
  EXPECT_EQ(order("sort_by: r, order: [b.md]", {"r: 1", "r: 0", "r: 2"}), "bac");
}

TEST(Site, PagesAreByNameThenByPath) {
  MadeSite site({{"b.md", page()}, {"z/a.md", page()}, {"a/b.md", page()}, {"c.txt", "static"}});
  EXPECT_THAT(site.list("pages"), ElementsAre("z/a.md", "a/b.md", "b.md"));
}

TEST(Site, HtmlPagesAreThoseThatABrowserShows) {
  MadeSite site({{"a.md", page()},
                 {"b.htm", page()},
                 {"c.xhtml", page()},
                 {"d.xml", page()},
                 {"e.xml", page("permalink: /e/")}});
  EXPECT_THAT(site.list("html_pages"), ElementsAre("a.md", "b.htm", "c.xhtml", "e.xml"));
}

TEST(Site, StaticFilesComeByPathThoseOfCollectionsLast) {
  MadeSite site({{"_config.yml",
                  "collections: {things: {output: true, permalink: '/t/:path/:name'}, hid: {}}\n"
                  "defaults: [{scope: {path: no.txt}, values: {published: false}}]\n"},
                 {"a.txt", ""},
                 {"z/b.png", ""},
                 {"no.txt", ""},
                 {"_things/deep/c.pdf", ""},
                 {"_hid/d.txt", ""}});
  EXPECT_THAT(site.list("static_files"),
              ElementsAre("a.txt", "no.txt", "z/b.png", "_things/deep/c.pdf", "_hid/d.txt"));
  EXPECT_THAT(site.outputs(),
              UnorderedElementsAre(Pair("a.txt", "a.txt"),
                                   Pair("z/b.png", "z/b.png"),
                                   Pair("t/deep/c/c.pdf", "_things/deep/c.pdf")));
}

TEST(Site, OfSeveralSourcesTheLastWrittenIsShownAndTheConflictIsTold) {
  MadeSite site({{"_config.yml", "collections: {c: {output: true}}"},
                 {"a.html", page("permalink: /x.html")},
                 {"b.html", page("permalink: /x.html")},
                 {"x.html", "static"},
                 {"y.html", page()},
                 {"_c/d.md", page("permalink: /y.html")},
                 {"_posts/2020-01-01-p.md", page("permalink: /y.html")}});
  EXPECT_THAT(
      site.outputs(),
      UnorderedElementsAre(Pair("x.html", "x.html"), Pair("y.html", "_posts/2020-01-01-p.md")));
  EXPECT_THAT(show(site->problems()),
              HasSubstr("x.html: Conflict: The following destination is shared by multiple files. "
                        "./_site/x.html: a.html, b.html, x.html; the last one is shown"));
  EXPECT_THAT(show(site->problems()),
              HasSubstr("_site/y.html: y.html, _c/d.md, _posts/2020-01-01-p.md; the last"));
}

TEST(Site, APostThatIsIncludedIsAPageToo) {
  MadeSite site({{"_config.yml", "include: [_posts]"}, {"_posts/2020-01-01-a.md", page()}});
  EXPECT_THAT(site.outputs(),
              UnorderedElementsAre(Pair("2020/01/01/a.html", "_posts/2020-01-01-a.md"),
                                   Pair("_posts/2020-01-01-a.html", "_posts/2020-01-01-a.md")));
  EXPECT_EQ(site.url("_posts/2020-01-01-a.md#page"), "/_posts/2020-01-01-a.html");
}

TEST(Site, GroupsAreInTheOrderOfTheirOldestPost) {
  MadeSite site({{"_posts/2020-01-03-c.md", page("tags: [new, old]")},
                 {"_posts/2020-01-01-a.md", page("tags: [z, old]")},
                 {"_posts/2020-01-02-b.md", page("tags: [a b]")}});
  EXPECT_THAT(site->group_names("tags"), ElementsAre("z", "old", "a b", "new"));
  EXPECT_THAT(site.list("tags.old"),
              ElementsAre("_posts/2020-01-03-c.md", "_posts/2020-01-01-a.md"));
  EXPECT_TRUE(site->group_names("categories").empty());
}

TEST(Site, NeighboursOfPostsAreNewerAndOlderOfOthersByTheirOrder) {
  MadeSite site({{"_config.yml", "collections: [c]"},
                 {"_posts/2020-01-01-a.md", page()},
                 {"_posts/2020-01-02-b.md", page()},
                 {"_c/x.md", page()},
                 {"_c/y.md", page()}});
  auto neighbour = [&](const char* path, bool is_next) {
    DocumentPtr found = site->neighbour_of(*site->find_document(path), is_next);
    return found ? found->path() : "";
  };
  EXPECT_EQ(neighbour("_posts/2020-01-01-a.md", true), "_posts/2020-01-02-b.md");
  EXPECT_EQ(neighbour("_posts/2020-01-01-a.md", false), "");
  EXPECT_EQ(neighbour("_posts/2020-01-02-b.md", true), "");
  EXPECT_EQ(neighbour("_posts/2020-01-02-b.md", false), "_posts/2020-01-01-a.md");
  EXPECT_EQ(neighbour("_c/x.md", true), "_c/y.md");
  EXPECT_EQ(neighbour("_c/y.md", false), "_c/x.md");
}

TEST(Site, TheFutureWaitsForItsMoment) {
  MadeSite site({{"_config.yml", "collections: {c: {output: true}}"},
                 {"_posts/2020-09-20-soon.md", page()},
                 {"_posts/2020-10-01-late.md", page()},
                 {"_posts/2020-09-01-past.md", page()},
                 {"_c/d.md", page("date: 2020-09-21")},
                 {"pg.md", page("date: 2030-01-01")}});
  EXPECT_THAT(site.list("posts"), ElementsAre("_posts/2020-09-01-past.md"));
  EXPECT_THAT(site.list("c"), ElementsAre("_c/d.md"));
  EXPECT_THAT(site.outputs(), testing::SizeIs(2));
  EXPECT_EQ(iso_instant(*site->next_moment()), "2020-09-20T00:00:00Z");
  site.edit({}, Instant{site->next_moment()->seconds - 1});
  EXPECT_THAT(site.list("posts"), testing::SizeIs(1));
  site.edit({}, site->next_moment());
  EXPECT_THAT(site.list("posts"),
              ElementsAre("_posts/2020-09-20-soon.md", "_posts/2020-09-01-past.md"));
  EXPECT_EQ(iso_instant(*site->next_moment()), "2020-09-21T00:00:00Z");
  site.edit({}, site->next_moment());
  EXPECT_TRUE(site->find_output("c/d.html"));
  site.edit({{"_posts/2020-10-01-late.md", std::nullopt}});
  EXPECT_FALSE(site->next_moment());
}

TEST(Site, WhatIsToBeUnpublishedGoesAtItsMoment) {
  MadeSite site({{"_posts/2020-09-01-a.md", page("unpublish: 2020-09-21 00:00:00 +0000")},
                 {"_posts/2020-09-02-over.md", page("unpublish: 2020-09-03")},
                 {"_posts/2020-09-03-odd.md", page("unpublish: soon")},
                 {"_posts/2020-09-22-never.md", page("unpublish: 2020-09-20")},
                 {"pg.md", page("unpublish: 2020-09-20")}});
  EXPECT_THAT(site.list("posts"),
              ElementsAre("_posts/2020-09-03-odd.md", "_posts/2020-09-01-a.md"));
  EXPECT_TRUE(site->find_output("pg.html"));
  EXPECT_THAT(show(site->problems()), testing::HasSubstr("unpublish: 'soon' is no date"));
  EXPECT_EQ(iso_instant(*site->next_moment()), "2020-09-20T00:00:00Z");
  site.edit({}, site->next_moment());
  EXPECT_FALSE(site->find_output("pg.html"));
  EXPECT_EQ(iso_instant(*site->next_moment()), "2020-09-21T00:00:00Z");
  site.edit({}, site->next_moment());
  EXPECT_THAT(site.list("posts"), ElementsAre("_posts/2020-09-03-odd.md"));
  EXPECT_FALSE(site->next_moment());
  // An edit that takes the date away brings it back.
  site.edit({{"pg.md", page()}});
  EXPECT_TRUE(site->find_output("pg.html"));
}

TEST(Site, WhatIsToBeUnpublishedGoesInItsOwnZoneOrTheSites) {
  struct Case {
    const char *said, *until;
  };
  for (const Case& c : std::vector<Case>{
           {"2020-12-01", "2020-11-30T23:00:00Z"},
           {"2020-12-01 10:00", "2020-12-01T09:00:00Z"},
           {"2020-12-01 10:00:00 +0000", "2020-12-01T10:00:00Z"},
           {"2020-12-01T10:00:00-05:00", "2020-12-01T15:00:00Z"},
           {"'2020-12-01 10:00:00 +0530'", "2020-12-01T04:30:00Z"},
       }) {
    MadeSite site({{"_config.yml", "timezone: Europe/Berlin\n"},
                   {"a.md", page("unpublish: " + std::string(c.said))}});
    ASSERT_TRUE(site->next_moment()) << c.said;
    EXPECT_EQ(iso_instant(*site->next_moment()), c.until) << c.said;
  }
}

TEST(Site, AClockSetBackHidesNothing) {
  MadeSite site({{"_posts/2020-09-20-soon.md", page()}}, {}, Instant{1'700'000'000});
  site.edit({{"a.md", page()}}, Instant{1'000'000'000});
  EXPECT_EQ(site->instant().seconds, 1'700'000'000);
  EXPECT_THAT(site.list("posts"), testing::SizeIs(1));
}

TEST(Site, KeepsTheNewestPostsOfALimit) {
  Overrides overrides;
  overrides.posts_max = 2;
  MadeSite site({{"_posts/2020-01-01-a.md", page("tags: t")},
                 {"_posts/2020-01-02-b.md", page()},
                 {"_posts/2020-01-03-c.md", page()}},
                overrides);
  EXPECT_THAT(site.list("posts"), ElementsAre("_posts/2020-01-03-c.md", "_posts/2020-01-02-b.md"));
  EXPECT_TRUE(site->group_names("tags").empty());
  site.edit({{"_posts/2020-01-03-c.md", std::nullopt}});
  EXPECT_THAT(site.list("posts"), ElementsAre("_posts/2020-01-02-b.md", "_posts/2020-01-01-a.md"));
}

TEST(Site, FindsLayoutsByNameWithoutTheirExtension) {
  MadeSite site({{"_layouts/a.html", ""}, {"_layouts/sub/b.html", ""}, {"_layouts/x.y.html", ""}});
  EXPECT_TRUE(site->find_layout("a"));
  EXPECT_TRUE(site->find_layout("sub/b"));
  EXPECT_TRUE(site->find_layout("x.y"));
  EXPECT_FALSE(site->find_layout("x"));
  EXPECT_FALSE(site->find_layout("b"));
  EXPECT_FALSE(site->find_layout(""));
}

TEST(Site, TimeIsLocalAndNeverCallsItselfUtc) {
  EXPECT_EQ(show(liquid::Value(MadeSite({})->time())), "2020-09-13 12:26:40 +0000");
  MadeSite york({{"_config.yml", "timezone: America/New_York"}});
  EXPECT_EQ(show(liquid::Value(york->time())), "2020-09-13 08:26:40 -0400");
}

}  // namespace
}  // namespace stet::site
