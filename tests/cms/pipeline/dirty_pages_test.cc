// How many pages a change renders, which, and why: counted each time.

#include <gmock/gmock.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string post(const std::string& title, const std::string& body, const std::string& more = "") {
  return "---\nlayout: post\ntitle: " + title + "\n" + more + "---\n" + body + "\n\nSecond part.\n";
}

LiveSite::Files small_site() {
  return {
      {"_config.yml", "title: Small\nauthor: {name: A, city: B}\npermalink: /:title/\n"},
      {"_layouts/default.html",
       "<title>{{ page.title }}</title>{% include nav.html %}{{ content }}"},
      {"_layouts/post.html",
       "---\nlayout: default\n---\n{{ content }}<p>{{ page.previous.title }}</p>"},
      {"_includes/nav.html", "{% for n in site.data.nav %}<a>{{ n }}</a>{% endfor %}"},
      {"_data/nav.yml", "[Home, About]\n"},
      {"_data/unread.yml", "a: 1\n"},
      {"index.html",
       "---\nlayout: default\n---\n{% for p in site.posts limit:2 %}{{ p.title }}{% endfor %}"},
      {"excerpts.html", "---\n---\n{% for p in site.posts limit:2 %}{{ p.excerpt }}{% endfor %}"},
      {"author.html", "---\n---\n{{ site.author.name }}"},
      {"tag.html", "---\n---\n{% for p in site.tags.red %}{{ p.url }}{% endfor %}"},
      {"year.html", "---\n---\n{{ site.time | date: '%Y' }}"},
      {"_posts/2020-01-01-one.md", post("One", "First.", "tags: [red]\n")},
      {"_posts/2020-01-02-two.md", post("Two", "First.", "tags: [blue]\n")},
      {"_posts/2020-01-03-three.md", post("Three", "First.")},
      {"about.md", "---\ntitle: About\nlayout: default\n---\nWho.\n"},
      {"style.css", "a { color: red }\n"},
  };
}

