#include "api/hooks/head_follower.h"

namespace stet::hooks {

HeadFollower::HeadFollower(std::string branch,
                           pipeline::Pipeline& pipeline,
                           RemoteSync* remote,
                           Note note)
    : branch_(std::move(branch)),
      pipeline_(pipeline),
      remote_(remote),
      note_(std::move(note)),
      thread_([this] { work(); }) {}

HeadFollower::~HeadFollower() { stop(); }

void HeadFollower::wake(bool is_remote) {
  std::lock_guard lock(mutex_);
  is_wanted_ = true;
  is_remote_wanted_ = is_remote_wanted_ || is_remote;
  changed_.notify_all();
}

Status HeadFollower::follow() {
  std::unique_lock lock(mutex_);
  if (is_stopped_) return unavailable("the server is stopping");
  is_wanted_ = true;
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
    if (is_stopped_) return;
    bool is_remote = is_remote_wanted_;
    is_wanted_ = is_remote_wanted_ = false;
    ++begun_;
    lock.unlock();
    Status status = run(is_remote);
    if (!status && note_) note_(status.error().message);
    lock.lock();
    last_ = std::move(status);
    ++done_;
    changed_.notify_all();
  }
}

// What was fetched is published; where nothing could be fetched, what is here is all the same.
Status HeadFollower::run(bool is_remote) {
  Status fetched;
  if (is_remote && remote_) fetched = remote_->fetch();
  auto published = pipeline_.publish_head(branch_);
  if (!published) return std::move(published).error().within("publish " + branch_);
  if (!fetched) return std::move(fetched).error().within("fetch");
  return {};
}

}  // namespace stet::hooks
