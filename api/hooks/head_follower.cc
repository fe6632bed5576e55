#include "api/hooks/head_follower.h"

#include <algorithm>
#include <chrono>

namespace stet::hooks {

HeadFollower::HeadFollower(std::string branch, Parts parts, Note note, Pace pace)
    : branch_(std::move(branch)),
      parts_(parts),
      note_(std::move(note)),
      pace_(pace),
      thread_([this] { work(); }) {}

HeadFollower::~HeadFollower() { stop(); }

void HeadFollower::wake() {
  std::lock_guard lock(mutex_);
  is_wanted_ = true;
  changed_.notify_all();
}

Status HeadFollower::follow() {
  std::unique_lock lock(mutex_);
  if (is_stopped_) return unavailable("the server is stopping");
  is_wanted_ = is_waited_for_ = true;
  changed_.notify_all();
  // A run that has begun already may have read the head before this call.
  std::uint64_t wanted = begun_ + 1;
  changed_.wait(lock, [&] { return done_ >= wanted || is_stopped_; });
  if (done_ < wanted) return unavailable("the server is stopping");
  return last_;
}

void HeadFollower::stop() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

std::uint64_t HeadFollower::runs() const {
  std::lock_guard lock(mutex_);
  return done_;
}

void HeadFollower::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return is_wanted_ || is_stopped_; });
    rest(lock);
    if (is_stopped_) return;
    is_wanted_ = is_waited_for_ = false;
    ++begun_;
    lock.unlock();
    const std::int64_t begin_ns = parts_.clock.monotonic_ns();
    Status status = run();
    const std::int64_t end_ns = parts_.clock.monotonic_ns();
    tell(status);
    lock.lock();
    rested_at_ns_ = end_ns + std::min((end_ns - begin_ns) * pace_.rests_per_run, pace_.rest_ns_max);
    last_ = std::move(status);
    ++done_;
    changed_.notify_all();
  }
}

// Until the rest is over, or somebody waits.
void HeadFollower::rest(std::unique_lock<std::mutex>& lock) {
  const std::chrono::nanoseconds left(rested_at_ns_ - parts_.clock.monotonic_ns());
  if (left.count() <= 0) return;
  changed_.wait_for(lock, left, [&] { return is_waited_for_ || is_stopped_; });
}

Status HeadFollower::run() {
  auto published = parts_.pipeline.publish_head(branch_);
  if (!published) {
    TRY(parts_.repository.refresh());
    published = parts_.pipeline.publish_head(branch_);
  }
  if (!published) return std::move(published).error().within("publish " + branch_);
  return {};
}

// `last_` is this thread's to write, so it may be read here without the lock.
void HeadFollower::tell(const Status& status) {
  if (!note_) return;
  if (status && !last_) note_(branch_ + " is published again");
  if (!status && (last_ || last_.error().message != status.error().message)) {
    note_(status.error().message);
  }
}

std::string HeadFollower::trouble() const {
  std::lock_guard lock(mutex_);
  return last_ ? "" : last_.error().message;
}

}  // namespace stet::hooks
