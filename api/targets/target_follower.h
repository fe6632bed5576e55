// Keeps one target in step with what is live, on a thread of its own: no writer waits for it.
//
// Of publications that come while it is at work only the last counts. It waits for stale pages to
// be rendered, but not for ever; what is still stale then stays as it is, and follows later. What
// fails is tried again, ever later (RetrySchedule). Threads: every method from any.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "api/remote/retry_schedule.h"
#include "api/targets/round.h"

namespace stet::targets {

struct TargetReport {
  std::string name, kind, place;
  bool is_working = false;
  std::optional<Progress::Step> step = {};  // of the round that is going on
  std::string commit;                       // of the site, that the target holds; "": none yet
  std::uint64_t files = 0;                  // that it holds
  std::uint64_t behind = 0;                 // that are not there as they should be
  std::optional<Instant> succeeded = {}, failed = {};
  std::string error = {};  // of the last round; "": it was good
  std::uint64_t rounds = 0, failures = 0, written = 0, deleted = 0;  // since the start
};

class TargetFollower {
 public:
  struct Parts {
    std::string name, kind;
    Target& target;
    storage::TargetState& state;
    publish::Store& store;
    const Clock& clock;
    RandomSource& random;
    std::function<publish::LivePointer()> live;
    std::function<Status(const OutputPath&)> mend = {};
    Seal seal = {};
    Purger* purger = nullptr;
    std::function<void(std::string_view)> note = [](std::string_view) {};
    // How long stale pages are waited for.
    std::int64_t patience_ns = 30 * remote::RetryTimes::kSecond;
  };

  // All that `parts` names must outlive it. The first round is due at once.
  TargetFollower(Parts parts, remote::RetryTimes times);
  ~TargetFollower();  // stop()
  TargetFollower(const TargetFollower&) = delete;
  TargetFollower& operator=(const TargetFollower&) = delete;

  void wake();     // something was published, or rendered
  void run_now();  // whatever has failed
  TargetReport report() const;
  // Ends the round in progress; the next process goes on from there.
  void stop();

 private:
  void work();
  bool is_over() const;
  Result<RoundOutcome> run(const publish::Live& live);
  void take(const Result<RoundOutcome>& outcome);
  std::int64_t rest(const publish::LivePointer& live, std::int64_t now) const;

  const Parts parts_;
  std::unique_ptr<Round> round_;  // of the thread alone; null until the state could be read
  Progress progress_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  remote::RetrySchedule schedule_;
  std::int64_t wanted_since_;
  bool is_wanted_ = true;  // something has come since the last round
  bool is_stopped_ = false, is_now_ = false;
  TargetReport report_;
  std::thread thread_;
};

}  // namespace stet::targets
