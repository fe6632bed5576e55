// The entries of maps and lists as written, with the places that an edit needs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cms/document/syntax.h"

namespace stet::document {

inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// One key with its value. Of keys that are not plain one-line things the edit is left to a rewrite.
struct Entry {
  std::string name;
  int key = -1;
  int value = -1;
  std::size_t begin = 0;            // of the key
  std::size_t lead_end = kNowhere;  // behind the colon; kNowhere where there is none
  std::size_t end = 0;
  bool is_explicit = false;  // written as `? key`
};

// None if a key is empty, an alias, a list or a map.
std::optional<std::vector<Entry>> entries_of(const Source& source,
                                             const Syntax& syntax,
                                             const Node& map);

// One item of a list in block style.
struct Item {
  int node = -1;
  std::size_t dash = 0;
  std::size_t end = 0;
};

std::optional<std::vector<Item>> items_of(const Source& source,
                                          const Syntax& syntax,
                                          const Node& list);

}  // namespace stet::document
