// Pages of jekyll-paginate: which there are, and what they see.

#include "cms/generate/paginator.h"

#include <gtest/gtest.h>

#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

using Files = std::map<std::string, std::string>;

constexpr char kSeen[] =
    "{{ paginator.page }}/{{ paginator.total_pages }} of {{ paginator.total_posts }} by "
    "{{ paginator.per_page }}: {% for p in paginator.posts %}{{ p.title }} {% endfor %}"
    "<{{ paginator.previous_page }} {{ paginator.previous_page_path }} "
    ">{{ paginator.next_page }} {{ paginator.next_page_path }}";

Files five_posts(const std::string& config) {
  Files files{{"_config.yml", "plugins: [jekyll-paginate]\n" + config}};
  for (int day = 1; day <= 5; ++day) {
    std::string number = std::to_string(day);
    files["_posts/2020-01-0" + number + "-p.md"] = "---\ntitle: P" + number + "\n---\n";
  }
  files["_posts/2020-01-09-hidden.md"] = "---\ntitle: Hidden\nhidden: true\n---\n";
  return files;
}

TEST(Paginator, GivesEachPageItsSpanAndItsNeighbours) {
  Files files = five_posts("paginate: 2\n");
  files["index.html"] = "---\n---\n" + std::string(kSeen);
  BuiltSite site(files);
  EXPECT_EQ(site.bytes("index.html"), "1/3 of 5 by 2: P5 P4 <  >2 /page2");
  EXPECT_EQ(site.bytes("page2/index.html"), "2/3 of 5 by 2: P3 P2 <1 / >3 /page3");
  EXPECT_EQ(site.bytes("page3/index.html"), "3/3 of 5 by 2: P1 <2 /page2 > ");
  EXPECT_FALSE(site.has("page4/index.html"));
}

TEST(Paginator, TakesTheIndexNearestToItsPath) {
  Files files = five_posts("paginate: 3\npaginate_path: /blog/page:num/\n");
  files["index.html"] = "---\n---\nhome{{ paginator.page }}";
  files["blog/index.html"] = "---\n---\nblog{{ paginator.page }}";
  files["other/index.html"] = "---\n---\nother{{ paginator.page }}";
  BuiltSite site(files);
  EXPECT_EQ(site.bytes("index.html"), "home");
  EXPECT_EQ(site.bytes("other/index.html"), "other");
  EXPECT_EQ(site.bytes("blog/index.html"), "blog1");
  EXPECT_EQ(site.bytes("blog/page2/index.html"), "blog2");
}

TEST(Paginator, PagesOfATemplateWithItsOwnPermalinkAreOneFileAndTheLastIsShown) {
  Files files = five_posts("paginate: 2\n");
  files["index.html"] = "---\npermalink: /blog/\n---\n{{ paginator.page }}";
  BuiltSite site(files);
  EXPECT_EQ(site.bytes("blog/index.html"), "3");
  EXPECT_FALSE(site.has("page2/index.html"));
  Problems problems = site.site().problems();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].message.find("shared by multiple files"), std::string::npos);
}

TEST(Paginator, ThereIsNoneWithoutThePluginTheNumberOrPosts) {
  for (const char* config : {"paginate: 2\n",
                             "plugins: [jekyll-paginate]\n",
                             "plugins: [jekyll-paginate]\npaginate: 0\n",
                             "plugins: [jekyll-paginate]\npaginate: 2\n"}) {
    BuiltSite site(
        Files{{"_config.yml", config}, {"index.html", "---\n---\n[{{ paginator.page }}]"}});
    EXPECT_EQ(site.bytes("index.html"), "[]") << config;
  }
}

TEST(Paginator, ItsPagesArePagesOfTheSiteAfterAllOthers) {
  Files files = five_posts("paginate: 3\n");
  files["index.html"] = "---\ntitle: Home\n---\n";
  files["z.html"] = "---\n---\n{% for p in site.pages %}{{ p.url }}:{{ p.path }} {% endfor %}";
  EXPECT_EQ(BuiltSite(files).bytes("z.html"), "/:index.html /z.html:z.html /page2/:index.html ");
}

}  // namespace
}  // namespace stet::generate
