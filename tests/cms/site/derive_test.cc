// What Debian's jekyll makes of the same files.
#include "cms/site/derive.h"

#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

constexpr char kPost[] = "_posts/2018-02-03-my-post.md";

std::string of_post(const std::string& front_matter,
                    std::string_view field,
                    const std::string& yaml = "") {
  return MadeSite({{"_config.yml", yaml}, {kPost, page(front_matter)}}).field(kPost, field);
}

TEST(Derive, APostHasWhatItsNameSays) {
  struct {
    std::string front_matter, field, out;
  } cases[] = {
      {"", "title", "My Post"},
      {"", "slug", "my-post"},
      {"", "ext", ".md"},
      {"", "date", "2018-02-03 00:00:00 +0000"},
      {"", "draft", "false"},
      {"", "categories", "[]"},
      {"", "tags", "[]"},
      {"title: Other", "title", "Other"},
      {"title: ''", "title", ""},
      {"title: false", "title", "My Post"},
      {"title: 12", "title", "12"},
      {"slug: Own Slug", "slug", "Own Slug"},
      {"slug: Own Slug", "url", "/2018/02/03/Own-Slug.html"},
      {"ext: .x", "ext", ".x"},
      {"draft: true", "draft", "true"},
      {"permalink: /:categories/:title/", "url", "/my-post/"},
      {"permalink: /x.xml", "url", "/x.xml"},
  };
  for (const auto& c : cases) EXPECT_EQ(of_post(c.front_matter, c.field), c.out) << c.front_matter;
}

TEST(Derive, ADayThatNoCalendarHasIsNoFaultWhereFrontMatterTellsTheDate) {
  const char kPath[] = "_posts/2018-03-00-news.md";
  MadeSite dated({{kPath, page("date: 2018-03-27")}});
  EXPECT_EQ(dated.field(kPath, "url"), "/2018/03/27/news.html");
  EXPECT_EQ(dated.field(kPath, "title"), "News");
  EXPECT_TRUE(dated->problems().empty());

  MadeSite undated({{kPath, page("")}});
  ASSERT_EQ(undated->problems().size(), 1U);
  EXPECT_EQ(undated->problems()[0].message,
            "the file's name begins with a day that no calendar has; rename it");
}

