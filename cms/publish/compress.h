// Bytes made smaller for the wire: gzip (RFC 1952) and Brotli (RFC 7932). Pure functions; any
// thread. The same bytes give the same result: no time and no name is in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::publish {

// Some 30 MB a second.
std::string gzip(std::string_view bytes);
std::string brotli(std::string_view bytes);

// Back. kInvalidInput: they are no such bytes, not whole, or stand for more than `bytes_max`.
Result<std::string> gunzip(std::string_view bytes, std::uint64_t bytes_max);
Result<std::string> unbrotli(std::string_view bytes, std::uint64_t bytes_max);

}  // namespace stet::publish
