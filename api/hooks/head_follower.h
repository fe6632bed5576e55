// Publishes the head of the branch when somebody says that it may have moved.
//
// One thread does the work; calls that come while it is busy are answered together by the one run
// that begins afterwards, so a burst of hooks costs two publications. Where wakes come all the time
// (writes whose answers do not wait), it rests after each run for five times as long as that
// took, a second at most (Pace): what is edited again and again is rendered once for many edits,
// and writers have the processors. Nobody who waits, waits for that. Threads: every method from any
// thread. Failure: reported to `note` and to those who wait; the next call tries again.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "cms/pipeline/pipeline.h"
#include "storage/base/clock.h"
#include "storage/git/repository.h"

namespace stet::hooks {

class HeadFollower {
 public:
  struct Parts {
    pipeline::Pipeline& pipeline;
    const storage::Repository& repository;
    const Clock& clock;
  };
  struct Pace {
    std::int64_t rests_per_run = 5;
    std::int64_t rest_ns_max = 1'000'000'000;
  };
  // Called from the follower's thread with what an operator should know. May be empty.
  using Note = std::function<void(std::string_view)>;

  // All `parts` must outlive it.
  HeadFollower(std::string branch, Parts parts, Note note, Pace pace);
  HeadFollower(std::string branch, Parts parts, Note note)
      : HeadFollower(std::move(branch), parts, std::move(note), Pace()) {}
  ~HeadFollower();  // stop()
  HeadFollower(const HeadFollower&) = delete;
  HeadFollower& operator=(const HeadFollower&) = delete;

  // Publishes the head soon: at once, where it rests, or has rested long enough.
  void wake();

  // Waits until a head that was read after this call is live. kUnavailable: it was stopped.
  Status follow();

  // Waits for the work in progress; what waits is answered kUnavailable.
  void stop();

  // Why what is live is not the branch's head; "": it was, as of the last run.
  std::string trouble() const;

  std::uint64_t runs() const;  // how often it has worked; for tests and metrics

 private:
  void work();
  void rest(std::unique_lock<std::mutex>& lock);
  Status run();
  void tell(const Status& status);

  const std::string branch_;
  const Parts parts_;
  const Note note_;
  const Pace pace_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool is_wanted_ = false, is_stopped_ = false;
  bool is_waited_for_ = false;
  std::int64_t rested_at_ns_ = 0;       // by the clock: when the rest after the last run is over
  std::uint64_t begun_ = 0, done_ = 0;  // runs
  Status last_;                         // of the run `done_`
  std::thread thread_;
};

}  // namespace stet::hooks
