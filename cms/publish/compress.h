// Bytes made smaller for the wire: gzip (RFC 1952) and Brotli (RFC 7932). Pure functions; any
// thread. The same bytes give the same result: no time and no name is in it.
#pragma once

#include <string>
#include <string_view>

namespace stet::publish {

// Some 30 MB a second.
std::string gzip(std::string_view bytes);
std::string brotli(std::string_view bytes);

}  // namespace stet::publish
