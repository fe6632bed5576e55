// A query in FTS5's own words, over the columns that file.h names.
//
// What was typed reaches SQLite only as words of letters and digits in quotes, so there is nothing
// in it that could mean something else. Threads: pure functions.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/search/query.h"
#include "storage/sqlite/weighing.h"

namespace stet::search {

// Marks, which stand in a column of their own; no word has these bytes.
inline constexpr char kBeginMark = '.';      // ".ab": some word of the text begins so
inline constexpr char kNameMark = '=';       // "=word": a word of title or terms
inline constexpr char kNameBeginMark = '~';  // "~ab": and how one begins
inline constexpr char kFieldMark = '!';      // "!word": a word of what not everybody may read
inline constexpr std::string_view kAnyMark = ":a", kPublicMark = ":p", kDraftMark = ":d";
inline constexpr std::string_view kHiddenMark = ":h";  // not public: few, and so quickly left out
// Longer beginnings are looked up among the words that there are.
inline constexpr std::size_t kBeginCharactersMax = 2;

// ":t", and what tells this tag from others.
std::string mark_of(QueryItem::Kind kind, std::string_view compared_value);

// The item of a query with the words that its last word stands for, where it stands for several.
struct ExpandedItem {
  const QueryItem* item = nullptr;
  std::vector<std::string> meanings = {};  // of a prefix longer than kBeginCharactersMax
  float factor = 1;                        // what its hits are worth beside those of others
};

struct Expression {
  std::string match;
  storage::Weighing weighing;
};

struct Reach {
  bool is_public = false;         // entries that everybody may read, and of those not all fields
  bool is_without_names = false;  // neither title nor terms
  std::vector<std::string> labels = {};  // of these collections alone; none: of all
};

// Every entry that the query means. `is_in_names`: of them, those whose title or terms have all of
// its words.
Expression expression_of(const std::vector<ExpandedItem>& items,
                         const Reach& reach,
                         bool is_in_names);

// Whether the query has a word that must be there.
bool has_words(const std::vector<ExpandedItem>& items);

// The beginning for which meanings are wanted; "" where there is none.
std::string_view open_beginning(const QueryItem& item);

}  // namespace stet::search
