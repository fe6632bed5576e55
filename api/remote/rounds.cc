#include "api/remote/rounds.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace stet::remote {
namespace {

constexpr std::chrono::nanoseconds kPatienceMax = std::chrono::seconds(60);

}  // namespace

Rounds::Rounds(const Clock& clock, RandomSource& random, RetryTimes times, Round round, Ended ended)
    : clock_(clock), round_(std::move(round)), ended_(std::move(ended)), schedule_(times, random) {}

Rounds::~Rounds() { stop(); }

void Rounds::start() {
  thread_ = std::thread([this] { work(); });
}

void Rounds::hear() {
  std::lock_guard lock(mutex_);
  schedule_.hear();
  changed_.notify_all();
}

void Rounds::stop() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

std::chrono::nanoseconds Rounds::patience() const {
  if (schedule_.due() == RetrySchedule::kNever) return kPatienceMax;
  const std::chrono::nanoseconds left(schedule_.due() - clock_.monotonic_ns());
  return std::clamp(left, std::chrono::nanoseconds(0), kPatienceMax);
}

std::optional<Instant> Rounds::next() const {
  if (schedule_.due() == RetrySchedule::kNever) return std::nullopt;
  const std::int64_t left = schedule_.due() - clock_.monotonic_ns();
  return Instant{clock_.now().seconds + std::max<std::int64_t>(0, left) / RetryTimes::kSecond};
}

void Rounds::work() {
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    if (schedule_.due() > clock_.monotonic_ns()) {
      changed_.wait_for(lock, patience());
      continue;
    }
    schedule_.begin(clock_.monotonic_ns());
    lock.unlock();
    const bool is_good = round_().has_value();
    lock.lock();
    using Ending = RetrySchedule::Ending;
    schedule_.end(clock_.monotonic_ns(), is_good ? Ending::kGood : Ending::kFailed);
    const std::optional<Instant> next = this->next();
    if (is_stopped_) return;
    lock.unlock();
    ended_(next);
    lock.lock();
  }
}

}  // namespace stet::remote
