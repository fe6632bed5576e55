#include "api/program/change_clock.h"

#include <chrono>
#include <utility>

namespace stet::program {
namespace {

constexpr std::chrono::milliseconds kPause{2000};
// The clock has whole seconds: near a time it is asked often.
constexpr std::chrono::milliseconds kNearPause{50};
constexpr std::int64_t kNearSeconds = 2;

}  // namespace

ChangeClock::ChangeClock(api::ChangeWork& work, const Clock& clock, std::function<bool()> may_work)
    : work_(work), clock_(clock), may_work_(std::move(may_work)), thread_([this] { run(); }) {}

ChangeClock::~ChangeClock() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void ChangeClock::run() {
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    lock.unlock();
    std::optional<Instant> next;
    if (may_work_()) next = work_.round();
    bool is_near = next && next->seconds - clock_.now().seconds <= kNearSeconds;
    lock.lock();
    stopped_.wait_for(lock, is_near ? kNearPause : kPause, [this] { return is_stopped_; });
  }
}

}  // namespace stet::program
