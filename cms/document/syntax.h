// YAML as it is written: nodes with the bytes that they span, before anybody asks what they mean.
//
// Read from libyaml's events, whose marks count characters; offsets here are bytes in the whole
// file. Threads: values. Limits: yaml.h's. Failure: a problem with line and column, and no tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/document.h"
#include "storage/base/problem.h"

namespace stet::document {

// The part of a file that is YAML.
struct Source {
  std::string_view bytes;  // of the whole file
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view path;
};

enum class Style : std::uint8_t { kPlain, kSingle, kDouble, kLiteral, kFolded, kBlock, kFlow };

struct Node {
  enum class Kind : std::uint8_t { kScalar, kAlias, kList, kMap };

  Kind kind = Kind::kScalar;
  Style style = Style::kPlain;
  bool is_quoted = false;          // a scalar that is a string whatever it looks like
  std::size_t begin = 0;           // of its anchor and tag, or of the node itself
  std::size_t bare_begin = 0;      // without anchor and tag
  std::size_t properties_end = 0;  // where anchor and tag end; begin where there are none
  std::size_t end = 0;             // behind its last byte; never a line end
  std::string text;                // of a scalar: its value; of an alias: the anchor's name
  std::string anchor, tag;
  int target = -1;            // of an alias: the node it stands for; -1 if there is none
  std::vector<int> children;  // of a map: key, value, key, value
};

struct Syntax {
  std::vector<Node> nodes;
  int root = -1;  // -1: there is no document
  const Node& at(int node) const { return nodes[static_cast<std::size_t>(node)]; }
};

std::optional<Syntax> read_syntax(const Source& source, Problems& problems);

Position position_at(std::string_view bytes, std::size_t offset);

// Of the line that holds `offset`: its first byte, and the byte behind its last but the line end.
std::size_t line_begin(std::string_view bytes, std::size_t offset);
std::size_t line_end(std::string_view bytes, std::size_t offset);

// From 0, in bytes; a byte order mark does not count.
int column_in(const Source& source, std::size_t offset);

// The next byte from `offset` on that is neither blank nor line end nor in a comment.
std::size_t skip_blanks(std::string_view bytes, std::size_t offset, std::size_t end);

}  // namespace stet::document
