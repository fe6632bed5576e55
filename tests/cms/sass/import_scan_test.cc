#include "cms/sass/import_scan.h"

#include <gtest/gtest.h>

namespace stet::sass {
namespace {

// "name" for a sheet, "name!" for what stays CSS.
std::string scanned(std::string_view text, bool is_indented = false) {
  std::string found;
  for (const ImportName& import : scan_imports(text, is_indented)) {
    found += (found.empty() ? "" : " ") + import.name + (import.is_plain_css ? "!" : "");
  }
  return found;
}

TEST(ImportScan, FindsWhatASheetImports) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", ""},
      {"a { b: c }", ""},
      {"@import \"a\";", "a"},
      {"@import 'a', \"b/c\" ,\n  'd';", "a b/c d"},
      {"@import\"a\";@import 'b'", "a b"},
      {"x { @import 'a' }", "a"},
      {"// @import 'a';\n@import 'b';", "b"},
      {"/* @import 'a'; */ @import /* x */ 'b';", "b"},
      {"a { content: \"@import 'x'\" } @import 'b';", "b"},
      {"a { content: \"it's \\\" \" } @import 'b';", "b"},
      {"@import url(a.css), 'b';", "b"},
      {"@import url(", ""},
      {"@import 'a' screen;", "a!"},
      {"@import 'http://x/y', '//z', 'q.css', 'r';", "http://x/y! //z! q.css! r"},
      {"@use 'sass:math'; @use 'lib' as l; @forward 'more' show x;", "sass:math! lib more"},
      {"@imported 'a'; @import-x 'b';", ""},
      {"@import 'a", "a"},
      {"@import", ""},
      {"/* never ends @import 'a';", ""},
  };
  for (const auto& [text, names] : kCases) EXPECT_EQ(scanned(text), names) << text;
}

TEST(ImportScan, ReadsNamesWithoutQuotesInTheIndentedSyntax) {
  EXPECT_EQ(scanned("@import a, b/c\n@import 'd'\nx\n  y: z\n", true), "a b/c d");
  EXPECT_EQ(scanned("@import a", true), "a");
  EXPECT_EQ(scanned("@import a;", false), "");
}

TEST(ImportScan, IsLinear) {
  std::string quotes, imports, comments;
  for (int i = 0; i < 300'000; ++i) {
    quotes += "'";
    imports += "@import ";
    comments += "/*";
  }
  EXPECT_EQ(scanned(quotes), "");
  EXPECT_EQ(scanned(imports), "");
  EXPECT_EQ(scanned(comments), "");
}

}  // namespace
}  // namespace stet::sass
