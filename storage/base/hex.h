// Bytes as lower-case hex digits, and back.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace stet {

std::string encode_hex(std::span<const std::uint8_t> bytes);

// False, with `bytes` untouched or half filled, unless `hex` is exactly two digits a byte.
bool decode_hex(std::string_view hex, std::span<std::uint8_t> bytes);

}  // namespace stet
