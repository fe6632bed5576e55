// What counts as one word, and which spellings are one.

#include "cms/search/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> words;
  WordReader reader(text);
  for (Word word; reader.next(word);) words.push_back(word.text);
  return words;
}

TEST(SearchWords, AreRunsOfLettersAndDigits) {
  EXPECT_THAT(words("Hello, big-World 42!"), ElementsAre("hello", "big", "world", "42"));
  EXPECT_THAT(words(""), ElementsAre());
  EXPECT_THAT(words(" \t.,;§"), ElementsAre());
}

TEST(SearchWords, KeepTheSignsOfNames) {
  EXPECT_THAT(words("C++, c# and C."), ElementsAre("c++", "c#", "and", "c"));
  EXPECT_THAT(words("notepad++"), ElementsAre("notepad++"));
  EXPECT_THAT(words("a+b 1++2 issue#5 x+++y"),
              ElementsAre("a", "b", "1", "2", "issue", "5", "x", "y"));
}

TEST(SearchWords, AreEmojiToo) {
  EXPECT_THAT(words("well done 🎉!"), ElementsAre("well", "done", "🎉"));
  EXPECT_THAT(words("🎉🎂"), ElementsAre("🎉🎂"));
  EXPECT_THAT(words("👍🏽"), ElementsAre("👍"));
}

TEST(SearchWords, AreTheSameInSpellingsThatReadersTakeForOne) {
  struct Row {
    const char *a, *b;
  };
  for (const Row& row : {Row{"Straße", "STRASSE"},
                         Row{"Übergröße", "ubergrosse"},
                         Row{"E\u0301tude", "étude"},
                         Row{"naïve", "naive"},
                         Row{"Øresund", "oresund"},
                         Row{"Łódź", "lodz"},
                         Row{"ﬁne", "fine"},
                         Row{"Ｗｉｄｅ", "wide"},
                         Row{"كِتَابٌ", "کتاب"},              // signs, and the other kaf
                         Row{"می\u200cخواهم", "میخواهم"},  // a joiner
                         Row{"علي", "علی"},
                         Row{"أحمد", "احمد"},
                         Row{"١٢٣", "123"},
                         Row{"۴۵", "45"},
                         Row{"Ёлка", "елка"},
                         Row{"ΑΘΉΝΑ", "αθηνα"}}) {
    EXPECT_THAT(words(row.a), ElementsAreArray(words(row.b))) << row.a;
    EXPECT_EQ(words(row.a).size(), 1u) << row.a;
  }
}

TEST(SearchWords, KeepMarksThatMakeAnotherLetter) {
  EXPECT_NE(words("が"), words("か"));
  EXPECT_NE(words("कि"), words("की"));
  EXPECT_EQ(words(composed("か\u3099")), words("が"));
}

TEST(SearchWords, OfScriptsWithoutBlanksArePairs) {
  EXPECT_THAT(words("東京都"), ElementsAre("東京", "京都"));
  EXPECT_THAT(words("猫"), ElementsAre("猫"));
  EXPECT_THAT(words("Python入門書 2"), ElementsAre("python", "入門", "門書", "2"));
  EXPECT_THAT(words("東京、大阪"), ElementsAre("東京", "大阪"));
  EXPECT_THAT(words("한국어"), ElementsAre("한국", "국어"));
  EXPECT_THAT(words("ｶﾀｶﾅ"), ElementsAreArray(words("カタカナ")));
}

TEST(SearchWords, SayWhereTheyStand) {
  std::string text = "ein Größtes 東京都!";
  WordReader reader(text);
  std::vector<std::string> pieces;
  for (Word word; reader.next(word);)
    pieces.push_back(text.substr(word.begin, word.end - word.begin));
  EXPECT_THAT(pieces, ElementsAre("ein", "Größtes", "東京", "京都"));
}

TEST(SearchWords, AreKnownByTheirBeginningWhereTheyAreLong) {
  auto found = words(std::string(5000, 'a'));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].size(), kWordBytesMax);
}

}  // namespace
}  // namespace stet::search
