// What plugins change of documents as they are read: titles, layouts, pages without front matter.

#include "cms/generate/adjust.h"

#include <gtest/gtest.h>

#include "cms/generate/inferred_title.h"
#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

using Files = std::map<std::string, std::string>;

Files with(const std::string& config, Files files) {
  files["_config.yml"] = config;
  return files;
}

TEST(InferredTitle, IsTheHeadingThatATextBeginsWith) {
  struct Case {
    std::string text, heading;
  };
  const Case cases[] = {
      {"# One\nrest", "One"},
      {"\n\n### Three ##\n", "Three ##"},
      {"Line\n===\nrest", "Line"},
      {"Line\n---", "Line"},
      {"#### Four\n", ""},
      {"#None\n", ""},
      {"Text\n# Later\n", ""},
      {"Line\n=== x\n", ""},
      {"", ""},
  };
  for (const Case& c : cases) {
    auto heading = heading_at_start(c.text);
    EXPECT_EQ(heading ? heading->text : "", c.heading) << c.text;
  }
}

TEST(InferredTitle, IsOfPagesThatSayNoneAndOfOthersIfAsked) {
  Files files{{"a.md", "---\n---\n# A *b*\n\n{{ page.title }}"},
              {"b.md", "---\ntitle: B\n---\n# Not\n\n{{ page.title }}"},
              {"_posts/2020-01-01-c.md", "---\n---\n# Post\n\n{{ page.title }}"}};
  const std::string plugin = "plugins: [jekyll-titles-from-headings]\npermalink: /:title\n";
  auto ends_with = [](const std::string& bytes, const std::string& text) {
    return bytes.find("<p>" + text + "</p>") != std::string::npos;
  };
  BuiltSite site(with(plugin, files));
  EXPECT_TRUE(ends_with(site.bytes("a.html"), "A b"));
  EXPECT_TRUE(ends_with(site.bytes("b.html"), "B"));
  EXPECT_TRUE(ends_with(site.bytes("c.html"), "C"));
  BuiltSite all(with(plugin + "titles_from_headings: {collections: true}\n", files));
  EXPECT_TRUE(ends_with(all.bytes("c.html"), "Post"));
  BuiltSite none(with(plugin + "titles_from_headings: {enabled: false}\n", files));
  EXPECT_FALSE(ends_with(none.bytes("a.html"), "A b"));
}

TEST(InferredTitle, MayBeTakenOutOfTheText) {
  BuiltSite site(
      with("plugins: [jekyll-titles-from-headings]\ntitles_from_headings: {strip_title: true}\n",
           {{"a.md", "---\n---\n# A\n\nText\n"}, {"b.md", "---\nstrip_title: false\n---\n# B\n"}}));
  EXPECT_EQ(site.bytes("a.html").find("<h1"), std::string::npos);
  EXPECT_NE(site.bytes("b.html").find("<h1"), std::string::npos);
}

TEST(DefaultLayout, IsTheFirstThatTheSiteHas) {
  Files files{{"_layouts/page.html", "page {{ page.layout }}"},
              {"_layouts/default.html", "default"},
              {"a.md", "---\n---\n"},
              {"b.md", "---\nlayout: null\n---\nplain"},
              {"c.html", "---\n---\nplain"},
              {"index.md", "---\n---\n"},
              {"_posts/2020-01-01-p.md", "---\npermalink: /p.html\n---\n"}};
  const std::string plugin = "plugins: [jekyll-default-layout]\n";
  BuiltSite site(with(plugin, files));
  EXPECT_EQ(site.bytes("a.html"), "page page");
  EXPECT_EQ(site.bytes("index.html"), "page page");
  EXPECT_EQ(site.bytes("p.html"), "default");
  EXPECT_EQ(site.bytes("c.html"), "plain");
  EXPECT_NE(site.bytes("b.html").find("plain"), std::string::npos);
  files["_layouts/home.html"] = "home";
  EXPECT_EQ(BuiltSite(with(plugin, files)).bytes("index.html"), "home");
}

