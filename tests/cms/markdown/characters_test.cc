#include "cms/markdown/characters.h"

#include <gtest/gtest.h>

namespace stet::markdown {
namespace {

TEST(MarkdownCharacters, AreClassedAsRubysPatternsDo) {
  const struct {
    const char* text;
    bool is_letter;
    bool is_letter_or_digit;
    bool is_word;
  } cases[] = {
      {"a", true, true, true},
      {"5", false, true, true},
      {"_", false, false, true},
      {"-", false, false, false},
      {"é", true, true, true},
      {"漢", true, true, true},
      {"٣", false, true, true},
      {"—", false, false, false},
      {"\u0301", false, false, true},
      {"\u093F", true, true, true},    // a vowel sign of Devanagari
      {"\u094D", false, false, true},  // which takes the vowel away
      {"\u0E39", true, true, true},    // a vowel sign of Thai
      {"\u0E48", false, false, true},  // a tone of Thai
      {"\u064E", true, true, true},    // a vowel sign of Arabic
      {"\uFE0F", false, false, true},
      {"Ⓐ", true, true, true},
      {"🙂", false, false, false},
      {"", false, false, false},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(is_letter_at(one.text, 0), one.is_letter) << one.text;
    EXPECT_EQ(is_letter_or_digit_at(one.text, 0), one.is_letter_or_digit) << one.text;
    EXPECT_EQ(is_unicode_word_at(one.text, 0), one.is_word) << one.text;
  }
}

TEST(MarkdownCharacters, AreFoundBackwards) {
  EXPECT_EQ(character_before("aé", 3), 1u);
  EXPECT_EQ(character_before("a🙂", 5), 1u);
  EXPECT_EQ(character_before("ab", 2), 1u);
  EXPECT_EQ(character_before("\x80\x80", 2), 1u);  // no UTF-8: bytes
}

}  // namespace
}  // namespace stet::markdown