TEST(Derive, DatesAreInTheSitesZone) {
  const std::string york = "timezone: America/New_York";
  struct {
    std::string date, utc, york;
  } cases[] = {
      {"2017-05-05", "2017-05-05 00:00:00 +0000", "2017-05-05 00:00:00 -0400"},
      {"2017-05-05 10:00:00", "2017-05-05 10:00:00 +0000", "2017-05-05 06:00:00 -0400"},
      {"2017-05-05 10:00:00 -0500", "2017-05-05 15:00:00 +0000", "2017-05-05 11:00:00 -0400"},
      {"2017-05-05 10:00", "2017-05-05 10:00:00 +0000", "2017-05-05 10:00:00 -0400"},
      {"\"May 7, 2017 3pm\"", "2017-05-07 15:00:00 +0000", "2017-05-07 15:00:00 -0400"},
      {"2017-12-05", "2017-12-05 00:00:00 +0000", "2017-12-05 00:00:00 -0500"},
      {"~", "2018-02-03 00:00:00 +0000", "2018-02-03 00:00:00 -0500"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(of_post("date: " + c.date, "date"), c.utc) << c.date;
    EXPECT_EQ(of_post("date: " + c.date, "date", york), c.york) << c.date;
  }
  EXPECT_EQ(of_post("date: 2017-05-05 02:00:00", "url", york), "/2017/05/04/my-post.html");
}

TEST(Derive, ADateThatIsNoneIsAProblemAndFailsThePage) {
  MadeSite site({{kPost, page("date: soon")}, {"a.md", page("date: soon")}});
  EXPECT_EQ(show(site->problems()),
            std::string(kPost) +
                ":1: date: 'soon' is no date; write it as "
                "2020-10-11 10:00:00 +0000\n");
  EXPECT_FALSE(site->find_document(kPost)->facts().failure.empty());
  EXPECT_EQ(site.field("a.md", "date"), "soon");
}

TEST(Derive, CategoriesComeFromFoldersDefaultsAndFrontMatter) {
  struct {
    std::string path, front_matter, categories, tags;
  } cases[] = {
      {"_posts/2020-01-01-a.md", "categories: a b a", "[a, b]", "[]"},
      {"_posts/2020-01-01-a.md", "categories: [a b, C]", "[a b, C]", "[]"},
      {"_posts/2020-01-01-a.md", "category: a b", "[a b]", "[]"},
      {"_posts/2020-01-01-a.md", "{category: z, categories: [a]}", "[a, z]", "[]"},
      {"_posts/2020-01-01-a.md",
       "categories: [1, true, ~, 2020-01-01]",
       "[1, true, 2020-01-01]",
       "[]"},
      {"Foo/Bar/_posts/2020-01-01-a.md", "categories: Foo", "[Foo, Bar]", "[]"},
      {"_posts/below/2020-01-01-a.md", "", "[]", "[]"},
      {"_posts/2020-01-01-a.md", "tags: a b", "[]", "[a, b]"},
      {"_posts/2020-01-01-a.md", "tags: [a b, [c, 1]]", "[]", "[a b, c, 1]"},
      {"_posts/2020-01-01-a.md", "{tag: a b, tags: z}", "[]", "[a b]"},
  };
  for (const auto& c : cases) {
    MadeSite site({{c.path, page(c.front_matter)}});
    EXPECT_EQ(site.field(c.path, "categories"), c.categories) << c.front_matter;
    EXPECT_EQ(site.field(c.path, "tags"), c.tags) << c.front_matter;
  }
  const std::string yaml = "defaults: [{scope: {path: ''}, values: {categories: d e, tags: [t]}}]";
  EXPECT_EQ(of_post("categories: own", "categories", yaml), "[d, e, own]");
  EXPECT_EQ(of_post("tags: own", "tags", yaml), "[own]");
  EXPECT_EQ(of_post("", "tags", yaml), "[t]");
}

TEST(Derive, UrlsOfPages) {
  struct {
    std::string path, front_matter, url, output;
  } cases[] = {
      {"about.md", "", "/about/", "about/index.html"},
      {"index.html", "", "/", "index.html"},
      {"sub/index.md", "", "/sub/", "sub/index.html"},
      {"sub dir/ü.md", "", "/sub%20dir/%C3%BC/", "sub dir/ü/index.html"},
      {"a.b.md", "", "/a.b/", "a.b/index.html"},
      {"a.md", "permalink: /x", "/x", "x.html"},
      {"a.md", "permalink: /x/", "/x/", "x/index.html"},
      {"a.md", "permalink: /x.html", "/x.html", "x.html"},
      {"a.md", "permalink: /x.xml", "/x.xml", "x.xml"},
      {"a.md", "permalink: /:basename/:nope", "/a/:nope", "a/:nope.html"},
      {"feed.xml", "", "/feed.xml", "feed.xml"},
      {"feed.xml", "permalink: /f/", "/f/", "f/index.xml"},
      {"page.htm", "", "/page/", "page/index.htm"},
      {"data.json", "", "/data.json", "data.json"},
      {"noext", "", "/noext", "noext"},
      {"404.html", "permalink: /404.html", "/404.html", "404.html"},
  };
  for (const auto& c : cases) {
    MadeSite site({{"_config.yml", "permalink: pretty"}, {c.path, page(c.front_matter)}});
    EXPECT_EQ(site.url(c.path), c.url) << c.path;
    EXPECT_EQ(site->find_document(c.path)->facts().output_path, c.output) << c.path;
  }
}

TEST(Derive, UrlsOfCollections) {
  struct {
    std::string yaml, path, front_matter, url;
  } cases[] = {
      {"", "One Two.md", "", "/things/One%20Two.html"},
      {"", "deep/three.txt", "", "/things/deep/three.txt"},
      {"", "2020-01-01-dated.md", "", "/things/2020-01-01-dated.html"},
      {"permalink: pretty", "a.md", "", "/things/a/"},
      {"permalink: weekdate", "a.md", "", "/things/a"},
      {"permalink: /:title/", "a.md", "", "/things/a/"},
      {"", "a.md", "permalink: /:collection/:name/:title", "/things/a/a"},
      {"x: /o/:path/:name/:title:output_ext",
       "deep/File.Name.md",
       "title: A title",
       "/o/deep/File.Name/file-name/File.Name.html"},
      {"x: /:year/:title", "a.md", "date: 2019-03-04", "/2019/a"},
  };
  for (const auto& c : cases) {
    bool is_own = c.yaml.starts_with("x: ");
    std::string yaml = "collections: {things: {output: true" +
                       (is_own ? ", permalink: '" + c.yaml.substr(3) + "'" : "") + "}}\n" +
                       (is_own ? "" : c.yaml);
    MadeSite site({{"_config.yml", yaml}, {"_things/" + c.path, page(c.front_matter)}});
    EXPECT_EQ(site.url("_things/" + c.path), c.url) << c.path;
  }
}

TEST(Derive, APlaceholderThatDoesNotExistIsAProblemAndNoDocument) {
  MadeSite site({{kPost, page("permalink: /:titel/")}});
  EXPECT_FALSE(site->find_document(kPost));
  EXPECT_TRUE(site->find_source(kPost)->is_broken);
  EXPECT_NE(show(site->problems()).find("':titel', which does not exist here"), std::string::npos);
}

TEST(Derive, FilesOfPostsWithOtherNamesAreNone) {
  MadeSite site({{"_posts/notes.md", page()}, {"_posts/2020-01-01-nofm.md", "No front matter.\n"}});
  EXPECT_EQ(site.list("posts"), std::vector<std::string>{"_posts/2020-01-01-nofm.md"});
  EXPECT_EQ(body_of(*site, *site->find_document("_posts/2020-01-01-nofm.md")),
            "No front matter.\n");
  EXPECT_EQ(show(site->problems()), "");
}

TEST(Derive, DraftsAreShownOnDemand) {
  MadeSite::Files files = {{"_drafts/c d.md", page("date: 2020-01-03")},
                           {"x/_drafts/2020-02-02-b.md", page()},
                           {"_posts/2020-01-01-hidden.md", page("published: false")}};
  EXPECT_TRUE(MadeSite(files).list("posts").empty());
  Overrides overrides;
  overrides.is_drafts = overrides.is_unpublished = true;
  MadeSite site(files, overrides);
  EXPECT_EQ(site.list("posts"),
            (std::vector<std::string>{
                "x/_drafts/2020-02-02-b.md", "_drafts/c d.md", "_posts/2020-01-01-hidden.md"}));
  EXPECT_EQ(site.url("_drafts/c d.md"), "/2020/01/03/c-d.html");
  EXPECT_EQ(site.field("_drafts/c d.md", "draft"), "true");
  EXPECT_EQ(site.field("x/_drafts/2020-02-02-b.md", "categories"), "[x]");
}

TEST(Derive, DraftsHaveTheDefaultsOfPosts) {
  Overrides overrides;
  overrides.is_drafts = true;
  MadeSite site({{"_config.yml",
                  "defaults: [{scope: {type: posts}, values: {a: 1}},\n"
                  "           {scope: {type: drafts}, values: {b: 2}}]"},
                 {"_drafts/d.md", page("date: 2020-01-03")}},
                overrides);
  EXPECT_EQ(site.field("_drafts/d.md", "a"), "1");
  EXPECT_EQ(site.field("_drafts/d.md", "b"), "nil");
}

TEST(Derive, LayoutsOfPagesAndDocuments) {
  const std::string yaml = "defaults: [{scope: {path: ''}, values: {layout: d}}]";
  struct {
    std::string path, front_matter, layout;
  } cases[] = {
      {"a.md", "", "d"},
      {"a.md", "layout: own", "own"},
      {"a.md", "layout: ~", ""},
      {"a.md", "layout: none", ""},
      {"a.md", "layout: false", ""},
      {"a.scss", "", ""},
      {"a.css", "", "d"},
      {kPost, "layout: ~", "d"},
      {kPost, "layout: none", ""},
      {kPost, "", "d"},
  };
  for (const auto& c : cases) {
    MadeSite site({{"_config.yml", yaml}, {c.path, page(c.front_matter)}});
    EXPECT_EQ(site->find_document(c.path)->facts().layout, c.layout) << c.path << c.front_matter;
  }
}

TEST(Derive, ExcerptsAreThePostsOwnOrWhatComesFirst) {
  struct {
    std::string path, front_matter, yaml, out;
  } cases[] = {
      {kPost, "", "", "one"},
      {kPost, "excerpt: mine", "", "(none)"},
      {kPost, "excerpt_separator: two", "", "one\n\n"},
      {kPost, "excerpt_separator: ''", "", "(none)"},
      {kPost, "", "excerpt_separator: ''", "(none)"},
      {"a.md", "", "", "(none)"},
      {"a.md", "", "page_excerpts: true", "one"},
      {"a.xml", "", "page_excerpts: true", "(none)"},
      {"a.md", "permalink: /a.txt", "page_excerpts: true", "(none)"},
  };
  for (const auto& c : cases) {
    MadeSite site({{"_config.yml", c.yaml}, {c.path, page(c.front_matter, "one\n\ntwo\n")}});
    EXPECT_EQ(excerpt_of(*site, *site->find_document(c.path)), c.out) << c.front_matter;
  }
}

TEST(Derive, NilInFrontMatterLeavesTheDefault) {
  const std::string yaml = "defaults: [{scope: {path: ''}, values: {v: {a: 1}, w: 2}}]";
  EXPECT_EQ(of_post("{v: {a: ~, b: 2}, w: ~}", "v", yaml), "{a: 1, b: 2}");
  EXPECT_EQ(of_post("{v: {a: ~, b: 2}, w: ~}", "w", yaml), "2");
}

}  // namespace
}  // namespace stet::site