TEST(PlainPages, AreMarkdownWithoutFrontMatterButNotReadmes) {
  Files files{{"a.md", "# A\n\n{{ page.path }}\n"},
              {"README.md", "r"},
              {"docs/CONTRIBUTING.md", "c"},
              {"a.txt", "t"}};
  const std::string plugin = "plugins: [jekyll-optional-front-matter]\n";
  BuiltSite site(with(plugin, files));
  EXPECT_NE(site.bytes("a.html").find("<p>a.md</p>"), std::string::npos);
  EXPECT_TRUE(site.has("a.md"));
  EXPECT_FALSE(site.has("README.html"));
  EXPECT_FALSE(site.has("docs/CONTRIBUTING.html"));
  EXPECT_TRUE(site.has("README.md"));
  BuiltSite kept(with(plugin + "optional_front_matter: {remove_originals: true}\n", files));
  EXPECT_FALSE(kept.has("a.md"));
  EXPECT_TRUE(kept.has("a.html"));
  EXPECT_FALSE(BuiltSite(with("title: x\n", files)).has("a.html"));
}

TEST(Readmes, AreTheIndexOfAFolderThatHasNone) {
  Files files{{"README.md", "# Root"},
              {"sub/readme.md", "# Sub"},
              {"taken/README.md", "# Taken"},
              {"taken/index.html", "own"},
              {"moved/README.md", "# Moved"},
              {"x.html", "---\npermalink: /moved/\n---\nother"}};
  BuiltSite site(with("plugins: [jekyll-readme-index]\n", files));
  EXPECT_NE(site.bytes("index.html").find("Root</h1>"), std::string::npos);
  EXPECT_NE(site.bytes("sub/index.html").find("Sub</h1>"), std::string::npos);
  EXPECT_EQ(site.bytes("taken/index.html"), "own");
  EXPECT_EQ(site.bytes("moved/index.html"), "other");
  EXPECT_FALSE(BuiltSite(with("title: x\n", files)).has("index.html"));
}

TEST(Readmes, MayTakeThePlaceOfTheirMarkdown) {
  Files files{{"README.md", "# Root"}, {"taken/README.md", "# Taken"}, {"taken/index.html", "own"}};
  const std::string plugin = "plugins: [jekyll-readme-index]\n";
  EXPECT_TRUE(BuiltSite(with(plugin, files)).has("README.md"));
  BuiltSite site(with(plugin + "readme_index: {remove_originals: true}\n", files));
  EXPECT_TRUE(site.has("index.html"));
  EXPECT_FALSE(site.has("README.md"));
  EXPECT_TRUE(site.has("taken/README.md"));
  EXPECT_EQ(site.site().list("static_files").size(), 2u);
}

TEST(PlainPages, AreMadeOfMarkdownInACollectionsFolderToo) {
  Files files{{"_guides/one.md", "---\n---\nOne"}, {"_guides/two.md", "# Two"}};
  const std::string config =
      "plugins: [jekyll-optional-front-matter]\ncollections: {guides: {output: true}}\n";
  BuiltSite site(with(config, files));
  EXPECT_TRUE(site.has("guides/one.html"));
  EXPECT_TRUE(site.has("_guides/two.html"));
  EXPECT_TRUE(site.has("guides/two.md"));
  EXPECT_EQ(site.site().list("guides").size(), 1u);
  BuiltSite bare(with(config + "optional_front_matter: {remove_originals: true}\n", files));
  EXPECT_TRUE(bare.has("guides/two.md"));
}

