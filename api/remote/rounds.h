// Does something again and again on a thread of its own: at intervals, when somebody says so, and
// later after failures (retry_schedule.h).
//
// Threads: every method from any thread; the round itself is one at a time. Failure: the round
// tells of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "api/remote/retry_schedule.h"
#include "storage/base/clock.h"
#include "storage/base/result.h"

namespace stet::remote {

class Rounds {
 public:
  // `next`: when it will be tried again; none: when somebody says so.
  using Round = std::function<Status()>;
  using Ended = std::function<void(std::optional<Instant> next)>;

  // `clock` and `random` must outlive it.
  Rounds(const Clock& clock, RandomSource& random, RetryTimes times, Round round, Ended ended);
  ~Rounds();  // stop()
  Rounds(const Rounds&) = delete;
  Rounds& operator=(const Rounds&) = delete;

  void start();  // the first round is due at once
  void hear();   // there may be something to do; by the round itself: there is more

  // Waits for the round in progress, which somebody else has to end.
  void stop();

 private:
  void work();
  std::optional<Instant> next() const;
  std::chrono::nanoseconds patience() const;

  const Clock& clock_;
  const Round round_;
  const Ended ended_;
  std::mutex mutex_;
  std::condition_variable changed_;
  RetrySchedule schedule_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::remote
