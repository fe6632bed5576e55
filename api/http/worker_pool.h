// Threads for what waits: commits, disks, child processes. A bounded queue in front.
//
// Threads: submit() from any; stop() from one.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stet::http {

class WorkerPool {
 public:
  // Jobs must not throw.
  using Job = std::function<void()>;

  WorkerPool(unsigned threads, std::size_t queue_max);
  ~WorkerPool();  // stop()

  // False, and the job is not run: the queue is full, or the pool has stopped.
  bool submit(Job job);

  // Waits for the jobs that run; those that have not begun are dropped.
  void stop();

 private:
  void work();

  const std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::deque<Job> queue_;
  bool is_stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace stet::http
