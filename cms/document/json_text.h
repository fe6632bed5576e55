// Whether a text is JSON (RFC 8259), which YAML reads too, but not everything that YAML reads.
//
// Threads: pure. Limits: nesting of 128.
#pragma once

#include <string_view>

namespace stet::document {

bool is_json(std::string_view text);

}  // namespace stet::document
