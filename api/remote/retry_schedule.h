// When the next round is due: at intervals, when somebody says so, and ever later after failures.
//
// Times are nanoseconds of Clock::monotonic_ns(). Threads: a value, no sharing.
#pragma once

#include <algorithm>
#include <cstdint>

#include "storage/base/random.h"

namespace stet::remote {

struct RetryTimes {
  static constexpr std::int64_t kSecond = 1'000'000'000;
  std::int64_t poll = 300 * kSecond;       // 0: never without being asked
  std::int64_t first_retry = 2 * kSecond;  // doubled with each failure
  std::int64_t retry_max = 15 * 60 * kSecond;
  std::int64_t pause = 1 * kSecond;  // between the beginnings of two rounds, at least
  // The same of rounds that we ask for ourselves, while somebody has to merge first.
  std::int64_t parked_pause = 5 * kSecond;
};

class RetrySchedule {
 public:
  static constexpr std::int64_t kNever = INT64_MAX;

  // The first round is due at once. `random` must outlive it.
  RetrySchedule(RetryTimes times, RandomSource& random) : times_(times), random_(random) {}

  // Somebody on the other side says that something has moved: at once, whatever has failed.
  void hear() { due_ = std::min(due_, begun_ + times_.pause); }
  // We have something for them: at once, unless the last round failed; then in its turn.
  void offer() {
    std::int64_t pause = is_parked_ ? times_.parked_pause : times_.pause;
    if (failures_ == 0) due_ = std::min(due_, begun_ + pause);
  }

  void begin(std::int64_t now);
  // How the round that was begun last went. What was heard since begin() stays due.
  enum class Ending { kGood, kParked, kFailed };
  void end(std::int64_t now, Ending ending);

  std::int64_t due() const { return due_; }  // kNever
  unsigned failures() const { return failures_; }

 private:
  std::int64_t spread(std::int64_t time);

  const RetryTimes times_;
  RandomSource& random_;
  std::int64_t due_ = 0, begun_ = 0;
  unsigned failures_ = 0;
  bool is_parked_ = false;
};

}  // namespace stet::remote