TEST(RelativeLinks, LeadToThePagesOfFiles) {
  const std::string plugin = "plugins: [jekyll-relative-links]\nbaseurl: /b\n";
  struct Case {
    std::string markdown, html;
  };
  const Case cases[] = {
      {"[x](other.md)", "<a href=\"/b/docs/other.html\">x</a>"},
      {"[x](./other.md#p)", "<a href=\"/b/docs/other.html#p\">x</a>"},
      {"[x](../top.md \"T\")", "<a href=\"/b/t/\" title=\"T\">x</a>"},
      {"[x](/top.md)", "<a href=\"/b/t/\">x</a>"},
      {"![x](../pic.png)", "<img src=\"/b/pic.png\" alt=\"x\" />"},
      {"[x]\n\n[x]: other.md", "<a href=\"/b/docs/other.html\">x</a>"},
      {"[x](missing.md)", "<a href=\"missing.md\">x</a>"},
      {"[x](https://e.example/other.md)", "<a href=\"https://e.example/other.md\">x</a>"},
      {"[x](#other.md)", "<a href=\"#other.md\">x</a>"},
      {"[x](../../top.md)", "<a href=\"../../top.md\">x</a>"},
  };
  for (const Case& c : cases) {
    BuiltSite site(with(plugin,
                        {{"docs/page.md", "---\n---\n" + c.markdown + "\n"},
                         {"docs/other.md", "---\n---\n"},
                         {"top.md", "---\npermalink: /t/\n---\n"},
                         {"pic.png", "x"}}));
    EXPECT_NE(site.bytes("docs/page.html").find(c.html), std::string::npos)
        << c.markdown << "\n"
        << site.bytes("docs/page.html");
  }
}

TEST(RelativeLinks, AreOfPagesAndOfCollectionsIfAsked) {
  Files files{{"a.md", "---\n---\n"},
              {"_posts/2020-01-01-p.md", "---\npermalink: /p.html\n---\n[x](../a.md)\n"}};
  const std::string plugin = "plugins: [jekyll-relative-links]\n";
  EXPECT_NE(BuiltSite(with(plugin, files)).bytes("p.html").find("../a.md"), std::string::npos);
  BuiltSite all(with(plugin + "relative_links: {collections: true}\n", files));
  EXPECT_NE(all.bytes("p.html").find("/a.html"), std::string::npos);
}

TEST(Plugins, ThatAreNotBuiltInAreNamedWithWhatIsLacking) {
  BuiltSite site(with("plugins: [jekyll-polyglot, jekyll-feed, mine]\n",
                      {{"_plugins/a.rb", "x"}, {"_plugins/b.txt", "x"}}));
  std::vector<std::string> said;
  for (const Problem& problem : site.site().problems()) {
    said.push_back(problem.path + ": " + problem.message);
  }
  const std::vector<std::string> expected = {
      "_config.yml: plugins: 'jekyll-polyglot' is not built in; the site will lack pages in other "
      "languages",
      "_config.yml: plugins: 'mine' is not built in; the site will lack its tags, filters and "
      "pages",
      "_plugins/a.rb: Ruby is not run: the site lacks the tags, filters and pages of this file"};
  EXPECT_EQ(said, expected);
}

TEST(Plugins, OfGitHubPagesAreOnWhereTheSiteSaysSo) {
  for (const char* config : {"stet: {github_pages: true}\n", "plugins: [github-pages]\n"}) {
    BuiltSite site(with(config, {{"README.md", "# Read me"}}));
    EXPECT_TRUE(site.has("index.html")) << config;
  }
}

TEST(GitHubMetadata, IsWhatIsKnownWithoutAsking) {
  BuiltSite site(
      with("plugins: [jekyll-github-metadata]\nrepository: me/it\ngithub: {project_title: Mine}\n",
           {{"a.html",
             "---\n---\n{{ site.github.repository_url }} {{ site.github.project_title }} "
             "[{{ site.github.contributors }}]"}}));
  EXPECT_EQ(site.bytes("a.html"), "https://github.com/me/it Mine []");
}

}  // namespace
}  // namespace stet::generate
