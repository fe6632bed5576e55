#include "api/targets/target_follower.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace stet::targets {
namespace {

constexpr int kNice = 5;
// The longest wait that is not begun anew: clocks of tests stand still meanwhile.
constexpr std::int64_t kWaitMax = 3600 * remote::RetryTimes::kSecond;

}  // namespace

TargetFollower::TargetFollower(Parts parts, remote::RetryTimes times)
    : parts_(std::move(parts)),
      schedule_(times, parts_.random),
      wanted_since_(parts_.clock.monotonic_ns()) {
  report_.name = parts_.name;
  report_.kind = parts_.kind;
  report_.place = parts_.target.place();
  if (auto row = parts_.state.target(parts_.name)) {
    report_.commit = row->commit;
    report_.files = row->files;
    report_.succeeded = row->succeeded;
    report_.failed = row->failed;
    report_.error = row->error;
  }
  thread_ = std::thread([this] { work(); });
}

TargetFollower::~TargetFollower() { stop(); }

void TargetFollower::stop() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  parts_.target.stop();
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void TargetFollower::wake() {
  {
    std::lock_guard lock(mutex_);
    if (!is_wanted_) wanted_since_ = parts_.clock.monotonic_ns();
    is_wanted_ = true;
    schedule_.offer();
  }
  changed_.notify_all();
}

void TargetFollower::run_now() {
  {
    std::lock_guard lock(mutex_);
    is_now_ = true;
    schedule_.hear();
  }
  changed_.notify_all();
}

TargetReport TargetFollower::report() const {
  std::lock_guard lock(mutex_);
  TargetReport report = report_;
  report.step = progress_.now();
  return report;
}

bool TargetFollower::is_over() const {
  std::lock_guard lock(mutex_);
  return is_stopped_;
}

Result<RoundOutcome> TargetFollower::run(const publish::Live& live) {
  if (!round_) {
    round_ = TRY(Round::open({.name = parts_.name,
                              .kind = parts_.kind,
                              .target = parts_.target,
                              .state = parts_.state,
                              .store = parts_.store,
                              .clock = parts_.clock,
                              .mend = parts_.mend,
                              .seal = parts_.seal,
                              .purger = parts_.purger,
                              .is_over = [this] { return is_over(); },
                              .progress = &progress_,
                              .note = parts_.note}));
  }
  return round_->run(live);
}

void TargetFollower::take(const Result<RoundOutcome>& outcome) {
  const std::string error = outcome ? "" : outcome.error().message;
  if (!error.empty() && error != report_.error) {
    parts_.note("target " + parts_.name + ": " + error);
  } else if (error.empty() && !report_.error.empty()) {
    parts_.note("target " + parts_.name + ": it works again");
  }
  report_.is_working = false;
  report_.error = error;
  report_.behind = round_ ? round_->behind() : 0;
  report_.files = round_ ? round_->held().size() : report_.files;
  ++report_.rounds;
  (outcome ? report_.succeeded : report_.failed) = parts_.clock.now();
  if (!outcome) ++report_.failures;
  if (!outcome) return;
  report_.written += outcome->written;
  report_.deleted += outcome->deleted;
}

// How long it is until the next round, by what is there to be written; 0: it is time.
std::int64_t TargetFollower::rest(const publish::LivePointer& live, std::int64_t now) const {
  if (schedule_.due() > now) {
    return schedule_.due() == remote::RetrySchedule::kNever ? kWaitMax : schedule_.due() - now;
  }
  const bool is_whole = !live || live->manifest.stale_count() == 0;
  if (is_whole || is_now_) return 0;
  return std::max<std::int64_t>(wanted_since_ + parts_.patience_ns - now, 0);
}

void TargetFollower::work() {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    const publish::LivePointer live = parts_.live();
    std::int64_t now = parts_.clock.monotonic_ns();
    if (std::int64_t wait = rest(live, now); wait > 0) {
      changed_.wait_for(lock, std::chrono::nanoseconds(std::min(wait, kWaitMax)));
      continue;
    }
    is_now_ = is_wanted_ = false;
    schedule_.begin(now);
    report_.is_working = live != nullptr;
    lock.unlock();
    const Result<RoundOutcome> outcome = live ? run(*live) : Result<RoundOutcome>(RoundOutcome());
    lock.lock();
    using Ending = remote::RetrySchedule::Ending;
    now = parts_.clock.monotonic_ns();
    schedule_.end(now, outcome || is_stopped_ ? Ending::kGood : Ending::kFailed);
    if (is_stopped_ && !outcome) break;
    if (!live) continue;
    take(outcome);
    if (outcome) report_.commit = live->commit.hex();
  }
  report_.is_working = false;
}

}  // namespace stet::targets
