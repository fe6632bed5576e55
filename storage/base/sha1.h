// SHA-1, as git names its objects, as fast as the machine can. Contents that were made to collide
// are not noticed: where somebody may be an enemy, ask libgit2. Pure function; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "storage/base/hash.h"

namespace stet {

// Of a head and a body, as one.
Digest<20> sha1(std::string_view head, std::string_view body);

// Of what comes piece by piece.
class Sha1 {
 public:
  Sha1();
  Sha1& add(std::string_view bytes);
  Digest<20> finish();  // once

 private:
  alignas(16) std::array<std::uint8_t, 128> state_;
};

}  // namespace stet
