#include "storage/base/random.h"

#include <sodium.h>

namespace stet {

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace stet
