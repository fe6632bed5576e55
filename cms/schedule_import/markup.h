// HTML's tags as people write them by hand, or as editors and programs do: one pass, no tree.
//
// More is taken for a tag than kramdown takes (`<td width=50%>`), for a table that a browser shows
// is one that somebody wants imported. Threads: a reader belongs to one. Cost: linear for all
// positions together: after a tag that never ends there is none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stet::schedule_import {

struct Tag {
  std::string name;  // in lower case
  bool is_end = false;
  std::vector<std::pair<std::string, std::string>> attributes;  // names in lower case, decoded
  std::size_t end = 0;                                          // behind it

  std::string_view attribute(std::string_view name) const;  // "": none
};

class TagReader {
 public:
  explicit TagReader(std::string_view text) : text_(text) {}

  // The tag that begins at `at`.
  std::optional<Tag> tag(std::size_t at);
  // Behind the comment, declaration or instruction that begins at `at`; npos: none does.
  std::size_t behind_comment(std::size_t at);
  // Behind the end tag of `name` that comes next, for elements whose content is no markup; the end
  // of the text where there is none.
  std::size_t behind_end_of(std::string_view name, std::size_t from) const;

 private:
  bool read_attribute(std::size_t& at, Tag& tag);

  std::string_view text_;
  std::size_t no_tag_from_ = std::string_view::npos;
  std::size_t no_comment_from_ = std::string_view::npos;
};

// `<` that a browser, or kramdown, could take for the beginning of something.
bool begins_markup(std::string_view text, std::size_t at);

// Character references as what they stand for.
std::string decoded(std::string_view text);

std::string lower_ascii(std::string_view text);
inline bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
std::string_view trimmed(std::string_view text);

}  // namespace stet::schedule_import
