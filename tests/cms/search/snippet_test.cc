// The piece of a text that is shown with a hit.

#include "cms/search/snippet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/utf8.h"

namespace stet::search {
namespace {

std::string shown(const Parts& parts) {
  std::string text;
  for (const Part& part : parts) text += part.is_match ? "[" + part.text + "]" : part.text;
  return text;
}

Query query_of(std::string_view typed) { return parse_query(typed).value(); }

TEST(SearchSnippet, MarksWhatWasMeant) {
  struct Row {
    const char *typed, *text, *shown;
  };
  for (const Row& row : {Row{"two ", "one Two three", "one [Two] three"},
                         Row{"th", "one two three", "one two [three]"},
                         Row{"\"one two\"", "two one two one", "two [one two] one"},
                         Row{"strasse ", "Die Straße dort", "Die [Straße] dort"},
                         Row{"東京都 ", "大東京都内", "大[東京都]内"},
                         Row{"京 ", "東京", "[東京]"},
                         Row{"none ", "one two", "one two"},
                         Row{"-one two ", "one two", "one [two]"},
                         Row{"<b>x ", "<b>x</b> & y", "<[b>x]</b> & y"}}) {
    EXPECT_EQ(shown(marked(row.text, query_of(row.typed), false)), row.shown) << row.typed;
  }
  EXPECT_EQ(shown(marked("Dampfschifffahrt", query_of("schiff"), true)), "[Dampfschifffahrt]");
}

TEST(SearchSnippet, StandsWhereMostOfTheWordsAre) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "filler words stand here ";
  text += "apple ";
  for (int i = 0; i < 100; ++i) text += "filler words stand here ";
  text += "apple and pear together ";
  for (int i = 0; i < 100; ++i) text += "filler words stand here ";
  Parts parts = snippet_of(text, query_of("apple pear "), false);
  std::string all = shown(parts);
  EXPECT_THAT(all, ::testing::HasSubstr("[apple] and [pear]"));
  EXPECT_TRUE(all.starts_with("…"));
  EXPECT_TRUE(all.ends_with("…"));
  EXPECT_LE(all.size(), kSnippetBytes + 60);
}

TEST(SearchSnippet, IsWellFormedWhereverItIsCut) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "東京都大阪府🙂";
  EXPECT_TRUE(is_utf8(shown(snippet_of(text, query_of("大阪 "), false))));
  EXPECT_TRUE(is_utf8(shown(snippet_of(text, query_of("nothing "), false))));
  EXPECT_EQ(shown(snippet_of("", query_of("x "), false)), "");
}

}  // namespace
}  // namespace stet::search
