// Base64 in the alphabet for URLs (RFC 4648 5), without padding.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace stet {

std::string encode_base64url(std::span<const std::uint8_t> bytes);

}  // namespace stet
