// What a reader of a page would see of its source: Markdown or HTML without marks, tags and Liquid.
//
// It is an estimate, made for searching, in one pass and without rendering: Liquid's tags are left
// out and what stands between them stays, but for comments; so do HTML's tags, comments, scripts
// and styles. Addresses of links are left out, code stays. Never fails: what is no Markdown is
// text. Threads: a pure function. Time: linear in the source.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stet::search {

inline constexpr std::size_t kSourceBytesMax = std::size_t{4} << 20;  // the rest is not looked at
inline constexpr std::size_t kTextBytesMax = std::size_t{256} << 10;

enum class Markup { kMarkdown, kHtml, kNone };

struct PlainText {
  std::string text;      // UTF-8, blanks joined, composed (letters.h)
  std::string headings;  // those of the text once more, by line ends
};

PlainText plain_text_of(std::string_view source, Markup markup);

// Any bytes as a text of one line: well-formed, without control characters, blanks joined.
std::string as_line(std::string_view bytes, std::size_t bytes_max = kTextBytesMax);

}  // namespace stet::search
