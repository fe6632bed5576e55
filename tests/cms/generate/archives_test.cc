// Pages of jekyll-archives: which there are, under what names, with which posts.

#include "cms/generate/archives.h"

#include <gtest/gtest.h>

#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

using Files = std::map<std::string, std::string>;

Files site_of(const std::string& settings) {
  return {{"_config.yml", "plugins: [jekyll-archives]\njekyll-archives:\n" + settings},
          {"_layouts/archive.html",
           "{{ page.type }} {{ page.title }}{{ page.date | date: '%F' }}: "
           "{% for p in page.posts %}{{ p.title }} {% endfor %}"},
          {"_layouts/other.html", "other {{ page.posts.size }}"},
          {"_posts/2019-12-31-a.md", "---\ntitle: A\ntags: [Red Wine]\ncategories: c\n---\n"},
          {"_posts/2020-01-05-b.md", "---\ntitle: B\ntags: [Red Wine, x]\n---\n"},
          {"_posts/2020-01-20-c.md", "---\ntitle: C\n---\n"}};
}

TEST(Archives, ThereIsOneForEachGroupThatHasPosts) {
  BuiltSite site(site_of("  enabled: all\n"));
  EXPECT_EQ(site.bytes("tag/red-wine/index.html"), "tag Red Wine: B A ");
  EXPECT_EQ(site.bytes("tag/x/index.html"), "tag x: B ");
  EXPECT_EQ(site.bytes("category/c/index.html"), "category c: A ");
  EXPECT_EQ(site.bytes("2020/index.html"), "year 2020-01-01: C B ");
  EXPECT_EQ(site.bytes("2020/01/index.html"), "month 2020-01-01: C B ");
  EXPECT_EQ(site.bytes("2020/01/05/index.html"), "day 2020-01-05: B ");
  EXPECT_EQ(site.bytes("2019/index.html"), "year 2019-01-01: A ");
}

TEST(Archives, AreOfTheKindsThatAreEnabled) {
  BuiltSite site(
      site_of("  enabled: [year, tags]\n  layouts: {year: other}\n"
              "  permalinks: {tag: '/t/:name.html'}\n"));
  EXPECT_EQ(site.bytes("2020/index.html"), "other 2");
  EXPECT_TRUE(site.has("t/red-wine.html"));
  for (const char* path :
       {"2020/01/index.html", "2020/01/05/index.html", "category/c/index.html"}) {
    EXPECT_FALSE(site.has(path)) << path;
  }
  EXPECT_FALSE(BuiltSite(site_of("  layout: other\n")).has("2020/index.html"));
}

TEST(Archives, ShowWhatJekyllsArchivesDo) {
  Files files = site_of("  enabled: [year]\n");
  files["_layouts/archive.html"] =
      "{{ page.name }}|{{ page.path }}|{{ page.url }}|{{ page.dir }}|{{ page.permalink }}|"
      "{% for pair in page %}{{ pair[0] }} {% endfor %}";
  EXPECT_EQ(BuiltSite(files).bytes("2020/index.html"),
            "index|2020/index.html|/2020/|||layout type title date posts name path url permalink ");
}

TEST(Archives, AreAListOfTheSite) {
  Files files = site_of("  enabled: [year, tags]\n");
  files["list.html"] =
      "---\n---\n{% for a in site.archives %}{{ a.type }} {{ a.url }};{% endfor %}";
  EXPECT_EQ(BuiltSite(files).bytes("list.html"),
            "tag /tag/red-wine/;tag /tag/x/;year /2019/;year /2020/;");
  files["_config.yml"] = "archives: own\n";
  files["list.html"] = "---\n---\n{{ site.archives }}";
  EXPECT_EQ(BuiltSite(files).bytes("list.html"), "own");
}

TEST(Archives, SlugsMayKeepMoreOfAName) {
  Files files = site_of("  enabled: [tags]\n  slug_mode: raw\n");
  files["_posts/2020-03-01-d.md"] = "---\ntags: [C++]\n---\n";
  EXPECT_TRUE(BuiltSite(files).has("tag/c++/index.html"));
}

}  // namespace
}  // namespace stet::generate
