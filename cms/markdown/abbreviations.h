// Where a document's abbreviations stand in its running text.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cms/markdown/reading.h"

namespace stet::markdown {

using Abbreviations = std::map<std::string, Abbreviation, std::less<>>;

struct AbbreviationPlace {
  std::size_t begin;
  Abbreviations::const_iterator abbreviation;  // whose key stands there
};

// In order. Each stands between what are no letters, digits or underscores of ASCII.
std::vector<AbbreviationPlace> find_abbreviations(std::string_view text,
                                                  const Abbreviations& abbreviations);

}  // namespace stet::markdown
