#include "cms/document/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Yaml, ResolvesPlainScalarsAsSafeYamlDoes) {
  struct Case {
    const char* text;
    Data value;
  };
  const Case kCases[] = {
      {"tRuE", true},
      {"oFF", false},
      {"NuLL", {}},
      {"0_7", 7},
      {"1:3_0", 90.0},
      {"-1:30", 30.0},
      {"1:60", "1:60"},
      {"0b1_01", 5},
      {"0xFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFF"},
      {"9223372036854775807", std::int64_t{9223372036854775807}},
      {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
      {"9223372036854775808", "9223372036854775808"},
      {"-010", "-010"},
      {"1.5_", "1.5_"},
      {".", "."},
      {"1e+3", "1e+3"},
      {"2018-08-03T24:00:00Z", Time{1533340800, 0, 0, false}},
      {"2018-08-03T10:00:00+230", Time{1533281400, 0, 9000, false}},
      {"2018-08-03T10:00:00+24:00", "2018-08-03T10:00:00+24:00"},
      {"2018-13-03", "2018-13-03"},
      {"2018-08-03T10:00:00.1234567899Z", Time{1533290400, 123456789, 0, false}},
  };
  for (const auto& one : kCases) EXPECT_EQ(resolve_plain(one.text), one.value) << one.text;
}

TEST(Yaml, SaysWhereItBreaksAndHowToMendIt) {
  struct Case {
    const char *yaml, *problem;
  };
  const Case kCases[] = {
      {"title: a: b\n", "1:9: YAML: there is a second \": \""},
      {"a: 1\nb: @c\n", "2:4: YAML: nothing can start with this character"},
      {"\xc3\xa9: 1\nb: \xc3\xa9 : c: d\n", "2:"},
      {"a:\n\tb: 1\n", "2:1: YAML: nothing can start with this"},
      {"a: 'b\n", "2:1: YAML: a quote or bracket is not closed"},
      {"a: [b\n", "2:1: YAML: a list in [ ] goes on wrongly"},
      {"a: 1\nb\nc: 2\n", "3:1: YAML: this line has no"},
      {"a: 1\n  b: 2\n", "2:4: YAML: there is a second"},
      {"a: \"\\q\"\n", "1:5: YAML: \"\\\" starts no known escape"},
      {"a: \x01\n", "1:4: YAML: a control character"},
      {"a: b\n\xff\n", "2:1: a byte here is not UTF-8"},
      {"<<: x\n", "1:5: YAML: << takes one alias"},
      {"a: &x [*x]\n", "1:8: YAML: *x stands inside"},
  };
  for (const auto& one : kCases)
    EXPECT_THAT(problem_of(one.yaml), StartsWith(one.problem)) << one.yaml;
}

TEST(Yaml, WarnsAndGoesOn) {
  EXPECT_EQ(problem_of("a: 1\nb: 2\na: 3\n"), "3:1: the key a is here again; the last one counts");
  EXPECT_THAT(problem_of("a: *x\n"), HasSubstr("no anchor &x"));
  EXPECT_THAT(problem_of("~: x\n"), HasSubstr("a key is empty"));
  EXPECT_THAT(problem_of("<<: {a: 1}\n"), HasSubstr("passed over"));
  EXPECT_THAT(problem_of("? [a]\n: b\n"), StartsWith("1:3: YAML: a list or map is a key here"));
  EXPECT_EQ(yaml("a: *x\nb: 1\n"), yaml("{a: ~, b: 1}"));
}

// What an unquoted {{ }} of Liquid comes to, and a comment of Markdown among front matter.
TEST(Yaml, AListOrMapAsAKeyIsKeptUnderItsOwnText) {
  EXPECT_EQ(yaml("url: {{ site.url }}\nb: 1\n"), yaml("{url: {'{ site.url }': ~}, b: 1}"));
  EXPECT_EQ(yaml("a: 1\n[//]: # (photo)\nb: 2\n"), yaml("{a: 1, '[//]': ~, b: 2}"));
}

TEST(Yaml, AliasBombsAreRefused) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += (j ? ", " : "") + before;
    bomb += "]\n";
  }
  EXPECT_THAT(problem_of(bomb), HasSubstr("aliases stand for too much"));
  std::string wide = "a: &a \"" + std::string(1 << 20, 'x') + "\"\nb: [";
  for (int i = 0; i < 40; ++i) wide += "*a, ";
  EXPECT_THAT(problem_of(wide + "]\n"), HasSubstr("aliases stand for too much"));
}

TEST(Yaml, DepthIsLimitedAlsoThroughAliases) {
  EXPECT_THAT(problem_of(std::string(100, '[')), HasSubstr("nested more than 64"));
  EXPECT_EQ(problem_of(std::string(64, '[') + std::string(64, ']')), "");
  std::string chain = "- &a0 [x]\n";
  for (int i = 1; i < 100; ++i) {
    chain += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_THAT(problem_of(chain), HasSubstr("deep by its aliases"));
}

TEST(Yaml, LengthIsLimited) {
  EXPECT_THAT(problem_of(std::string(kYamlBytesMax + 1, ' ')), HasSubstr("split the file"));
}

TEST(Yaml, ReadsOnlyTheFirstDocument) { EXPECT_EQ(yaml("a: 1\n---\nb: [\n"), yaml("a: 1")); }

TEST(Yaml, AByteOrderMarkIsPassedOver) {
  EXPECT_EQ(yaml("\xef\xbb\xbf"
                 "a: 1\n"),
            yaml("a: 1"));
}

}  // namespace
}  // namespace stet::document
