// The scalars of a document's front matter, by their way through it and their span in the bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/data.h"

namespace stet::document {

struct ScalarPlace {
  std::vector<std::string> tokens;  // keys, and indices of list items
  std::size_t begin = 0, end = 0;
  bool is_shared = false;  // an alias refers to it, or it is one
};

std::vector<ScalarPlace> scalar_places(std::string_view bytes);

Data with_value(const Data& data, const std::vector<std::string>& tokens, const Data& value);

}  // namespace stet::document
