// Where "now" comes from. Only the composition root makes a SystemClock; all else is given one.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>

namespace stet {

// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted, as POSIX counts.
struct Instant {
  std::int64_t seconds = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// Threads: every method from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  // Nanoseconds of a clock that never jumps; differences alone mean something.
  virtual std::int64_t monotonic_ns() const = 0;
};

class SystemClock : public Clock {
 public:
  Instant now() const override;
  std::int64_t monotonic_ns() const override;
};

// Stands still until told.
class ManualClock : public Clock {
 public:
  explicit ManualClock(Instant start) : seconds_(start.seconds) {}
  Instant now() const override { return {seconds_.load()}; }
  std::int64_t monotonic_ns() const override { return seconds_.load() * 1'000'000'000; }
  void set(Instant instant) { seconds_ = instant.seconds; }
  void advance_seconds(std::int64_t seconds) { seconds_ += seconds; }

 private:
  std::atomic<std::int64_t> seconds_;
};

}  // namespace stet
