// Threads for what waits: commits, disks, child processes. A bounded queue in front.
//
// So many jobs run at once, beside those that have said that they wait for somebody (Waiting): as
// many writers as come can so be one group of commits, though a few threads do all the reading.
// Threads are made when they are wanted, and whoever was busy last is asked first: memory that a
// thread keeps for itself is kept by few.
//
// Threads: submit() from any; stop() from one.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace stet::http {

class WorkerPool {
 public:
  // Jobs must not throw.
  using Job = std::function<void()>;

  struct Limits {
    unsigned running = 8;     // jobs at once that do not wait
    unsigned threads = 8;     // with those that do
    std::size_t queue = 256;  // jobs that have not begun
  };

  // As long as it lives, the job that made it does nothing but wait for another thread or process,
  // and another job may run instead. Nothing outside of a job.
  class Waiting {
   public:
    Waiting();
    ~Waiting();
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

   private:
    WorkerPool* const pool_;
  };

  explicit WorkerPool(const Limits& limits);
  ~WorkerPool();  // stop()

  // False, and the job is not run: the queue is full, the pool has stopped, or the machine gives no
  // thread.
  bool submit(Job job);

  // Waits for the jobs that run; those that have not begun are dropped.
  void stop();

  std::size_t threads() const;  // that were made so far

 private:
  struct Worker {
    std::condition_variable wanted;
    Job job;  // handed to it
    std::thread thread;
  };

  bool may_begin() const { return !queue_.empty() && running_ < limits_.running; }
  void begin_some();
  bool make_worker();
  void work(Worker& worker);

  const Limits limits_;
  mutable std::mutex mutex_;
  std::deque<Job> queue_;
  std::list<Worker> workers_;
  std::vector<Worker*> idle_;  // the last one was busy last
  unsigned running_ = 0;       // may be above the limit, when those that waited go on
  bool is_stopped_ = false;
};

}  // namespace stet::http
