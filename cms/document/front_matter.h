// Where a file's front matter is, by Jekyll's regular expression (document.h).
#pragma once

#include <cstddef>
#include <string_view>

namespace stet::document {

struct FrontMatter {
  bool has_opening_line = false;
  bool is_closed = false;
  std::size_t text_begin = 0;     // behind the byte order mark, where the opening line is
  std::size_t closing_begin = 0;  // of the closing line; text_begin where there is none
  std::size_t body_begin = 0;     // text_begin where there is no closed front matter
  friend bool operator==(const FrontMatter&, const FrontMatter&) = default;
};

FrontMatter find_front_matter(std::string_view bytes);

// What Jekyll would drop between the closing line and the body: whole lines of blanks.
std::string_view without_blank_lines(std::string_view body);

}  // namespace stet::document
