#include "storage/base/base64.h"

#include <sodium.h>

namespace stet {
namespace {

constexpr int kUrl = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr int kPlain = sodium_base64_VARIANT_ORIGINAL;

std::string encode(const unsigned char* bytes, std::size_t size, int variant) {
  std::string text(sodium_base64_encoded_len(size, variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, variant);
  text.pop_back();  // the NUL
  return text;
}

std::optional<std::string> decode(std::string_view text, int variant) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  int status = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()),
                                 bytes.size(),
                                 text.data(),
                                 text.size(),
                                 nullptr,
                                 &size,
                                 nullptr,
                                 variant);
  // Without an end pointer libsodium refuses what is left over.
  if (status != 0) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string encode_base64url(std::span<const std::uint8_t> bytes) {
  return encode(bytes.data(), bytes.size(), kUrl);
}

std::optional<std::string> decode_base64url(std::string_view text) { return decode(text, kUrl); }

std::string encode_base64(std::string_view bytes) {
  return encode(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), kPlain);
}

std::optional<std::string> decode_base64(std::string_view text) { return decode(text, kPlain); }

}  // namespace stet
