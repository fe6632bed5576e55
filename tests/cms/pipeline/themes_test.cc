// Themes in the repository: which pages an edit of a theme renders, and one of the site before it.

#include <gmock/gmock.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

LiveSite::Files themed_site() {
  return {
      {"_config.yml", "theme: t\n"},
      {"_themes/t/_layouts/default.html", "T[{% include head.html %}{{ content }}]"},
      {"_themes/t/_layouts/other.html", "O[{{ content }}]"},
      {"_themes/t/_includes/head.html", "head "},
      {"_themes/t/_sass/base.scss", "@import 'inner';"},
      {"_themes/t/_sass/_inner.scss", "t { x: 1 }"},
      {"_themes/t/_data/menu.yml", "a: A\n"},
      {"_themes/t/assets/main.scss", "---\n---\n@import 'base';"},
      {"a.html", "---\nlayout: default\n---\na"},
      {"b.html", "---\nlayout: other\n---\nb"},
      {"c.html", "---\n---\n{{ site.data.menu.a }}"},
  };
}

TEST(Themes, GiveLayoutsIncludesSheetsAndData) {
  LiveSite site(themed_site());
  EXPECT_EQ(site.page("a.html"), "T[head a]");
  EXPECT_EQ(site.page("b.html"), "O[b]");
  EXPECT_EQ(site.page("c.html"), "A");
  EXPECT_EQ(site.page("assets/main.css"), "t { x: 1; }\n\n/*# sourceMappingURL=main.css.map */");
  EXPECT_THAT(site.pipeline().problems(), IsEmpty());
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Themes, EditedRenderThePagesThatShowIt) {
  LiveSite site(themed_site());
  EXPECT_THAT(rendered_paths(site.edit({{"_themes/t/_layouts/other.html", "P[{{ content }}]"}})),
              ElementsAre("b.html"));
  EXPECT_THAT(rendered_paths(site.edit({{"_themes/t/_includes/head.html", "neck "}})),
              ElementsAre("a.html"));
  EXPECT_THAT(rendered_paths(site.edit({{"_themes/t/_sass/_inner.scss", "t { x: 2 }"}})),
              ElementsAre("assets/main.css", "assets/main.css.map"));
  EXPECT_THAT(rendered_paths(site.edit({{"_themes/t/_data/menu.yml", "a: B\n"}})),
              ElementsAre("c.html"));
  EXPECT_THAT(rendered_paths(site.edit({{"_themes/t/README.md", "x"}})), IsEmpty());
  EXPECT_THAT(rendered_paths(site.edit({{"_themes/other/_layouts/x.html", "x"}})), IsEmpty());
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Themes, GiveWayToFilesOfTheSite) {
  LiveSite site(themed_site());
  EXPECT_THAT(rendered_paths(site.edit({{"_layouts/other.html", "mine {{ content }}"}})),
              ElementsAre("b.html"));
  EXPECT_EQ(site.page("b.html"), "mine b");
  EXPECT_THAT(rendered_paths(site.edit({{"_includes/head.html", "my head "}})),
              ElementsAre("a.html"));
  EXPECT_EQ(site.page("a.html"), "T[my head a]");
  site.edit({{"_sass/base.scss", "s { x: 3 }"}});
  EXPECT_EQ(site.page("assets/main.css"), "s { x: 3; }\n\n/*# sourceMappingURL=main.css.map */");
  // What a sheet of the theme imports is looked for beside it first, as in Jekyll.
  site.edit({{"_sass/base.scss", std::nullopt}, {"_sass/_inner.scss", "s { x: 4 }"}});
  EXPECT_EQ(site.page("assets/main.css"), "t { x: 1; }\n\n/*# sourceMappingURL=main.css.map */");
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Themes, ThatComeAndGoTakeTheirPagesWithThem) {
  LiveSite site(themed_site());
  const LiveSite::Files kEdits[] = {
      {{"_config.yml", "theme: gone\n"}},
      {{"_themes/gone/_layouts/other.html", "G[{{ content }}]"}},
      {{"_config.yml", "theme: t\n"}},
      {{"_config.yml", "remote_theme: x/gone@v2\nlayouts_dir: mine\nincludes_dir: parts\n"}},
      {{"_themes/gone/_layouts/default.html", "G[{{ content }}]"}},
      {{"mine/default.html", "M[{% include head.html %}]"},
       {"_themes/gone/_includes/head.html", "gh"}},
      {{"parts/head.html", "p"}},
      {{"_config.yml", "a: b\n"}},
  };
  for (const LiveSite::Files& edit : kEdits) {
    site.edit(edit);
    EXPECT_EQ(site.pages(), site.from_nothing()) << edit.begin()->first;
  }
  EXPECT_EQ(site.page("assets/main.css"), std::nullopt);
}

}  // namespace
}  // namespace stet::pipeline
