// What proxies say of the request that came to them: the field Forwarded (RFC 7239).
//
// Threads: pure function. Limits: the field is a header's, and so is bounded; kForwardedHopsMax.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace stet::http {

inline constexpr std::size_t kForwardedHopsMax = 64;

struct ForwardedHop {
  std::string address;  // of for=, numeric, without port and brackets; "": unknown, or a pseudonym
  std::string proto;    // "https"; "": not told
};

// A node as RFC 7239 6 has it, or an address alone, as X-Forwarded-For has it: the address, IPv4
// unmapped. "": it is none.
std::string address_of_node(std::string_view node);

// In the order in which they were written: the nearest proxy's is the last. kInvalidInput: it is
// not well-formed, and nobody knows who wrote what.
Result<std::vector<ForwardedHop>> parse_forwarded(std::string_view field);

}  // namespace stet::http
