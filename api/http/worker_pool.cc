#include "api/http/worker_pool.h"

#include <system_error>
#include <utility>

namespace stet::http {
namespace {

thread_local WorkerPool* pool_of_this_thread = nullptr;

}  // namespace

WorkerPool::Waiting::Waiting() : pool_(pool_of_this_thread) {
  if (!pool_) return;
  const std::lock_guard lock(pool_->mutex_);
  --pool_->running_;
  pool_->begin_some();
}

WorkerPool::Waiting::~Waiting() {
  if (!pool_) return;
  const std::lock_guard lock(pool_->mutex_);
  ++pool_->running_;
}

WorkerPool::WorkerPool(const Limits& limits) : limits_(limits) {}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::submit(Job job) {
  const std::lock_guard lock(mutex_);
  if (is_stopped_ || queue_.size() >= limits_.queue) return false;
  if (workers_.empty() && !make_worker()) return false;
  queue_.push_back(std::move(job));
  begin_some();
  return true;
}

// With the lock.
void WorkerPool::begin_some() {
  while (!is_stopped_ && may_begin()) {
    if (idle_.empty() && !make_worker()) return;
    Worker& worker = *idle_.back();
    idle_.pop_back();
    worker.job = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    worker.wanted.notify_one();
  }
}

// With the lock; false where there are enough, or the machine gives no more.
bool WorkerPool::make_worker() {
  if (workers_.size() >= limits_.threads) return false;
  Worker& worker = workers_.emplace_back();
  try {
    worker.thread = std::thread([this, &worker] { work(worker); });
  } catch (const std::system_error&) {
    workers_.pop_back();
    return false;
  }
  idle_.push_back(&worker);
  return true;
}

void WorkerPool::stop() {
  std::deque<Job> dropped;  // destroyed without the lock: their owners may answer as they go
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    dropped.swap(queue_);
    for (Worker& worker : workers_) worker.wanted.notify_one();
  }
  dropped.clear();
  for (Worker& worker : workers_) {  // none is made any more
    if (worker.thread.joinable()) worker.thread.join();
  }
}

std::size_t WorkerPool::threads() const {
  const std::lock_guard lock(mutex_);
  return workers_.size();
}

void WorkerPool::work(Worker& worker) {
  pool_of_this_thread = this;
  std::unique_lock lock(mutex_);
  for (;;) {
    worker.wanted.wait(lock, [&] { return is_stopped_ || worker.job; });
    if (!worker.job) return;
    while (worker.job) {
      Job job = std::exchange(worker.job, nullptr);
      lock.unlock();
      job();
      job = nullptr;
      lock.lock();
      --running_;
      if (is_stopped_ || !may_begin()) break;
      worker.job = std::move(queue_.front());
      queue_.pop_front();
      ++running_;
    }
    idle_.push_back(&worker);
  }
}

}  // namespace stet::http