TEST(DirtyPages, TheFirstPublicationRendersAll) {
  LiveSite site(small_site());
  EXPECT_EQ(site.last()->pages.size(), 10u);
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ABodyEditBelowTheExcerptRendersThatPageAlone) {
  LiveSite site(small_site());
  auto published = site.edit({{"_posts/2020-01-03-three.md", post("Three", "First.") + "More.\n"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("three/index.html"));
  EXPECT_THAT(reasons_of(published, "three/index.html"), HasSubstr("content of _posts"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// A box of recent posts that every page has: an edit of what it lists costs all pages only where
// the box would show something else.
TEST(DirtyPages, AListInALayoutStopsTheWaveWhereWhatItPrintsIsEqual) {
  using Paths = std::vector<std::string>;
  auto dated = [](const std::string& title, const std::string& date) {
    return "---\nlayout: boxed\ntitle: " + title + "\ndate: " + date + "\n---\nLead.\n\nMore.\n";
  };
  LiveSite site({
      {"_config.yml", "permalink: /:title/\n"},
      {"_layouts/boxed.html", "{% include box.html %}{{ content }}"},
      {"_includes/box.html",
       "{% for p in site.posts limit:2 %}{{ p.title }} {{ p.excerpt }}{{ p.tags }}{% endfor %}"
       "{{ site.posts.size }}"},
      {"about.md", "---\nlayout: boxed\n---\nWho.\n"},
      {"_posts/2020-01-01-a.md", dated("A", "2020-01-01")},
      {"_posts/2020-01-02-b.md", dated("B", "2020-01-02")},
      {"_posts/2020-01-03-c.md", dated("C", "2020-01-03")},
  });
  struct Case {
    std::string what, path, text;
    Paths rendered;
  };
  const std::string c = "_posts/2020-01-03-c.md", a = "_posts/2020-01-01-a.md";
  const Case cases[] = {
      {"below the excerpt", c, dated("C", "2020-01-03") + "Yet more.\n", {"c/index.html"}},
      {"the same, said otherwise", c, dated("'C'", "2020-01-03") + "Yet more.\n", {}},
      {"a date that leaves the order", c, dated("C", "2020-01-03 10:00:00") + "Yet more.\n", {}},
      {"an excerpt that comes out the same",
       c,
       "---\nlayout: boxed\ntitle: C\ndate: 2020-01-03 10:00:00\n---\nLead.  \n\nMore.\n",
       {"c/index.html"}},
      {"a field that nobody looks at", c, dated("C\nunread: 1", "2020-01-03 10:00:00"), {}},
      {"a title that is not listed", a, dated("Other", "2020-01-01"), {}},
      {"a title that is",
       c,
       dated("Other", "2020-01-03 10:00:00"),
       {"a/index.html", "about/index.html", "b/index.html", "c/index.html"}},
  };
  for (const Case& wanted : cases) {
    auto published = site.edit({{wanted.path, wanted.text}});
    EXPECT_EQ(rendered_paths(published), wanted.rendered) << wanted.what;
    EXPECT_EQ(site.pages(), site.from_nothing()) << wanted.what;
  }
  // One comes and another goes, both beyond what is listed: their number is the same.
  auto published =
      site.edit({{a, std::nullopt}, {"_posts/2020-01-01-z.md", dated("Z", "2020-01-01")}});
  EXPECT_EQ(rendered_paths(published), Paths{"z/index.html"});
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// What a filter looks at are fields and places, and so that is what is read: never the bodies.
TEST(DirtyPages, WhatALayoutFiltersIsReadByField) {
  const std::string kFilters[] = {
      "{% assign a = site.pages | where: 'nav', true | sort: 'order' %}"
      "{% for p in a %}{{ p.title }}{{ p.url }}{% endfor %}",
      "{% assign a = site.html_pages | where_exp: 'p', 'p.nav and p.order > 1' %}{{ a | size }}",
      "{% assign a = site.pages | sort_natural: 'title' | map: 'title' %}{{ a | join: ',' }}",
      "{% assign a = site.pages | group_by: 'nav' %}{% for g in a %}{{ g.size }}{% endfor %}",
      "{% assign a = site.pages | group_by_exp: 'p', 'p.title | slice: 0' %}{{ a | size }}",
      "{% assign a = site.pages | find: 'nav', true %}{{ a.title }}",
      "{% assign a = site.pages | concat: site.posts | uniq | sort: 'title' %}{{ a.last.title }}",
      "{% for p in site.pages reversed %}{% if p == page %}here{% endif %}{% endfor %}",
  };
  auto page = [](const std::string& title, const std::string& more, const std::string& body) {
    return "---\nlayout: default\ntitle: " + title + "\n" + more + "---\n" + body + "\n";
  };
  for (const std::string& filter : kFilters) {
    LiveSite site({{"_config.yml", "permalink: /:title.html\n"},
                   {"_layouts/default.html", filter + "{{ content }}"},
                   {"a.md", page("A", "nav: true\norder: 1\n", "One.")},
                   {"b.md", page("B", "nav: true\norder: 2\n", "One.")},
                   {"c.md", page("C", "", "One.")},
                   {"_posts/2020-01-01-one.md", page("One", "", "Lead.\n\nMore.")}});
    auto published = site.edit({{"b.md", page("B", "nav: true\norder: 2\n", "Another.")}});
    EXPECT_THAT(rendered_paths(published), ElementsAre("b.html")) << filter;
    published = site.edit({{"b.md", page("B", "nav: true\norder: 2\nunread: 1\n", "Another.")}});
    EXPECT_EQ(rendered_paths(published).size(), 0u) << filter;
    published = site.edit({{"_posts/2020-01-01-one.md", page("One", "", "Lead.\n\nElse.")}});
    EXPECT_THAT(rendered_paths(published), ElementsAre("one.html")) << filter;
    site.edit({{"c.md", page("Z", "nav: true\norder: 0\n", "One.")}});
    EXPECT_EQ(site.pages(), site.from_nothing()) << filter;
  }
}

TEST(DirtyPages, AnExcerptIsReadByThoseWhoPrintIt) {
  LiveSite site(small_site());
  auto published = site.edit({{"_posts/2020-01-03-three.md", post("Three", "Other.")}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("excerpts/index.html", "three/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ATitleEditRendersThosePagesThatPrintTheTitle) {
  LiveSite site(small_site());
  auto published =
      site.edit({{"_posts/2020-01-02-two.md", post("Zwei", "First.", "tags: [blue]\n")}});
  EXPECT_THAT(rendered_paths(published),
              ElementsAre("index.html", "three/index.html", "two/index.html"));
  EXPECT_THAT(reasons_of(published, "three/index.html"),
              HasSubstr("title of _posts/2020-01-02-two.md"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, AChangeBeyondTheLimitOfAListIsNotSeen) {
  LiveSite site(small_site());
  auto published =
      site.edit({{"_posts/2020-01-01-one.md", post("Uno", "Other.", "tags: [red]\n")}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("one/index.html", "two/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ANewPostMovesListsAndNeighbours) {
  LiveSite site(small_site());
  auto published = site.edit({{"_posts/2020-01-04-four.md", post("Four", "Newest.")}});
  EXPECT_THAT(rendered_paths(published),
              ElementsAre("excerpts/index.html", "four/index.html", "index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
  published = site.edit({{"_posts/2020-01-02-two.md", std::nullopt}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("three/index.html"));
  EXPECT_THAT(published->changed_urls, testing::Contains("/two/"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, APageThatLooksThroughAListByAFieldHasReadThatField) {
  auto files = small_site();
  files["red.html"] = "---\n---\n{{ site.posts | where: 'colour', 'red' | map: 'title' | join }}";
  LiveSite site(files);
  auto other = site.edit({{"_posts/2020-01-01-one.md", post("One", "First.", "taste: sour\n")}});
  EXPECT_THAT(rendered_paths(other), testing::Not(testing::Contains("red/index.html")));
  auto found = site.edit({{"_posts/2020-01-01-one.md", post("One", "First.", "colour: red\n")}});
  EXPECT_THAT(rendered_paths(found), testing::Contains("red/index.html"));
  EXPECT_THAT(reasons_of(found, "red/index.html"), HasSubstr("colour of _posts/2020-01-01-one.md"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ADraftWithoutADateHasThatOfTheCommitThatChangedIt) {
  auto files = small_site();
  files["_config.yml"] = *files["_config.yml"] + "show_drafts: true\ntimezone: UTC\n";
  files["_drafts/plan.md"] = "---\npermalink: /plan/\n---\n{{ page.date | date: '%s' }}";
  LiveSite site(files);
  auto dates = [&] { return site.pages().at("plan/index.html"); };
  std::string first = dates();
  EXPECT_THAT(first, HasSubstr("<p>16000000"));
  site.edit({{"about.md", "---\n---\nOther.\n"}});
  EXPECT_EQ(dates(), first);
  site.edit({{"_drafts/plan.md", "---\npermalink: /plan/\n---\nNow {{ page.date | date: '%s' }}"}});
  EXPECT_THAT(dates(), HasSubstr("Now 16000001"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ATagConcernsThePagesOfThatTag) {
  LiveSite site(small_site());
  auto published =
      site.edit({{"_posts/2020-01-02-two.md", post("Two", "First.", "tags: [blue, red]\n")}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("tag/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, DataAndConfigurationAreReadByKey) {
  LiveSite site(small_site());
  EXPECT_THAT(rendered_paths(site.edit({{"_data/unread.yml", "a: 2\n"}})), IsEmpty());
  auto published = site.edit(
      {{"_config.yml", "title: Small\nauthor: {name: A, city: C}\npermalink: /:title/\n"}});
  EXPECT_THAT(rendered_paths(published), IsEmpty());
  published = site.edit(
      {{"_config.yml", "title: Small\nauthor: {name: D, city: C}\npermalink: /:title/\n"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("author/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, AnIncludeThatAppearsHealsThePageThatLookedForIt) {
  auto files = small_site();
  files["broken.html"] = "---\n---\n{% include later.html %}";
  LiveSite site(files);
  EXPECT_FALSE(site.page("broken/index.html"));
  EXPECT_THAT(site.pipeline().problems(), testing::Not(IsEmpty()));
  auto published = site.edit({{"_includes/later.html", "here"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("broken/index.html"));
  EXPECT_EQ(site.page("broken/index.html"), "here");
}

TEST(DirtyPages, ABrokenPageKeepsItsLastGoodRendition) {
  LiveSite site(small_site());
  auto before = site.page("about/index.html");
  site.edit({{"about.md", "---\ntitle: About\nlayout: default\n---\n{% nonsense %}\n"}});
  EXPECT_EQ(site.page("about/index.html"), before);
  site.edit({{"about.md", "---\ntitle: About\nlayout: default\n---\nMended.\n"}});
  EXPECT_THAT(*site.page("about/index.html"), HasSubstr("Mended."));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ANewMinuteDirtiesNobodyWhoPrintsTheYear) {
  LiveSite site(small_site());
  EXPECT_THAT(rendered_paths(site.edit({{"style.css", "a { color: blue }\n"}})),
              ElementsAre("style.css"));
  site.clock().advance_seconds(366 * 86400);
  auto published = site.edit({{"style.css", "a { color: green }\n"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("style.css", "year/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, APostOfTheFutureBecomesPublicWhenItsTimeComes) {
  auto files = small_site();
  files["_posts/2020-09-20-later.md"] = post("Later", "Newest.");
  LiveSite site(files);
  EXPECT_FALSE(site.page("later/index.html"));
  auto moment = site.pipeline().next_moment();
  ASSERT_TRUE(moment);
  EXPECT_EQ(iso_instant(*moment), "2020-09-20T00:00:00Z");
  site.clock().set(*moment);
  auto published = site.pipeline().pass_time();
  ASSERT_TRUE(published && *published);
  EXPECT_THAT(rendered_paths(*published),
              ElementsAre("excerpts/index.html", "index.html", "later/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ALayoutConcernsAllThatUseItAndManyPagesBecomeStale) {
  LiveSite site(small_site(), 2);
  auto published = site.edit({{"_layouts/default.html", "<b>{{ page.title }}</b>{{ content }}"}});
  EXPECT_THAT(rendered_paths(published), IsEmpty());
  EXPECT_EQ(published->stale.size(), 5u);
  EXPECT_FALSE(site.page("three/index.html"));
  ASSERT_TRUE(site.pipeline().freshen("three/index.html"));
  EXPECT_THAT(*site.page("three/index.html"), HasSubstr("<b>Three</b>"));
  auto left = site.pipeline().fill(100);
  ASSERT_TRUE(left);
  EXPECT_EQ(*left, 0u);
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// Found by a replay: the warning named the line on which the word had stood before.
TEST(DirtyPages, AWarningMovesWithTheLinesAboveIt) {
  LiveSite site(LiveSite::Files{{"a.md", "---\ntitle: A\n---\nText\n</b> closes nothing.\n"},
                                {"b.md", "---\ntitle: B\n---\nText\n"}});
  ASSERT_EQ(site.pipeline().problems().size(), 1u);
  auto published = site.edit(
      LiveSite::Files{{"a.md", "---\ntitle: A\nmore: 1\n---\nText\n</b> closes nothing.\n"},
                      {"b.md", "---\ntitle: B\nmore: 1\n---\nText\n"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("a.html"));
  EXPECT_EQ(site.differences(), "");
}

// Found by a replay: that `collections` is a map is not all that the list of redirects sees of it.
TEST(DirtyPages, ANewCollectionsRedirectsAreInTheListOfThem) {
  LiveSite site(
      LiveSite::Files{{"_config.yml", "plugins: [jekyll-redirect-from]\ncollections: {a: {}}\n"}});
  site.edit({{"_config.yml",
              "plugins: [jekyll-redirect-from]\ncollections: {a: {}, b: {output: true}}\n"},
             {"_b/x.md", "---\nredirect_to: /there/\n---\n"}});
  EXPECT_THAT(*site.page("redirects.json"), HasSubstr("/there/"));
  EXPECT_EQ(site.differences(), "");
}

TEST(DirtyPages, TheConfigurationsFactsAreReadsOfTheirOwn) {
  const std::string config = "collections: {a: {output: true}}\nplugins: []\n";
  LiveSite site(
      {{"_config.yml", config},
       {"date.html", "---\n---\n{{ 1577923200 | date: '%H' }}"},
       {"file.html", "---\n---\n{% for f in site.static_files %}{{ f.mark }}{% endfor %}"},
       {"later.html", "---\n---\n{% if site.later %}later{% endif %}"},
       {"link.html", "---\n---\n{% link x.txt %}"},
       {"title.html", "---\n---\n{{ site.title }}"},
       {"x.txt", "x"}});
  EXPECT_THAT(rendered_paths(site.edit({{"_config.yml", config + "timezone: Asia/Tokyo\n"}})),
              ElementsAre("date.html"));
  EXPECT_EQ(site.differences(), "");
  EXPECT_THAT(rendered_paths(site.edit(
                  {{"_config.yml", "collections: {a: {output: true}, later: {}}\nplugins: []\n"}})),
              ElementsAre("date.html", "later.html"));
  EXPECT_EQ(site.differences(), "");
  site.edit({{"_config.yml", config + "defaults: [{scope: {path: x.txt}, values: {mark: m}}]\n"}});
  EXPECT_EQ(site.page("file.html"), "m");
  site.edit({{"_config.yml", config + "exclude: [x.txt]\n"}});
  EXPECT_EQ(site.differences(), "");
}

TEST(DirtyPages, AFilesDateMovesThoughItsContentDoesNot) {
  LiveSite site(LiveSite::Files{
      {"dates.html",
       "---\n---\n{% for f in site.static_files %}{{ f.modified_time | date: '%s' }}"
       "{% endfor %}"},
      {"x.txt", "x"}});
  CommitId first = site.last()->live->commit;
  site.commit({{"x.txt", "y"}});
  site.clock().advance_seconds(100);
  auto published = site.edit({{"x.txt", "x"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("dates.html"));
  EXPECT_EQ(site.differences(), "");
  EXPECT_THAT(rendered_paths(site.publish(first)), ElementsAre("dates.html"));
  EXPECT_EQ(site.differences(), "");
}

// Found by the property test: what had been made of the page that went was shown for the one that
// came.
TEST(DirtyPages, APageThatComesBackIsMadeAnew) {
  LiveSite site(small_site());
  site.edit({{"about.md", std::nullopt}});
  auto preview = site.pipeline().preview(
      {{storage::path_of("about.md"), "---\nlayout: default\n---\nForeseen.\n"}});
  ASSERT_TRUE(preview);
  auto page = site.pipeline().preview_page(*preview, "about/index.html");
  ASSERT_TRUE(page);
  EXPECT_THAT(page->bytes, HasSubstr("Foreseen."));
  site.edit({{"about.md", "---\nlayout: default\n---\nAnother.\n"}});
  EXPECT_THAT(*site.page("about/index.html"), HasSubstr("Another."));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, AForcedHistoryIsHealedByTheSameCall) {
  LiveSite site(small_site());
  CommitId first = site.last()->live->commit;
  site.edit({{"about.md", std::nullopt}, {"new.md", "---\n---\nNew.\n"}});
  EXPECT_TRUE(site.page("new/index.html"));
  site.publish(first);
  EXPECT_FALSE(site.page("new/index.html"));
  EXPECT_TRUE(site.page("about/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, ADryRunNamesThePagesAndChangesNothing) {
  LiveSite site(small_site());
  auto before = site.pages();
  auto preview = site.pipeline().preview(
      {{storage::path_of("_posts/2020-01-02-two.md"), post("Zwei", "First.", "tags: [blue]\n")}});
  ASSERT_TRUE(preview) << preview.error().message;
  std::vector<std::string> paths;
  for (const DirtyPage& page : preview->pages) paths.push_back(page.path);
  std::sort(paths.begin(), paths.end());
  EXPECT_THAT(paths, ElementsAre("index.html", "three/index.html", "two/index.html"));
  auto page = site.pipeline().preview_page(*preview, "two/index.html");
  ASSERT_TRUE(page);
  EXPECT_THAT(page->bytes, HasSubstr("<title>Zwei</title>"));
  EXPECT_EQ(site.pages(), before);
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(DirtyPages, AHundredPostsAndOneBodyEditIsOnePage) {
  auto files = small_site();
  for (int i = 0; i < 100; ++i) {
    std::string number = std::to_string(1000 + i);
    files["_posts/2019-01-01-p" + number + ".md"] = post("P" + number, "First.");
  }
  LiveSite site(files);
  auto published = site.edit({{"_posts/2019-01-01-p1050.md", post("P1050", "First.") + "More.\n"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("p1050/index.html"));
  published = site.edit({{"_posts/2019-01-01-p1050.md", post("New", "First.") + "More.\n"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("p1050/index.html", "p1051/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Preview, ThatAPublicationOvertakesIsAsItWasAndLeavesNothingBehind) {
  LiveSite site(LiveSite::Files{
      {"_posts/2020-01-01-one.md", "---\n---\nOld.\n"},
      {"all.html", "---\n---\n{% for p in site.posts %}{{ p.content }}{% endfor %}"},
      {"minute.txt", "---\n---\n{{ site.time | date: '%M' }}"},
      {"x.txt", "x"}});
  std::int64_t begin = site.clock().now().seconds;
  auto preview = site.pipeline().preview({{storage::path_of("x.txt"), "y"}});
  ASSERT_TRUE(preview) << preview.error().message;
  site.edit({{"_posts/2020-01-01-one.md", "---\n---\nNew.\n"}});
  auto all = site.pipeline().preview_page(*preview, "all.html");
  ASSERT_TRUE(all);
  EXPECT_THAT(all->bytes, HasSubstr("Old."));
  ASSERT_TRUE(site.pipeline().preview_page(*preview, "minute.txt"));
  // The same minute of the next hour: the page has printed another since.
  site.clock().advance_seconds(begin + 3600 - 61 - site.clock().now().seconds);
  site.edit({{"x.txt", "z"}});
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Problems, ThatSeveralPagesHaveAreToldOnceAndThoseOfTheirOwnEach) {
  LiveSite::Files files = {{"_layouts/default.html", "{% include missing.html %}{{ content }}"}};
  for (int i = 0; i < 20; ++i) {
    files["p" + std::to_string(i) + ".md"] = "---\nlayout: default\n---\n</b> closes nothing.\n";
  }
  LiveSite site(files);
  std::map<std::string, int> by_path;
  for (const Problem& problem : site.pipeline().problems()) ++by_path[problem.path];
  EXPECT_EQ(by_path["_layouts/default.html"], 1);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(by_path["p" + std::to_string(i) + ".md"], 1) << i;
}

// Found by histories drawn at random: the excerpt of a file that was no Markdown stayed as it was.
TEST(DirtyPages, AnExcerptIsMadeAnewWhereItsFileBecomesMarkdown) {
  auto files = small_site();
  files["_posts/2020-01-03-three.markdown"] = post("Three", "Some *text*.");
  files["_posts/2020-01-03-three.md"] = std::nullopt;
  std::erase_if(files, [](const auto& file) { return !file.second; });
  std::string config = *files["_config.yml"];
  files["_config.yml"] = config + "markdown_ext: md\n";
  LiveSite site(files);
  EXPECT_THAT(site.page("excerpts/index.html").value(), HasSubstr("*text*"));
  site.edit({{"_config.yml", config}});
  EXPECT_THAT(site.page("excerpts/index.html").value(), HasSubstr("<em>text</em>"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// Likewise: a body that had seen no layout went on to see none.
TEST(DirtyPages, ABodySeesTheLayoutThatItsPageGets) {
  auto files = small_site();
  std::string config = *files["_config.yml"];
  files["seen.html"] = "---\ntitle: Seen\n---\n[{{ layout.mark }}]";
  files["_layouts/marked.html"] = "---\nmark: m\n---\n{{ content }}";
  files["_other/marked.html"] = "---\nmark: n\n---\n{{ content }}";
  LiveSite site(files);
  EXPECT_EQ(site.page("seen/index.html"), "[]");
  std::string marked =
      config + "defaults: [{scope: {path: seen.html}, values: {layout: marked}}]\n";
  site.edit({{"_config.yml", marked}});
  EXPECT_EQ(site.page("seen/index.html"), "[m]");
  site.edit({{"_config.yml", marked + "layouts_dir: _other\n"}});
  EXPECT_EQ(site.page("seen/index.html"), "[n]");
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// Likewise: the hour of a file's last commit was not read as one of the site's zone.
TEST(DirtyPages, TheTimeZoneIsReadWithTheInstantOfTheLastCommit) {
  auto files = small_site();
  std::string config = *files["_config.yml"] + "plugins: [jekyll-last-modified-at]\n";
  files["_config.yml"] = config;
  files["changed.html"] = "---\n---\n{{ page.last_modified_at }}";
  LiveSite site(files);
  std::string before = site.page("changed/index.html").value();
  site.edit({{"_config.yml", config + "timezone: Asia/Tokyo\n"}});
  EXPECT_NE(site.page("changed/index.html").value(), before);
  EXPECT_EQ(site.pages(), site.from_nothing());
}

}  // namespace
}  // namespace stet::pipeline
