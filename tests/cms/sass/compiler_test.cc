#include "cms/sass/compiler.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cms/sass/memory_sources.h"
#include "tests/cms/sass/worker_place.h"

namespace stet::sass {
namespace {

Sheet sheet_of(std::string text) {
  Sheet sheet;
  sheet.text = std::move(text);
  sheet.path = "assets/main.scss";
  sheet.name = "main.scss";
  sheet.first_line = 3;
  sheet.load_paths = {"_sass"};
  return sheet;
}

Compiled compiled(const Sheet& sheet, const std::map<std::string, std::string>& files = {}) {
  MemorySources sources(files);
  return Compiler(test_options()).compile(sheet, sources);
}

std::string css_of(const std::string& text, const std::map<std::string, std::string>& files = {}) {
  Compiled made = compiled(sheet_of(text), files);
  return made.is_failed ? to_string(made.problems.at(0)) : made.css;
}

TEST(SassCompiler, MakesCssInEachStyle) {
  const std::pair<Style, const char*> kCases[] = {
      {Style::kNested, "a {\n  x: y; }\n  a b {\n    z: 1; }\n"},
      {Style::kExpanded, "a {\n  x: y;\n}\n\na b {\n  z: 1;\n}\n"},
      {Style::kCompact, "a { x: y; }\n\na b { z: 1; }\n"},
      {Style::kCompressed, "a{x:y}a b{z:1}\n"},
  };
  for (const auto& [style, css] : kCases) {
    Sheet sheet = sheet_of("a { x: y; b { z: 1 } }\n");
    sheet.style = style;
    EXPECT_EQ(compiled(sheet).css, css);
  }
}

TEST(SassCompiler, ImportsFromTheSiteAlone) {
  EXPECT_EQ(css_of("@import 'a';",
                   {{"_sass/_a.scss", "@import 'b/c';"}, {"_sass/b/_c.sass", "x\n  y: z\n"}}),
            "x { y: z; }\n");
  for (const char* name : {"/etc/hostname", "../../../../etc/hostname", "/etc/fstab", "nowhere"}) {
    EXPECT_EQ(css_of("\n@import '" + std::string(name) + "';"),
              "assets/main.scss:4:1: Sass: File to import not found or unreadable: " +
                  std::string(name) + ".");
  }
}

TEST(SassCompiler, NamesTheFileTheLineAndTheColumnOfAMistake) {
  EXPECT_TRUE(css_of("a {\n  b c;\n}").starts_with("assets/main.scss:4:")) << css_of("a {\n b c;");
  std::string told = css_of("@import 'a';", {{"_sass/_a.scss", "\n\nx { y: $z; }"}});
  EXPECT_EQ(told, "_sass/_a.scss:3:8: Sass: Undefined variable: \"$z\".");
  EXPECT_EQ(css_of("@import 'a';", {{"_sass/_a.scss", ""}, {"_sass/a.scss", ""}}),
            "assets/main.scss:3:9: Sass: It's not clear which file to import for '@import \"a\"': "
            "_sass/_a.scss, _sass/a.scss; delete or rename all but one of these files");
  EXPECT_NE(css_of("@import 'a';", {{"_sass/_a.scss", "@import 'a';"}}).find("import loop"),
            std::string::npos);
}

TEST(SassCompiler, SaysWhichFilesItLookedForFoundOrNot) {
  Compiled made = compiled(sheet_of("@import 'a'; /* @import 'b'; */"), {{"_sass/_a.scss", ""}});
  auto has = [&](const std::string& path) {
    return std::binary_search(made.looked_for.begin(), made.looked_for.end(), path);
  };
  EXPECT_TRUE(has("_sass/_a.scss"));
  EXPECT_TRUE(has("_a.scss"));
  EXPECT_TRUE(has("_sass/a.scss"));
  EXPECT_FALSE(has("_sass/_b.scss"));
  made = compiled(sheet_of("@import 'gone';"));
  EXPECT_TRUE(made.is_failed);
  EXPECT_TRUE(has("_sass/_gone.scss"));
}

TEST(SassCompiler, FollowsImportsThatNoGlanceTells) {
  // To a glance what follows the slashes is a comment.
  EXPECT_EQ(css_of("a { b: url(//x) } @import 'a';", {{"_sass/_a.scss", "c{d:e}"}}),
            "a { b: url(//x); }\n\nc { d: e; }\n");
}

TEST(SassCompiler, LeavesImportsOfCss) {
  EXPECT_EQ(css_of("@import 'x.css', url(y), 'http://z'; @import 'a' screen;",
                   {{"a.scss", ""}, {"x.css", ""}}),
            "@import url(x.css);\n@import url(y);\n@import 'http://z';\n@import 'a' screen;\n");
}

TEST(SassCompiler, DropsAByteOrderMarkOrNamesTheCharset) {
  Sheet sheet = sheet_of("a { b: \"\xC3\xBC\" }");
  sheet.style = Style::kCompressed;
  EXPECT_EQ(compiled(sheet).css, "a{b:\"\xC3\xBC\"}\n");
  sheet.has_charset = true;
  EXPECT_EQ(compiled(sheet).css, "@charset \"UTF-8\";a{b:\"\xC3\xBC\"}\n");
}

TEST(SassCompiler, EndsWhatNeverEnds) {
  CompilerOptions options = test_options();
  options.wall_ms = 1000;
  MemorySources none;
  Compiled made = Compiler(options).compile(sheet_of("@while true { a { b: c } }"), none);
  EXPECT_TRUE(made.is_failed);
  EXPECT_EQ(to_string(made.problems.at(0)).substr(0, 25), "assets/main.scss:3: Sass:");
  made = compiled(sheet_of("@mixin m { @include m; } a { @include m; }"));
  EXPECT_TRUE(made.is_failed);
}

TEST(SassCompiler, RunsNoProcessForWhatItRemembers) {
  Compiler compiler(test_options());
  MemorySources before{{"_sass/_a.scss", "a{b:c}"}, {"_sass/_other.scss", ""}};
  MemorySources after{{"_sass/_a.scss", "a{b:d}"}, {"_sass/_other.scss", ""}};
  MemorySources elsewhere{{"_sass/_a.scss", "a{b:c}"}, {"_sass/_other.scss", "x"}};
  Sheet sheet = sheet_of("@import 'a';");
  EXPECT_EQ(compiler.compile(sheet, before).css, "a { b: c; }\n");
  EXPECT_EQ(compiler.compile(sheet, elsewhere).css, "a { b: c; }\n");
  EXPECT_EQ(compiler.runs(), 1u);
  EXPECT_EQ(compiler.compile(sheet, after).css, "a { b: d; }\n");
  EXPECT_EQ(compiler.runs(), 2u);
  CompilerOptions forgetful = test_options();
  forgetful.remembered_bytes = 1;
  Compiler poor(forgetful);
  for (int i = 0; i < 2; ++i) {
    poor.compile(sheet, before);
    poor.compile(sheet, after);
  }
  EXPECT_EQ(poor.runs(), 4u);
}

TEST(SassCompiler, HasLimitsForWhatGoesIn) {
  CompilerOptions options = test_options();
  options.imports_max = 2;
  options.input_bytes = 1000;
  MemorySources sources{{"_a.scss", ""}, {"_b.scss", ""}, {"_c.scss", std::string(1000, ' ')}};
  Compiler compiler(options);
  EXPECT_FALSE(compiler.compile(sheet_of("@import 'a', 'b';"), sources).is_failed);
  EXPECT_TRUE(compiler.compile(sheet_of("@import 'a', 'b', 'c';"), sources).is_failed);
  EXPECT_TRUE(compiler.compile(sheet_of("@import 'c';"), sources).is_failed);
  EXPECT_EQ(compiler.runs(), 1u);
}

TEST(SassCompiler, WithoutAWorkerSaysSo) {
  MemorySources none;
  EXPECT_TRUE(Compiler({}).compile(sheet_of("a{b:c}"), none).is_failed);
  CompilerOptions wrong;
  wrong.worker = {"/bin/false"};
  EXPECT_TRUE(Compiler(wrong).compile(sheet_of("a{b:c}"), none).is_failed);
  EXPECT_EQ(Compiler({}).compile(sheet_of(""), none).css, "");
}

}  // namespace
}  // namespace stet::sass
