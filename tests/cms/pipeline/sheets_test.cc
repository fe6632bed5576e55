// Sheets of Sass: what they look like when they are published, and which edits make them anew.

#include <gmock/gmock.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string sheet(const std::string& text) { return "---\n---\n" + text; }

LiveSite::Files sheet_site() {
  return {
      {"_config.yml", "colour: red\n"},
      {"_sass/_colours.scss", "$main: blue;\n"},
      {"_sass/_unused.scss", "$x: 1;\n"},
      {"css/main.scss", sheet("@import 'colours';\na { color: $main; b: {{ site.colour }} }\n")},
      {"css/plain.scss", "a { b: c }\n"},
      {"index.html", "---\n---\nhome\n"},
  };
}

TEST(Sheets, BecomeCssWithASourceMapBesideIt) {
  LiveSite site(sheet_site());
  EXPECT_EQ(site.page("css/main.css"),
            "a { color: blue; b: red; }\n\n/*# sourceMappingURL=main.css.map */");
  EXPECT_THAT(*site.page("css/main.css.map"), HasSubstr("\"_sass/_colours.scss\""));
  EXPECT_EQ(site.page("css/plain.scss"), "a { b: c }\n");
  EXPECT_THAT(site.pipeline().problems(), IsEmpty());
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Sheets, AreMadeAnewForAFileThatTheyImportAndForNoOther) {
  LiveSite site(sheet_site());
  auto published = site.edit({{"_sass/_colours.scss", "$main: green;\n"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("css/main.css", "css/main.css.map"));
  EXPECT_THAT(reasons_of(published, "css/main.css"), HasSubstr("_sass/_colours.scss changed"));
  EXPECT_EQ(site.pages(), site.from_nothing());
  EXPECT_THAT(rendered_paths(site.edit({{"_sass/_unused.scss", "$x: 2;\n"}})), IsEmpty());
  EXPECT_THAT(rendered_paths(site.edit({{"index.html", "---\n---\nhouse\n"}})),
              ElementsAre("index.html"));
}

TEST(Sheets, WhoseCssStaysTheSameStopTheWave) {
  LiveSite::Files files = sheet_site();
  files["_config.yml"] = "colour: red\nsass: {sourcemap: never}\n";
  LiveSite site(files);
  EXPECT_EQ(site.page("css/main.css"), "a { color: blue; b: red; }\n");
  EXPECT_EQ(site.page("css/main.css.map"), std::nullopt);
  EXPECT_THAT(rendered_paths(site.edit({{"_sass/_colours.scss", "// why\n$main: blue;\n"}})),
              IsEmpty());
}

TEST(Sheets, SeeAFileThatAppearsBeforeTheOneTheyHadFound) {
  LiveSite site(sheet_site());
  auto published = site.edit({{"_colours.scss", "$main: black;\n"}});
  EXPECT_THAT(*site.page("css/main.css"), HasSubstr("color: black"));
  EXPECT_EQ(site.pages(), site.from_nothing());
  site.edit({{"_colours.scss", std::nullopt}});
  EXPECT_THAT(*site.page("css/main.css"), HasSubstr("color: blue"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Sheets, ThatFailKeepWhatTheyWereUntilTheMistakeIsMended) {
  LiveSite site(sheet_site());
  site.edit({{"_sass/_colours.scss", "\n$main: ;\n"}});
  EXPECT_THAT(*site.page("css/main.css"), HasSubstr("color: blue"));
  ASSERT_EQ(site.pipeline().problems_of("css/main.css").size(), 1u);
  EXPECT_THAT(to_string(site.pipeline().problems_of("css/main.css")[0]),
              HasSubstr("_sass/_colours.scss:2:"));
  site.edit({{"_sass/_colours.scss", std::nullopt}});
  EXPECT_THAT(to_string(site.pipeline().problems_of("css/main.css").at(0)),
              HasSubstr("css/main.scss:3:1: Sass: File to import not found"));
  site.edit({{"_sass/colours.sass", "$main: pink\n"}});
  EXPECT_THAT(*site.page("css/main.css"), HasSubstr("color: pink"));
  EXPECT_THAT(site.pipeline().problems(), IsEmpty());
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Sheets, FollowTheConfiguration) {
  LiveSite site(sheet_site());
  site.edit({{"_config.yml", "colour: red\nsass: {style: compressed, sourcemap: development}\n"}});
  EXPECT_EQ(site.page("css/main.css"),
            "a{color:blue;b:red}\n\n/*# sourceMappingURL=main.css.map */");
  EXPECT_EQ(site.pages(), site.from_nothing());
  site.edit({{"_config.yml",
              "colour: red\nsass: {sass_dir: styles, style: expanded, line_comments: true}\n"},
             {"styles/colours.scss", "x { y: z }\n$main: grey;\n"}});
  EXPECT_THAT(*site.page("css/main.css"), HasSubstr("/* line 1, styles/colours.scss */\nx {\n"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Sheets, FindFoldersThatAppearBelowAPatternOfLoadPaths) {
  LiveSite::Files files = sheet_site();
  files["_config.yml"] = "sass: {load_paths: ['parts/*/sheets', '../outside']}\n";
  files["css/main.scss"] = sheet("@import 'deep';");
  files["parts/a/sheets/_other.scss"] = "";
  LiveSite site(files);
  EXPECT_FALSE(site.pipeline().problems().empty());
  site.edit({{"parts/b/sheets/_deep.scss", "d { e: f }"}});
  EXPECT_THAT(*site.page("css/main.css"), HasSubstr("d { e: f; }"));
  site.edit({{"parts/a/sheets/_deep.scss", "g { h: i }"}});
  EXPECT_THAT(*site.page("css/main.css"), HasSubstr("g { h: i; }"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Sheets, OfTemplatesAreReadsOfTheirPages) {
  LiveSite::Files files = sheet_site();
  files["style.html"] =
      "---\n---\n{% capture s %}@import 'colours'; a { b: $main }{% endcapture %}"
      "{{ s | scssify }}{% capture i %}x\n  y: z\n{% endcapture %}{{ i | sassify }}";
  LiveSite site(files);
  EXPECT_EQ(site.page("style.html"), "a { b: blue; }\nx { y: z; }\n");
  auto published = site.edit({{"_sass/_colours.scss", "$main: teal;\n"}});
  EXPECT_THAT(rendered_paths(published),
              ElementsAre("css/main.css", "css/main.css.map", "style.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Sheets, WhateverIsEditedAreAsIfMadeFromNothing) {
  LiveSite site(sheet_site());
  const LiveSite::Files kEdits[] = {
      {{"_sass/_colours.scss", "@import 'tones/all';\n"}, {"_sass/tones/_all.scss", "$main: tan;"}},
      {{"_sass/tones/_one.scss", "$one: 1px;"}},
      {{"_sass/tones/_all.scss", "@import 'one', '../unused';\n$main: $one + $x;"}},
      {{"_sass/_unused.scss", "$x: 3px;"}},
      {{"_sass/_one.scss", "$one: 9px;"}},
      {{"_sass/tones/_one.scss", std::nullopt}},
      {{"css/main.scss", std::nullopt}},
      {{"css/main.sass", sheet("@import colours\na\n  b: $main\n")}},
      {{"css/main.css", "static\n"}},
      {{"css/main.css", std::nullopt}, {"css/more.scss", sheet("@import 'colours', 'colours';")}},
      {{"css/more.scss", "no front matter\n"}},
      {{"_sass/tones/all/_index.scss", "$main: 1;"}, {"_sass/tones/_all.scss", std::nullopt}},
      {{"_config.yml", "sass: {sass_dir: _sass/tones, sourcemap: never}\n"}},
      {{"_config.yml", std::nullopt}},
  };
  for (const LiveSite::Files& edit : kEdits) {
    site.edit(edit);
    if (site.pipeline().problems().empty()) {
      EXPECT_EQ(site.pages(), site.from_nothing()) << edit.begin()->first;
    }
  }
  EXPECT_THAT(site.pipeline().problems(), IsEmpty());
}

}  // namespace
}  // namespace stet::pipeline
