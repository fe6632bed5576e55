#include "cms/schema/pattern.h"

#include <gtest/gtest.h>

namespace stet::schema {
namespace {

TEST(Pattern, IsFoundAnywhereUnlessItIsTiedToTheEnds) {
  struct {
    const char* pattern;
    const char* text;
    bool is_found;
  } cases[] = {
      {"b+", "abbc", true},
      {"^b+$", "abbc", false},
      {"^b+$", "bb", true},
      {"^[A-Z]{2}-\\d{3}$", "AB-123", true},
      {"^[A-Z]{2}-\\d{3}$", "AB-12", false},
      {"^(?:a|b)+$", "abba", true},
      {"^.$", "\xc3\xa9", true},  // a character, not a byte
      {"^a$", "a\n", false},
  };
  for (const auto& c : cases) {
    auto pattern = Pattern::compile(c.pattern);
    ASSERT_TRUE(pattern) << pattern.error().message;
    EXPECT_EQ((*pattern)->is_found_in(c.text), c.is_found) << c.pattern << " in " << c.text;
  }
}

TEST(Pattern, RefusesWhatIsNoneOrNotReadAlikeEverywhere) {
  for (const char* text : {"",
                           "(",
                           "[a",
                           "a**",
                           "(?=a)",
                           "(?!a)",
                           "(?<=a)b",
                           "(?i)a",
                           "(?P<name>a)",
                           "(a)\\1",
                           "\\Aa",
                           "a\\z",
                           "\\pL",
                           "[[:alpha:]]",
                           "a{2000}",
                           "\xff"}) {
    EXPECT_FALSE(Pattern::compile(text)) << text;
  }
  EXPECT_FALSE(Pattern::compile(std::string(kPatternBytesMax + 1, 'a')));
}

TEST(Pattern, CostsNoMoreThanItsTextIsLong) {
  // With back-tracking this would not end.
  auto pattern = Pattern::compile("^(?:a+)+$").value();
  EXPECT_FALSE(pattern->is_found_in(std::string(1 << 20, 'a') + "b"));
}

}  // namespace
}  // namespace stet::schema
