#include "storage/base/uuid.h"

#include <openssl/sha.h>

#include <array>
#include <cstdint>

#include "storage/base/hex.h"

namespace stet {
namespace {

constexpr std::string_view kUrlNamespace(
    "\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8", 16);

}  // namespace

std::string uuid_of_url(std::string_view name) {
  std::string text(kUrlNamespace);
  text.append(name);
  std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest;
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0f) | 0x50);
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3f) | 0x80);
  std::string hex = encode_hex(digest).substr(0, 32);
  for (std::size_t at : {20, 16, 12, 8}) hex.insert(at, 1, '-');
  return hex;
}

}  // namespace stet
