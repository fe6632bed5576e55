// What a line of Markdown may begin with: the tests by which kramdown tells blocks apart.
//
// All take a text and a position in it which they treat as the beginning of a line. Lines end in a
// line feed. Constant time, or linear in the line, unless said otherwise.
#pragma once

#include <cstddef>
#include <string_view>

#include "cms/markdown/characters.h"

namespace stet::markdown {

inline constexpr std::size_t kNowhere = std::string_view::npos;

// Behind the line feed of the line at `at`.
std::size_t line_end(std::string_view text, std::size_t at);
// Behind the line feed where nothing but white space stands before it, kNowhere elsewhere.
std::size_t rest_of_line(std::string_view text, std::size_t at);
// Behind all blank lines from `at` on; `at` where there is none.
std::size_t blank_lines_end(std::string_view text, std::size_t at);
// The spaces at `at`, at most `most`.
std::size_t spaces(std::string_view text, std::size_t at, std::size_t most);
// The bytes of a tab or four spaces at `at`, 0 where neither is.
std::size_t indent_length(std::string_view text, std::size_t at);

// Each gives the position behind what it finds, kNowhere where it finds nothing.
std::size_t end_marker(std::string_view text, std::size_t at);    // ^ alone
std::size_t quote_marker(std::string_view text, std::size_t at);  // >
std::size_t rule_line(std::string_view text, std::size_t at);     // * * *
std::size_t fence_marker(std::string_view text, std::size_t at, bool is_gfm);
// The marker of an item or a definition, indented by at most `spaces_max`.
std::size_t bullet_marker(std::string_view text, std::size_t at, std::size_t spaces_max);
std::size_t number_marker(std::string_view text, std::size_t at, std::size_t spaces_max);
std::size_t definition_marker(std::string_view text, std::size_t at, std::size_t spaces_max);
inline constexpr std::size_t kMarkerSpacesMax = 3;
bool begins_list(std::string_view text, std::size_t at);

// A start or end tag of a block element, indented by at most `spaces_max`.
bool begins_html_block(std::string_view text, std::size_t at, std::size_t spaces_max);

// The bytes of a name of kramdown's (\w[\w-]*) at the start of `text`, 0 if none is there.
std::size_t name_length(std::string_view text);

}  // namespace stet::markdown
