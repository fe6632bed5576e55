#include "api/git/turns.h"

#include <system_error>
#include <utility>

namespace stet::git {

using Clock = std::chrono::steady_clock;

void Turns::Place::leave() {
  if (!std::exchange(is_left_, true)) next_ = turns_.next();
}

Turns::Place::~Place() {
  if (!is_left_ || next_) turns_.release();
}

void Turns::come(Job job) {
  bool is_its_turn = false;
  {
    const std::lock_guard lock(mutex_);
    is_its_turn = !is_stopped_ && working_ < limits_.working;
    if (is_its_turn) ++working_;
    if (!is_its_turn && !is_stopped_ && try_to_wait(job)) return;
  }
  if (is_its_turn) {
    work(std::move(job));
  } else {
    job(nullptr);
  }
}

// With the lock. False, and `job` is as it was: too many wait, or there is no thread to watch them.
bool Turns::try_to_wait(Job& job) {
  if (waiters_.size() >= limits_.waiting) return false;
  if (!watching_.joinable()) {
    try {
      watching_ = std::thread([this] { watch(); });
    } catch (const std::system_error&) {
      return false;
    }
  }
  waiters_.push_back({Clock::now() + limits_.patience, std::move(job)});
  if (waiters_.size() == 1) changed_.notify_all();
  return true;
}

Turns::Job Turns::next() {
  const std::lock_guard lock(mutex_);
  if (waiters_.empty()) {
    --working_;
    return nullptr;
  }
  Job job = std::move(waiters_.front().job);
  waiters_.pop_front();
  return job;
}

void Turns::release() {
  const std::lock_guard lock(mutex_);
  --working_;
}

void Turns::work(Job job) {
  while (job) {
    Place place(*this);
    job(&place);
    place.leave();
    job = std::exchange(place.next_, nullptr);
  }
}

void Turns::watch() {
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    if (waiters_.empty()) {
      changed_.wait(lock);
      continue;
    }
    // A copy: who waits may be gone when this thread looks at the time again.
    const Clock::time_point until = waiters_.front().until;
    if (Clock::now() < until) {
      changed_.wait_until(lock, until);
    } else {
      Job job = std::move(waiters_.front().job);
      waiters_.pop_front();
      lock.unlock();
      job(nullptr);
      job = nullptr;
      lock.lock();
    }
  }
}

void Turns::stop() {
  std::deque<Waiter> refused;
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    refused.swap(waiters_);
  }
  changed_.notify_all();
  for (Waiter& waiter : refused) waiter.job(nullptr);
  if (watching_.joinable()) watching_.join();
}

std::size_t Turns::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiters_.size();
}

}  // namespace stet::git
