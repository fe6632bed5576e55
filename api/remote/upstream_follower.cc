#include "api/remote/upstream_follower.h"

#include <algorithm>
#include <utility>

namespace stet::remote {
namespace {

constexpr std::chrono::nanoseconds kPatienceMax = std::chrono::seconds(60);

bool is_news(const RemoteReport& before, const RemoteReport& now) {
  return before.state != now.state || before.upstream != now.upstream ||
         before.last_error != now.last_error || before.parked != now.parked ||
         before.replaced != now.replaced || before.ahead != now.ahead ||
         before.remote_branch != now.remote_branch;
}

}  // namespace

UpstreamFollower::UpstreamFollower(Parts parts, RetryTimes times, Tell tell)
    : parts_(parts),
      tell_(std::move(tell)),
      schedule_(times, parts.random),
      report_(parts.sync.report()),
      thread_([this] { work(); }) {}

UpstreamFollower::~UpstreamFollower() { stop(); }

void UpstreamFollower::hear() {
  std::lock_guard lock(mutex_);
  schedule_.hear();
  changed_.notify_all();
}

void UpstreamFollower::adopt() {
  std::lock_guard lock(mutex_);
  adopts_ = true;
  schedule_.hear();
  changed_.notify_all();
}

void UpstreamFollower::offer() {
  std::lock_guard lock(mutex_);
  schedule_.offer();
  changed_.notify_all();
}

RemoteReport UpstreamFollower::report() const {
  std::lock_guard lock(mutex_);
  return report_;
}

void UpstreamFollower::stop() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
    changed_.notify_all();
  }
  parts_.upstream.stop();
  if (thread_.joinable()) thread_.join();
}

std::chrono::nanoseconds UpstreamFollower::patience() const {
  if (schedule_.due() == RetrySchedule::kNever) return kPatienceMax;
  std::chrono::nanoseconds left(schedule_.due() - parts_.clock.monotonic_ns());
  return std::clamp(left, std::chrono::nanoseconds(0), kPatienceMax);
}

void UpstreamFollower::work() {
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    if (schedule_.due() > parts_.clock.monotonic_ns()) {
      changed_.wait_for(lock, patience());
      continue;
    }
    schedule_.begin(parts_.clock.monotonic_ns());
    bool adopts = std::exchange(adopts_, false);
    lock.unlock();
    bool is_good = parts_.sync.round(adopts).has_value();
    bool is_parked = parts_.sync.report().state == RemoteState::kParked;
    lock.lock();
    std::int64_t now = parts_.clock.monotonic_ns();
    using Ending = RetrySchedule::Ending;
    schedule_.end(now, !is_good ? Ending::kFailed : is_parked ? Ending::kParked : Ending::kGood);
    RemoteReport before = std::exchange(report_, parts_.sync.report());
    report_.next_try.reset();
    if (schedule_.due() != RetrySchedule::kNever) {
      std::int64_t seconds = std::max<std::int64_t>(0, schedule_.due() - now) / RetryTimes::kSecond;
      report_.next_try = Instant{parts_.clock.now().seconds + seconds};
    }
    if (!tell_ || is_stopped_ || !is_news(before, report_)) continue;
    RemoteReport told = report_;
    lock.unlock();
    tell_(told);
    lock.lock();
  }
}

}  // namespace stet::remote
