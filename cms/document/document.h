// A file of the repository that may carry front matter: where that is, what it means, where the
// body is.
//
// What counts is Jekyll's rule: front matter is \A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?), after an
// optional byte order mark; blank lines below the closing line belong to neither part. Front matter
// that YAML cannot read leaves an empty map and a problem, and the body is still what follows the
// closing line. Threads: pure functions. Limits: yaml.h's. Input may be any bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "cms/document/data.h"
#include "storage/base/problem.h"

namespace stet::document {

// Line and column count from 1, columns in bytes; offset counts bytes from the start of the file.
struct Position {
  int line = 1;
  int column = 1;
  std::size_t offset = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

struct Document {
  bool has_opening_line =
      false;  // starts with a line `---`: what makes Jekyll take a file for a page
  bool has_front_matter = false;  // and there is a closing line
  bool is_broken = false;         // front matter is there but cannot be read: front_matter is empty
  Data front_matter = Data::Map();  // always a map
  std::size_t body_offset = 0;      // the body goes from here to the end of the file
  int body_line = 1;
  Problems problems;

  // Of the same bytes that were parsed.
  std::string_view body(std::string_view bytes) const { return bytes.substr(body_offset); }
};

Document parse_document(std::string_view bytes, std::string_view path);

// Where a problem with a field is to be shown: "/front_matter/date", "/front_matter/tags/0" (JSON
// pointers, RFC 6901, "" is the document), "/body". A key's position is its value's. None if there
// is no such field.
std::optional<Position> position_of(std::string_view bytes, std::string_view json_pointer);

}  // namespace stet::document
