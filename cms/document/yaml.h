// Reads YAML as Jekyll does: libyaml's events, SafeYAML 1.0.5's rules for what a scalar is.
//
// Its rules in short: yes/on/true/no/off/false in any case; `~`, null and nothing are nil; 010 is
// 8, 1,000 is 1000, 1:30 is 90.0, 1e3 a string; dates have exactly ten characters, times need
// seconds and are UTC where they name no zone; tags are ignored, but !binary; `<<` merges at its
// place; a null key is swallowed; of a key given twice the last counts. Only the first document of
// a stream is read.
//
// Errors are problems with line and column, never anything else, whatever the bytes. With an error
// the answer is nil. Threads: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "cms/document/data.h"
#include "storage/base/problem.h"

namespace stet::document {

inline constexpr std::size_t kYamlBytesMax = 8 << 20;
inline constexpr std::size_t kYamlDepthMax = 64;
inline constexpr std::size_t kYamlNodesMax = 500'000;  // aliases count as what they stand for
inline constexpr std::size_t kYamlAliasedBytesMax = 16 << 20;  // strings copied by aliases

// An empty stream is false, as it is to SafeYAML; `---` alone is nil.
Data parse_yaml(std::string_view bytes, std::string_view path, Problems& problems);

// What a plain scalar with this text means.
Data resolve_plain(std::string_view text);

}  // namespace stet::document
