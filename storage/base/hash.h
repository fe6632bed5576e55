// Hashes of bytes: names of contents, and fingerprints of what a render has seen.
//
// BLAKE2b (RFC 7693) by libsodium: as fast as a checksum, and nobody can make two contents collide.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "storage/base/hex.h"

namespace stet {

template <std::size_t Size>
struct Digest {
  std::array<std::uint8_t, Size> bytes{};

  std::string hex() const { return encode_hex(bytes); }
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

using ContentHash = Digest<32>;  // names a content in the store; collision-free for all purposes
using Fingerprint = Digest<16>;  // tells "the same value as before" from "another one"

ContentHash content_hash(std::string_view bytes);
Fingerprint fingerprint(std::string_view bytes);

// Hashes a sequence of parts as one; ("ab","c") and ("a","bc") differ, for lengths are hashed too.
class Fingerprinter {
 public:
  Fingerprinter();
  Fingerprinter& add(std::string_view part);
  Fingerprinter& add(std::uint64_t number);
  Fingerprinter& add(const Fingerprint& part);
  Fingerprint finish();

 private:
  void update(const void* data, std::size_t size);
  alignas(64) std::array<std::uint8_t, 384> state_;
};

std::string sha256_hex(std::string_view bytes);
std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view bytes);

// Takes the same time wherever the first difference lies; false at once only if the sizes differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace stet

template <std::size_t Size>
struct std::hash<stet::Digest<Size>> {
  std::size_t operator()(const stet::Digest<Size>& digest) const noexcept {
    std::size_t h;
    std::memcpy(&h, digest.bytes.data(), sizeof h);
    return h;
  }
};
