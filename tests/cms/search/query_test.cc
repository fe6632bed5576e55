// What is typed, and what reaches SQLite of it.

#include "cms/search/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/search/expression.h"

namespace stet::search {
namespace {

using ::testing::HasSubstr;
using Kind = QueryItem::Kind;

std::string shown(const Query& query) {
  std::string text;
  for (const QueryItem& item : query.items) {
    if (!text.empty()) text += " | ";
    if (item.is_negated) text += "not ";
    switch (item.kind) {
      case Kind::kWords: break;
      case Kind::kCollection: text += "in " + item.value; break;
      case Kind::kTag: text += "tag " + item.value; break;
      case Kind::kCategory: text += "category " + item.value; break;
      case Kind::kDraft: text += "draft"; break;
      case Kind::kPublished: text += "published"; break;
      case Kind::kBranch: text += "of " + item.value; break;
    }
    for (const std::string& word : item.words) text += (&word == &item.words[0] ? "" : "+") + word;
    if (item.is_prefix) text += "*";
    if (item.is_character) text += "?";
  }
  return text;
}

TEST(SearchQuery, IsReadAsItIsMeant) {
  struct Row {
    const char *typed, *meant;
  };
  for (const Row& row : {Row{"bread", "bread*"},
                         Row{"bread ", "bread"},
                         Row{"Bread But", "bread | but*"},
                         Row{"\"sour dough\"", "sour+dough"},
                         Row{"\"sour dou", "sour+dou*"},
                         Row{"-old new", "not old | new*"},
                         Row{"-\"an old one\" x", "not an+old+one | x*"},
                         Row{"in:posts x ", "in posts | x"},
                         Row{"tag:\"Big News\"", "tag big news"},
                         Row{"-tag:x category:y", "not tag x | category y"},
                         Row{"is:draft", "draft"},
                         Row{"is:unpublished", "not published"},
                         Row{"-is:unpublished", "published"},
                         Row{"is:other ", "is+other"},
                         Row{"foo:bar ", "foo+bar"},
                         Row{"tag: ", "tag"},
                         Row{"brea* x ", "brea* | x"},
                         Row{"self-made ", "self+made"},
                         Row{"東京都", "東京+京都"},
                         Row{"猫 ", "猫?"},
                         Row{"🎉", "🎉?"},
                         Row{"c++", "c++*"},
                         Row{"c# ", "c#"},
                         Row{"- \" ( ) * : ^ {}", ""},
                         Row{"NEAR(a b) OR AND ", "near+a | b | or | and"},
                         Row{"a\" OR \"b", "a | or | b*"},
                         Row{"", ""}}) {
    auto query = parse_query(row.typed);
    ASSERT_TRUE(query) << row.typed;
    EXPECT_EQ(shown(*query), row.meant) << row.typed;
  }
}

TEST(SearchQuery, SaysWhichStatesThereAreNot) {
  EXPECT_EQ(parse_query("is:nonsense x is:draft")->unknown_states,
            std::vector<std::string>{"nonsense"});
  EXPECT_TRUE(parse_query("is: x")->unknown_states.empty());
}

TEST(SearchQuery, IsRefusedWhereItIsNoTextOrTooMuch) {
  auto long_one = parse_query(std::string(10'000, 'x'));
  ASSERT_FALSE(long_one);
  EXPECT_THAT(long_one.error().message, HasSubstr("at most 1000 bytes; these are 10000"));
  EXPECT_FALSE(parse_query("\xff\xfe"));
  std::string many;
  for (int i = 0; i < 17; ++i) many += "w ";
  auto crowd = parse_query(many);
  ASSERT_FALSE(crowd);
  EXPECT_THAT(crowd.error().message, HasSubstr("at most 16"));
  EXPECT_TRUE(parse_query(many.substr(2)));
}

std::string match_of(std::string_view typed, Reach reach = {}, bool is_in_names = false) {
  auto query = parse_query(typed);
  EXPECT_TRUE(query);
  std::vector<ExpandedItem> items;
  for (const QueryItem& item : query->items) items.push_back({.item = &item});
  return expression_of(items, reach, is_in_names).match;
}

TEST(SearchExpression, HoldsWordsInQuotesAndNothingOfWhatWasTyped) {
  EXPECT_EQ(match_of("bread butter "),
            R"((((("bread" OR "!bread"))) AND ((("butter" OR "!butter")))))");
  EXPECT_EQ(match_of("b"), R"(((((".b" OR "~b")))))");
  EXPECT_EQ(match_of("bread -old "), R"((((("bread" OR "!bread")))) NOT (((("old" OR "!old")))))");
  EXPECT_EQ(match_of("-is:draft"), R"((":a") NOT (":d"))");
  for (const char* hostile :
       {"\" OR x --", "a*b^c", "NEAR(a, 5)", "{title} : x", "'; DROP TABLE words", "-:a"}) {
    std::string match = match_of(hostile);
    for (const char* bad : {"NEAR", "DROP", "{title}", "^", ";", "--", "'"}) {
      EXPECT_EQ(match.find(bad), std::string::npos) << hostile << " -> " << match;
    }
  }
}

TEST(SearchExpression, KeepsFromThePublicWhatIsNotItsOwn) {
  EXPECT_EQ(match_of("bread ", {.is_public = true}), R"((((("bread")))) NOT (":h"))");
  EXPECT_THAT(match_of("bread ", {.is_public = true, .is_without_names = true}),
              HasSubstr("- {title terms marks} : "));
}

}  // namespace
}  // namespace stet::search
