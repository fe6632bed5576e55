#include "cms/document/front_matter.h"

#include <algorithm>

namespace stet::document {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kBlanks = " \t\n\r\f\v";

bool is_blank(std::string_view text) { return text.find_first_not_of(kBlanks) == text.npos; }

}  // namespace

FrontMatter find_front_matter(std::string_view bytes) {
  FrontMatter found;
  found.text_begin = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  found.closing_begin = found.body_begin = found.text_begin;
  auto newline = bytes.find('\n', found.text_begin);
  std::string_view first = bytes.substr(found.text_begin, newline - found.text_begin);
  if (newline == bytes.npos || !first.starts_with("---") || !is_blank(first.substr(3))) {
    return found;
  }
  found.has_opening_line = true;
  for (std::size_t line = newline + 1; line < bytes.size();) {
    newline = std::min(bytes.find('\n', line), bytes.size());
    std::string_view text = bytes.substr(line, newline - line);
    if ((text.starts_with("---") || text.starts_with("...")) && is_blank(text.substr(3))) {
      found.is_closed = true;
      found.closing_begin = line;
      found.body_begin = bytes.size() - without_blank_lines(bytes.substr(newline)).size();
      break;
    }
    line = newline + 1;
  }
  return found;
}

std::string_view without_blank_lines(std::string_view body) {
  auto first = body.find_first_not_of(kBlanks);
  if (first == body.npos) return body.substr(body.size());
  auto newline = body.substr(0, first).rfind('\n');
  return newline == body.npos ? body : body.substr(newline + 1);
}

}  // namespace stet::document
