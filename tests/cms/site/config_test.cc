#include "cms/site/config.h"

#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

std::string value(const std::string& yaml, std::string_view key, Overrides overrides = {}) {
  MadeSite site({{"_config.yml", yaml}}, std::move(overrides));
  return show(site->config().get(key));
}

TEST(Config, WhatJekyllNeverTakesStandsAtTheEndOfExclude) {
  EXPECT_EQ(value("", "exclude").substr(0, 30), "[.sass-cache, .jekyll-cache, g");
  EXPECT_EQ(value("exclude: [mine, Gemfile]", "exclude").substr(0, 40),
            "[mine, Gemfile, .sass-cache, .jekyll-cac");
}

TEST(Config, LiesOverJekyllsDefaultsAndUnderTheCommandLine) {
  Overrides overrides;
  overrides.url = "http://x";
  overrides.is_future = true;
  overrides.posts_max = 3;
  struct {
    std::string yaml, key, out, overridden;
  } cases[] = {
      {"", "permalink", "date", "date"},
      {"permalink: pretty", "permalink", "pretty", "pretty"},
      {"permalink: ~", "permalink", "date", "date"},
      {"title: ~", "title", "nil", "nil"},
      {"url: http://y", "url", "http://y", "http://x"},
      {"future: false", "future", "false", "true"},
      {"limit_posts: 1", "limit_posts", "1", "3"},
      {"liquid: {error_mode: strict}",
       "liquid",
       "{error_mode: strict, strict_filters: false, strict_variables: false}",
       "{error_mode: strict, strict_filters: false, strict_variables: false}"},
      {"liquid: {error_mode: ~}",
       "liquid",
       "{error_mode: warn, strict_filters: false, strict_variables: false}",
       "{error_mode: warn, strict_filters: false, strict_variables: false}"},
      {"include: [_pages]", "include", "[_pages]", "[_pages]"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(value(c.yaml, c.key), c.out) << c.yaml;
    EXPECT_EQ(value(c.yaml, c.key, overrides), c.overridden) << c.yaml;
  }
}

TEST(Config, LaterFilesWinAndMapsAreMerged) {
  Overrides overrides;
  overrides.config_files = {"_config.yml", "_dev.yml", "_missing.yml"};
  MadeSite site({{"_config.yml", "a: {x: 1, y: 1}\nb: 1\nc: 1\n"},
                 {"_dev.yml", "a: {y: 2, z: 2}\nb: [2]\nc: ~\n"}},
                overrides);
  EXPECT_EQ(show(site->config().get("a")), "{x: 1, y: 2, z: 2}");
  EXPECT_EQ(show(site->config().get("b")), "[2]");
  EXPECT_EQ(show(site->config().get("c")), "1");
}

TEST(Config, MayLieOutsideOfTheSitesFolder) {
  Overrides overrides;
  overrides.outer_config = {{"../a.yml", "title: Outer\nx: 1\n"}, {"../b.yml", "x: [\n"}};
  MadeSite site({{"_config.yml", "title: Inner\n"}}, overrides);
  EXPECT_EQ(show(site->config().get("title")), "Outer");
  EXPECT_EQ(show(site->config().get("x")), "1");
}

TEST(Config, KnowsThePluginsInListsAndAsOneName) {
  for (const char* yaml :
       {"plugins: [jekyll-feed]", "plugins: jekyll-feed", "gems: [jekyll-feed]"}) {
    MadeSite site({{"_config.yml", yaml}});
    EXPECT_TRUE(site->config().has_plugin("jekyll-feed")) << yaml;
    EXPECT_FALSE(site->config().has_plugin("jekyll")) << yaml;
  }
}

std::string collections(const std::string& yaml) {
  MadeSite site({{"_config.yml", yaml}});
  std::string text;
  for (const CollectionConfig& c : site->config().collections()) {
    text += (text.empty() ? "" : " ") + c.label + (c.is_output ? "+" : "") +
            (c.is_implied ? "?" : "") + (c.permalink ? "=" + *c.permalink : "");
  }
  return text;
}

TEST(Config, CollectionsAreNamedOrImplied) {
  const std::string posts = "posts+?=/:categories/:year/:month/:day/:title:output_ext ";
  const std::string implied = " schedule+?=/schedule/:path/ speakers+?=/speakers/:path/";
  EXPECT_EQ(collections(""), posts.substr(0, posts.size() - 1) + implied);
  EXPECT_EQ(collections("collections: [a, b]"), posts + "a b" + implied);
  EXPECT_EQ(collections("collections: {a: {output: true, permalink: /x/:name}, b: }"),
            posts + "a+=/x/:name b" + implied);
  EXPECT_EQ(collections("collections: {speakers: {}, posts: {permalink: /:title/}}"),
            "speakers posts+=/:title/ schedule+?=/schedule/:path/");
  EXPECT_EQ(collections("collections: 7"), posts.substr(0, posts.size() - 1) + implied);
}

TEST(Config, NamesTheFolderOfCollectionsWithoutSlashes) {
  for (const char* dir : {"all", "/all", "all/", "/all/"}) {
    MadeSite site({{"_config.yml", "collections_dir: " + std::string(dir)}});
    EXPECT_EQ(site->config().collections_folder(), "all");
    EXPECT_EQ(site->config().below_collections("all/_a/x.md"), "_a/x.md");
    EXPECT_EQ(site->config().below_collections("alle/_a/x.md"), "alle/_a/x.md");
    EXPECT_EQ(site->config().below_collections("all"), "all");
  }
}

TEST(Config, AZoneThatDoesNotExistIsAProblem) {
  MadeSite good({{"_config.yml", "timezone: America/New_York"}});
  EXPECT_EQ(good->config().zone().name(), "America/New_York");
  EXPECT_EQ(show(good->problems()), "");
  MadeSite bad({{"_config.yml", "timezone: Middle/Earth"}});
  EXPECT_EQ(bad->config().zone().at(0).offset_seconds, 0);
  EXPECT_NE(show(bad->problems()).find("_config.yml: timezone: "), std::string::npos);
}

TEST(Config, BrokenYamlIsAProblemAndTheSiteHasItsDefaults) {
  MadeSite site({{"_config.yml", "title: [\n"}, {"a.md", page()}});
  EXPECT_NE(show(site->problems()).find("_config.yml:"), std::string::npos);
  EXPECT_EQ(site.url("a.md"), "/a.html");
}

TEST(Config, MarkdownIsWhatTheConfigurationCallsSo) {
  MadeSite site({{"_config.yml", "markdown_ext: md,txt"}});
  EXPECT_TRUE(site->config().is_markdown(".md"));
  EXPECT_TRUE(site->config().is_markdown(".txt"));
  EXPECT_FALSE(site->config().is_markdown(".markdown"));
  EXPECT_FALSE(site->config().is_markdown("."));
  EXPECT_FALSE(site->config().is_markdown(""));
}

TEST(Config, CommonMarkHasTheWordsThatItsPluginsKnow) {
  MadeSite site({{"_config.yml",
                  "markdown: CommonMark\ncommonmark:\n  options: [unsafe, Smart, odd]\n"
                  "  extensions: [table, Autolink]\n"}});
  const MarkdownEngine& engine = site->config().markdown_engine();
  EXPECT_TRUE(engine.is_commonmark && !engine.is_of_github_pages);
  EXPECT_EQ(engine.options, (std::vector<std::string>{"UNSAFE", "SMART"}));
  EXPECT_EQ(engine.extensions, std::vector<std::string>{"table"});
  const std::string problems = show(site->problems());
  EXPECT_NE(problems.find("'ODD' is no option of CommonMark; those known are DEFAULT, "),
            std::string::npos);
  EXPECT_NE(problems.find("'Autolink' is no extension of CommonMark; those known are table, "),
            std::string::npos);
}

TEST(Config, GithubReadsMarkdownAsItsOwnCommonMarkOrKramdown) {
  const auto engine = [](const std::string& yaml) {
    MadeSite site({{"_config.yml", yaml}});
    return site->config().markdown_engine();
  };
  const std::string pages = "stet: {github_pages: true}\n";
  EXPECT_FALSE(engine(pages + "markdown: CommonMark\n").is_commonmark);
  EXPECT_TRUE(engine(pages + "markdown: CommonMarkGhPages\n").is_of_github_pages);
  EXPECT_EQ(engine(pages + "markdown: gfm\n").extensions,
            (std::vector<std::string>{"table", "strikethrough", "autolink", "tagfilter"}));
  EXPECT_FALSE(engine("markdown: Kramdown\n").is_commonmark);
  EXPECT_FALSE(engine("markdown: redcarpet\n").is_commonmark);
}

TEST(DeepMerged, NothingIsReplacedByNil) {
  liquid::Hash under(
      {{"a", liquid::Value(1)}, {"b", liquid::make_hash({{"c", liquid::Value(2)}})}});
  liquid::Hash over({{"a", liquid::Value()},
                     {"b", liquid::make_hash({{"c", liquid::Value()}, {"d", liquid::Value()}})},
                     {"e", liquid::Value()}});
  EXPECT_EQ(show(liquid::Value(deep_merged(under, over))), "{a: 1, b: {c: 2, d: nil}, e: nil}");
}

}  // namespace
}  // namespace stet::site
