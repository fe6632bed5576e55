#include "cms/markdown/block_lines.h"

#include <algorithm>

#include "cms/markdown/html_tag.h"

namespace stet::markdown {
namespace {

char char_at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\n'; }

// A list's marker is followed by a blank; or by a pipe, as kramdown will have it.
std::size_t marker_before_tail(std::string_view text, std::size_t end) {
  const char c = char_at(text, end);
  return is_space_or_tab(c) || c == '|' ? end : kNowhere;
}

// Span elements and <script> begin no block.
bool is_of_a_line(std::string_view name) {
  std::size_t word = 0;
  while (word < name.size() && is_word(name[word])) ++word;
  name = name.substr(0, word);
  return is_span_element(name) || name == "script";
}

}  // namespace

std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t feed = text.find('\n', at);
  return feed == kNowhere ? text.size() : feed + 1;
}

std::size_t rest_of_line(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n' && is_space(text[at])) ++at;
  return at < text.size() && text[at] == '\n' ? at + 1 : kNowhere;
}

std::size_t blank_lines_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (; at < text.size() && is_space(text[at]); ++at) {
    if (text[at] == '\n') end = at + 1;
  }
  return end;
}

std::size_t spaces(std::string_view text, std::size_t at, std::size_t most) {
  std::size_t count = 0;
  while (count < most && char_at(text, at + count) == ' ') ++count;
  return count;
}

std::size_t indent_length(std::string_view text, std::size_t at) {
  if (char_at(text, at) == '\t') return 1;
  return spaces(text, at, 4) == 4 ? 4 : 0;
}

std::size_t end_marker(std::string_view text, std::size_t at) {
  return char_at(text, at) == '^' ? rest_of_line(text, at + 1) : kNowhere;
}

std::size_t quote_marker(std::string_view text, std::size_t at) {
  at += spaces(text, at, 3);
  if (char_at(text, at) != '>') return kNowhere;
  return at + (char_at(text, at + 1) == ' ' ? 2 : 1);
}

std::size_t rule_line(std::string_view text, std::size_t at) {
  at += spaces(text, at, 3);
  const char mark = char_at(text, at);
  if (mark != '*' && mark != '-' && mark != '_') return kNowhere;
  std::size_t marks = 0;
  for (; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == mark) {
      ++marks;
    } else if (!is_space_or_tab(text[at])) {
      return kNowhere;
    }
  }
  return marks >= 3 && at < text.size() ? at + 1 : kNowhere;
}

std::size_t fence_marker(std::string_view text, std::size_t at, bool is_gfm) {
  if (is_gfm) at += spaces(text, at, 3);
  std::size_t length = 0;
  while (char_at(text, at + length) == '~' || (is_gfm && char_at(text, at + length) == '`')) {
    ++length;
  }
  return length >= 3 ? at + length : kNowhere;
}

std::size_t bullet_marker(std::string_view text, std::size_t at, std::size_t spaces_max) {
  at += spaces(text, at, spaces_max);
  const char c = char_at(text, at);
  return c == '*' || c == '-' || c == '+' ? marker_before_tail(text, at + 1) : kNowhere;
}

std::size_t number_marker(std::string_view text, std::size_t at, std::size_t spaces_max) {
  at += spaces(text, at, spaces_max);
  const std::size_t begin = at;
  while (is_digit(char_at(text, at))) ++at;
  return at > begin && char_at(text, at) == '.' ? marker_before_tail(text, at + 1) : kNowhere;
}

std::size_t definition_marker(std::string_view text, std::size_t at, std::size_t spaces_max) {
  at += spaces(text, at, spaces_max);
  return char_at(text, at) == ':' ? marker_before_tail(text, at + 1) : kNowhere;
}

bool begins_list(std::string_view text, std::size_t at) {
  return bullet_marker(text, at, kMarkerSpacesMax) != kNowhere ||
         number_marker(text, at, kMarkerSpacesMax) != kNowhere;
}

bool begins_html_block(std::string_view text, std::size_t at, std::size_t spaces_max) {
  at += spaces(text, at, spaces_max);
  if (char_at(text, at) != '<') return false;
  const bool is_end = char_at(text, at + 1) == '/';
  at += is_end ? 2 : 1;
  const std::size_t length = html_name_length(text.substr(std::min(at, text.size())));
  if (length == 0 || is_of_a_line(text.substr(at, length))) return false;
  if (!is_end) return true;
  at += length;
  while (at < text.size() && is_space(text[at])) ++at;
  return char_at(text, at) == '>';
}

std::size_t name_length(std::string_view text) {
  if (text.empty() || !is_word(text[0])) return 0;
  std::size_t length = 1;
  while (length < text.size() && (is_word(text[length]) || text[length] == '-')) ++length;
  return length;
}

}  // namespace stet::markdown
