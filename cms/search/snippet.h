// The piece of a text that shows best why it was found, in parts, so that nobody has to escape or
// count anything to show what was meant.
//
// Threads: pure functions. Time: linear in the text, of which kSnippetScanMax bytes are looked
// through, more only until something is found.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/search/query.h"

namespace stet::search {

inline constexpr std::size_t kSnippetScanMax = std::size_t{32} << 10;
inline constexpr std::size_t kSnippetBytes = 240;

struct Part {
  std::string text;
  bool is_match = false;
  friend bool operator==(const Part&, const Part&) = default;
};
using Parts = std::vector<Part>;

// The whole text with what was meant in it. `inside`: also where it stands inside of a word.
Parts marked(std::string_view text, const Query& query, bool inside);

// About kSnippetBytes of it, around as many of the query's words as can be; its beginning where
// none is in it. "…" stands where something was left out.
Parts snippet_of(std::string_view text, const Query& query, bool inside);

}  // namespace stet::search
