// What somebody types to search, as a value.
//
//     bread "sour dough" -recipe in:posts tag:winter is:draft bak
//
// Words and phrases must all be there; `-` before one: it must not. The last word, while it is
// being typed, stands for every word that begins so; so does any word with a `*` behind it. A name
// before a colon narrows: in:COLLECTION ("pages", "data"), tag:T, category:C, is:draft,
// is:published, is:unpublished. Whatever else is typed is words: no text is a mistake but one that
// is too long, or no text. Threads: pure functions, values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace stet::search {

inline constexpr std::size_t kQueryBytesMax = 1000;
inline constexpr std::size_t kQueryItemsMax = 16;
inline constexpr std::size_t kPhraseWordsMax = 32;

struct QueryItem {
  // kBranch is typed by nobody: an index of branches is asked for one of them.
  enum class Kind : std::uint8_t {
    kWords,
    kCollection,
    kTag,
    kCategory,
    kDraft,
    kPublished,
    kBranch
  };
  Kind kind = Kind::kWords;
  bool is_negated = false;
  bool is_prefix = false;               // the last word of `words` is the beginning of one
  bool is_character = false;            // `words` is one character of a dense script
  std::vector<std::string> words = {};  // as compared (words.h); several: one behind the other
  std::string value = {};               // of kCollection, kTag, kCategory, kBranch

  friend bool operator==(const QueryItem&, const QueryItem&) = default;
};

struct Query {
  std::vector<QueryItem> items;
  // Of is:, what it cannot be: "nonsense". It was taken for words.
  std::vector<std::string> unknown_states = {};
  bool is_empty() const { return items.empty(); }
  friend bool operator==(const Query&, const Query&) = default;
};

// kInvalidInput: longer than kQueryBytesMax, more than kQueryItemsMax, or not UTF-8.
Result<Query> parse_query(std::string_view text);

// How tags and the like are compared: as their words are.
std::string compared(std::string_view text);

}  // namespace stet::search
