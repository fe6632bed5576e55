// Base32 (RFC 4648 6): for what people read aloud, type in, or scan into an authenticator.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace stet {

// Upper case, without padding.
std::string encode_base32(std::span<const std::uint8_t> bytes);

}  // namespace stet
