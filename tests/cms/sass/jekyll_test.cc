// Beside Debian's jekyll, where it is installed: the same sheets, the same CSS and source maps.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cms/sass/compiler.h"
#include "storage/process/process.h"
#include "tests/cms/sass/memory_sources.h"
#include "tests/cms/sass/worker_place.h"

namespace stet::sass {
namespace {

namespace fs = std::filesystem;

struct Case {
  const char* what;
  std::string text;
  std::map<std::string, std::string> files = {};
  Style style = Style::kCompact;
  const char* style_name = "compact";
  bool is_indented = false;
  bool has_line_comments = false;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"rules", "$c: #abcdef;\na { color: $c; &:hover { color: darken($c, 10%) } }\n"},
      {"nested", "a { b: c; d { e: f } }", {}, Style::kNested, "nested"},
      {"expanded", "a { b: c; d { e: f } }", {}, Style::kExpanded, "expanded"},
      {"compressed", "a { b: \"\xC3\xBC\"; d { e: f } }", {}, Style::kCompressed, "compressed"},
      {"not ASCII", "a::before { content: \"\xE2\x80\x94\" }\n"},
      {"imports",
       "@import 'x', 'y/z';\na { b: $k }",
       {{"_sass/_x.scss", "$k: 1px; x { y: $k }"},
        {"_sass/y/_z.scss", "@import 'w';\nz { q: r }"},
        {"_sass/y/w.scss", "w { w: w }"}}},
      {"imported twice",
       "@import 'x', 'y', 'x', 'z';\na { b: c }",
       {{"_sass/_x.scss", "x { y: 1 }"},
        {"_sass/_y.scss", "y { y: 2 }\n@import 'x';"},
        {"_sass/_z.scss", "z { y: 3 }"}}},
      {"an index", "@import 'lib';", {{"_sass/lib/_index.scss", "l { m: n }"}}},
      {"an indented partial",
       "@import 'x';",
       {{"_sass/_x.sass", "// why\nx\n  y: 1px\n  z\n    q: r\n"}}},
      {"plain CSS", "@import 'x';", {{"_sass/x.css", "x > y { z: 1 }"}}},
      {"from the root", "@import 'css/other';", {{"css/_other.scss", "o { p: q }"}}},
      {"indented",
       "$a: 1px\nx\n  y: $a\n  &:hover\n    z: 2px\n@import x\n",
       {{"_sass/_x.scss", "i { j: k }"}},
       Style::kCompact,
       "compact",
       true},
      {"line comments",
       "@import 'x';\na { b: c }",
       {{"_sass/_x.scss", "x { y: z }"}},
       Style::kCompact,
       "compact",
       false,
       true},
      {"media, extend, mixins",
       ".p { a: b } .q { @extend .p }\n@mixin m($x: 1) { w: $x * 2px; @content; }\n@media print { "
       ".a { "
       "@include m(3) { d: e } } }\n@each $k, $v in (a: 1, b: 2) { .#{$k} { z: $v / 3 } }\n"},
  };
  return kCases;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

class Jekyll : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!storage::find_program("jekyll")) GTEST_SKIP() << "jekyll is not installed";
    std::string pattern = ::testing::TempDir() + "/sass-jekyll-XXXXXX";
    site_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override {
    if (!site_.empty()) fs::remove_all(site_);
  }

  void build(const Case& one) {
    fs::remove_all(site_);
    for (const auto& [path, text] : one.files) write(site_ / path, text);
    std::string name = one.is_indented ? "main.sass" : "main.scss";
    write(site_ / "css" / name, "---\n---\n" + one.text);
    write(site_ / "_config.yml",
          std::string("sass:\n  style: ") + one.style_name +
              "\n  line_comments: " + (one.has_line_comments ? "true\n" : "false\n"));
    storage::Command command;
    command.argv = {"jekyll", "build", "--quiet", "--disable-disk-cache"};
    command.folder = site_;
    command.environment = {"LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=" + site_.string()};
    auto finished = storage::run(command);
    ASSERT_TRUE(finished);
    ASSERT_EQ(finished->code, 0) << one.what << ": " << finished->error;
  }

  fs::path site_;
};

TEST_F(Jekyll, MakesTheSameCssAndTheSameSourceMaps) {
  Compiler compiler(test_options());
  for (const Case& one : cases()) {
    ASSERT_NO_FATAL_FAILURE(build(one));
    Sheet sheet;
    sheet.text = one.text;
    sheet.name = one.is_indented ? "main.sass" : "main.scss";
    sheet.path = "css/" + sheet.name;
    sheet.is_indented = one.is_indented;
    sheet.style = one.style;
    sheet.has_map = true;
    sheet.has_line_comments = one.has_line_comments;
    sheet.load_paths = {"_sass"};
    MemorySources sources(one.files);
    Compiled made = compiler.compile(sheet, sources);
    EXPECT_FALSE(made.is_failed) << one.what << ": " << to_string(made.problems.at(0));
    EXPECT_EQ(made.css, bytes_of(site_ / "_site/css/main.css")) << one.what;
    EXPECT_EQ(made.map, bytes_of(site_ / "_site/css/main.css.map")) << one.what;
  }
}

}  // namespace
}  // namespace stet::sass
