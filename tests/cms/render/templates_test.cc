#include "cms/render/templates.h"

#include "tests/cms/render/rendered_site.h"

namespace stet::render {
namespace {

TEST(Templates, AVersionIsParsedOnce) {
  RenderedSite made(
      {{"_layouts/a.html", "---\nx: 1\n---\n{{ content }}"}, {"_includes/b.html", "b"}});
  const site::Site& site = *made.site();
  auto layout = made.templates().layout(site, *site.find_layout("a"));
  ASSERT_TRUE(layout);
  EXPECT_EQ(site::show(liquid::Value((*layout)->front_matter)), "{x: 1}");
  EXPECT_EQ(*made.templates().layout(site, *site.find_layout("a")), *layout);
  made.site().edit({{"_layouts/a.html", "other"}});
  auto other = made.templates().layout(*made.site(), *made.site()->find_layout("a"));
  EXPECT_NE(*other, *layout);
  EXPECT_TRUE((*other)->front_matter->entries().empty());
}

TEST(Templates, KeepsTheVersionsThatWereAskedForLast) {
  RenderedSite made(
      {{"_includes/a.html", "a"}, {"_includes/b.html", "b"}, {"_includes/c.html", "c"}});
  const site::Site& site = *made.site();
  auto get = [&](const char* name) {
    return *made.templates().include(site, *site.find_file("_includes/" + std::string(name)));
  };
  auto a = get("a.html"), b = get("b.html");
  get("c.html");
  EXPECT_EQ(get("a.html"), a);
  made.templates().forget_unused(2);
  EXPECT_EQ(get("a.html"), a);
  EXPECT_NE(get("b.html"), b);
}

TEST(Templates, ProblemsNameTheLineOfTheFile) {
  RenderedSite made({{"_layouts/a.html", "---\nx: 1\n---\n\n{% nonsense %}"},
                     {"p.html", site::page("layout: a")}});
  EXPECT_EQ(made.problems("p.html").substr(0, 19), "_layouts/a.html:5:1");
  EXPECT_TRUE(made.page("p.html").is_failed);
}

}  // namespace
}  // namespace stet::render
