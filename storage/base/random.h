// Where randomness comes from. Only the composition root makes a SystemRandom; all else is given
// one.
#pragma once

#include <cstdint>
#include <span>

namespace stet {

// Threads: every method from any thread.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  // Fills `bytes` with what nobody can guess: fit for secrets.
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

// The kernel's generator, through libsodium; never fails once the machine is up.
class SystemRandom : public RandomSource {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// The same bytes in the same order, each time: for tests and for nothing else. 0, 1, 2, ... from
// `first`.
class CountingRandom : public RandomSource {
 public:
  explicit CountingRandom(std::uint8_t first = 0) : next_(first) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = next_++;
  }

 private:
  std::uint8_t next_;  // a test has one thread
};

}  // namespace stet
