// SHA-2 of bytes, as bytes: for protocols that name these hashes. What stet names by itself is
// hash.h's. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace stet {

std::string sha256_bytes(std::string_view bytes);  // 32
std::string sha512_bytes(std::string_view bytes);  // 64

}  // namespace stet
