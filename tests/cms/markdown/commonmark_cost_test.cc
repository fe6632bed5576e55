#include "cms/markdown/commonmark_cost.h"

#include <gtest/gtest.h>

#include <string>

#include "cms/markdown/commonmark.h"

namespace stet::markdown {
namespace {

const CommonmarkOptions kAll = {.is_unsafe = true,
                                .is_smart = true,
                                .has_footnotes = true,
                                .has_liberal_tags = true,
                                .has_tables = true,
                                .has_strikethrough = true,
                                .has_autolinks = true,
                                .has_tag_filter = true,
                                .has_tasks = true};

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string result;
  while (result.size() < bytes) result += text;
  return result;
}

// Each of these takes cmark-gfm minutes, or all memory there is.
TEST(CommonmarkCost, TextsThatTakeQuadraticTimeAreRefused) {
  constexpr std::size_t kBytes = 1'000'000;
  const std::string texts[] = {
      repeated("- ", 100'000) + repeated("\n", kBytes),
      repeated("> ", 100'000) + repeated("a\n", kBytes),
      repeated("1. ", 100'000) + repeated("a\n", kBytes),
      repeated("[^a]: ", 100'000) + repeated("\n", kBytes),
      repeated("\"", kBytes),
      repeated("'x ", kBytes),
      repeated("![[]()", kBytes),
      repeated("a <?", kBytes),
      repeated("a <!A ", kBytes),
      repeated("a <", kBytes),
      repeated("a@b.", kBytes),
      repeated("www.a_", kBytes),
      repeated("|a", 40'000) + "|\n" + repeated("|-", 40'000) + "|\n" + repeated("a\n", kBytes),
      "[a]: /" + repeated("u", kBytes) + "\n\n" + repeated("[a]\n\n", kBytes),
      "x\n\n> [a]: /u '" + repeated("u\n", kBytes) + "'\n\n" + repeated("[a]\n\n", kBytes),
  };
  for (const std::string& text : texts) {
    Problems problems;
    EXPECT_EQ(render_commonmark(text, kAll, problems), "") << text.substr(0, 20);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].severity, Severity::kError);
    EXPECT_NE(problems[0].message.find("is not rendered"), std::string::npos);
  }
}

TEST(CommonmarkCost, LongTextsOfTheUsualKindAreRead) {
  const std::string paragraph =
      "- A *list* with [links](https://example.org/a_b), \"quotes\", <b>HTML</b>, me@example.org, "
      "and www.example.org <!-- and a comment -->\n";
  const std::string texts[] = {
      repeated(paragraph, 200'000),
      repeated(repeated(paragraph, 20'000) + "\n", 2'000'000),
      "|a|b|c|d|e|\n|-|-|-|-|-|\n" + repeated("|1|2|3|4|[x](y)|\n", 150'000),
      repeated("[a]: https://example.org 'x'\n", 30'000) + "\n" + repeated("[a] [b]\n\n", 30'000),
      repeated("                                        deep code\n\n", 1'000'000),
      repeated("a\n\n", 2'000'000),
  };
  for (const std::string& text : texts) {
    const auto problem = too_costly(text, kAll);
    EXPECT_FALSE(problem) << problem->message << ": " << text.substr(0, 60);
  }
}

TEST(CommonmarkCost, WhatIsNotReadCostsNothing) {
  EXPECT_FALSE(too_costly(repeated("www.a_", 200'000), {}));
  EXPECT_FALSE(too_costly(repeated("\"", 100'000), {}));
  EXPECT_TRUE(too_costly(repeated("\"", 100'000), {.is_smart = true}));
}

TEST(CommonmarkCost, TheProblemNamesTheLine) {
  const auto problem =
      too_costly("a\r\n\r\nb\r\n" + repeated("\"", 100'000) + "\n\nc\n", {.is_smart = true});
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->line, 3);
}

}  // namespace
}  // namespace stet::markdown
