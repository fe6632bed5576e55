// content_hash() (hash.h) of what comes piece by piece. Threads: one at a time.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "storage/base/hash.h"

namespace stet {

class ContentHasher {
 public:
  ContentHasher();
  ContentHasher& add(std::string_view bytes);
  ContentHash finish();  // once

 private:
  alignas(64) std::array<std::uint8_t, 384> state_;
};

}  // namespace stet
