// SHA-2 of bytes, as bytes: for protocols that name these hashes. What stet names by itself is
// hash.h's. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace stet {

std::string sha256_bytes(std::string_view bytes);  // 32
std::string sha512_bytes(std::string_view bytes);  // 64

// Of what comes piece by piece.
class Sha2 {
 public:
  enum class Kind { k256, k512 };
  explicit Sha2(Kind kind);
  Sha2& add(std::string_view bytes);
  std::string finish();  // once

 private:
  const Kind kind_;
  alignas(16) std::array<std::uint8_t, 256> state_;
};

}  // namespace stet
