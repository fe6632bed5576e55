// The time of a site that another server leads: what that server said last.
//
// Pages print site.time, and show or hide what has a date: so a follower's clock stands at the
// instant of what its leader shows, and does not go on while the leader is silent. Until something
// was said, and once it leads itself, it is the machine's. Threads: any.
#pragma once

#include <atomic>
#include <cstdint>

#include "storage/base/clock.h"

namespace stet::remote {

class LeaderClock final : public Clock {
 public:
  // `machine` must outlive it.
  explicit LeaderClock(const Clock& machine) : machine_(machine) {}

  Instant now() const override {
    const std::int64_t told = told_;
    return told == kNothing ? machine_.now() : Instant{told};
  }
  std::int64_t monotonic_ns() const override { return machine_.monotonic_ns(); }

  void tell(Instant instant) { told_ = instant.seconds; }
  void forget() { told_ = kNothing; }
  bool is_told() const { return told_ != kNothing; }

 private:
  static constexpr std::int64_t kNothing = INT64_MIN;
  const Clock& machine_;
  std::atomic<std::int64_t> told_{kNothing};
};

}  // namespace stet::remote
