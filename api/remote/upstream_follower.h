// Keeps the served branch and its upstream the same, on a thread of its own.
//
// Nobody waits for it: those who commit only say so (offer()), and so do hooks (hear()). However
// often they do, rounds begin a second apart at least, and what comes during a round is answered
// by the one after it. Threads: every method from any thread. Failure: report() says what, and when
// it will be tried again.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "api/remote/retry_schedule.h"
#include "api/remote/upstream_sync.h"

namespace stet::remote {

class UpstreamFollower {
 public:
  // Told after a round that has changed what there is to report: from the follower's thread.
  using Tell = std::function<void(const RemoteReport&)>;

  // `upstream`, `sync` and `clock` must outlive it, and `sync` is its own until stop().
  struct Parts {
    storage::Upstream& upstream;
    UpstreamSync& sync;
    const Clock& clock;
    RandomSource& random;
  };
  UpstreamFollower(Parts parts, RetryTimes times, Tell tell);
  ~UpstreamFollower();  // stop()
  UpstreamFollower(const UpstreamFollower&) = delete;
  UpstreamFollower& operator=(const UpstreamFollower&) = delete;

  void hear();   // the upstream may have moved
  void adopt();  // theirs shall stand in place of ours, in the next round, where it would be parked
  void offer();  // our branch may have moved

  RemoteReport report() const;

  // Ends the round in progress, git's child with it: what was not pushed is pushed next time.
  void stop();

 private:
  void work();
  std::chrono::nanoseconds patience() const;

  const Parts parts_;
  const Tell tell_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  RetrySchedule schedule_;
  RemoteReport report_;
  bool is_stopped_ = false, adopts_ = false;
  std::thread thread_;
};

}  // namespace stet::remote
