// Marks that stand in the prepared source for what cmark's parser would not hand on.
//
// cmark takes `\"` for a quotation mark like any other, but kramdown never makes an escaped one
// smart. So such pairs are replaced, before parsing, by characters that Unicode promises never to
// assign, and turned back when HTML is written. The same characters in the source itself are
// replaced by U+FFFD: nobody can write a mark but the reader.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stet::markdown {

inline constexpr std::string_view kCellMark = "\uFDE0";  // opens each text of an InlineBatch
// Nothing was typed: it keeps a line from being what CommonMark would take it for.
inline constexpr std::string_view kNothingMark = "\uFDDD";
inline constexpr std::string_view kGuillemetMark =
    "\uFDDC";  // "<<", in front of what looks like a tag
inline constexpr std::string_view kBlockMark =
    "\uFDE1";  // in a comment: a block cut out, by number

enum class Place {
  kText,         // of a title, an id: the character itself
  kEscapedText,  // of HTML that is escaped already: the character as an entity where it must be one
  kCode,         // as typed
  kSource,       // as typed
};

// The text with marks in place of escaped characters; what already looks like a mark becomes
// U+FFFD.
std::string with_marks(std::string_view source);
std::string without_marks(std::string_view text, Place place);

// The bytes of the mark at the start of the text, 0 where there is none.
std::size_t mark_size(std::string_view text);

// HTML's three special characters as entities.
std::string escaped(std::string_view text);

}  // namespace stet::markdown
