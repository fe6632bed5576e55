// Where a text names files of media: in links, attributes, sheets, front matter, data.
//
// No grammar is followed: what ends in the extension of a format, up to a blank, a quotation mark,
// a bracket or the like before it, is a name. So the same look finds names in every kind of text,
// and in a comment or a code block too, which is safer than to miss one. Threads: pure functions.
// O(n), whatever the bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stet::media {

struct NameSpan {
  std::size_t begin = 0, end = 0;  // in bytes
};

// In order, none overlapping another.
std::vector<NameSpan> find_names(std::string_view text);

// The part of a file's name that find_names() sees: all of it, but behind the last blank, bracket
// or the like that it has.
std::string_view seen_name(std::string_view file_name);

// Where the text stands, and where the site is.
struct NameHolder {
  std::string_view path;      // "_posts/2020-01-01-x.md"
  std::string_view page;      // its output path, "2020/x/index.html"; "": it has none
  std::string_view site_url;  // "https://example.org", or ""
  std::string_view base_url;  // "/base", or ""
};

// Lines and columns in a text, of places that come in order; the text is read once for all of them.
class PlaceCounter {
 public:
  struct Place {
    int line = 1, column = 1;  // in bytes
  };

  // The text must outlive it.
  explicit PlaceCounter(std::string_view text) : text_(text) {}
  // Of no byte before the last one asked for.
  Place at(std::size_t offset);

 private:
  std::string_view text_;
  int line_ = 1;
  std::size_t counted_ = 0, line_begin_ = 0;
};

enum class Naming {
  kOther,   // another file
  kByName,  // perhaps: what stands before the name is not in the text
  kByPath,
};

// What `name`, out of a text of the holder's, means for the file that lies at `path` and is
// published at `output_path`.
Naming naming_of(std::string_view name,
                 const NameHolder& holder,
                 std::string_view path,
                 std::string_view output_path);

// Where the name may lead, whatever lies there: none of another site's.
std::vector<std::string> paths_of(std::string_view name, const NameHolder& holder);

// The same reference to the file's new place, in the same form: from the root, relative, with the
// site's own URL. Only of what naming_of() calls kByPath.
std::string renamed(std::string_view name,
                    const NameHolder& holder,
                    std::string_view path,
                    std::string_view output_path,
                    std::string_view new_path);

}  // namespace stet::media
