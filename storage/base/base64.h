// Base64: the alphabet for URLs without padding (RFC 4648 5), and the plain one with it (RFC 4648
// 4).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stet {

std::string encode_base64url(std::span<const std::uint8_t> bytes);
// None unless `text` is exactly what encode_base64url() gives for some bytes.
std::optional<std::string> decode_base64url(std::string_view text);

std::string encode_base64(std::string_view bytes);
// None for anything but whole groups of the plain alphabet with their padding; line ends are none
// of it.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace stet
