#include "cms/pipeline/for_all.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace stet::pipeline {
namespace {

constexpr std::size_t kCallsPerThreadMin = 4;

// Threads that wait for the next turn.
class Crew {
 public:
  explicit Crew(std::size_t size) : size_(size) {}
  ~Crew() {
    {
      std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  // `run` by the caller and by each of the crew, which are all back when this returns.
  void run(const std::function<void()>& run) {
    {
      std::lock_guard lock(mutex_);
      gather();
      run_ = &run;
      busy_ = threads_.size();
      ++turn_;
    }
    changed_.notify_all();
    run();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return busy_ == 0; });
  }

 private:
  void gather() {
    try {
      while (threads_.size() < size_) threads_.emplace_back([this, seen = turn_] { serve(seen); });
    } catch (const std::system_error&) {  // the machine gives no more: those that there are do it
    }
  }

  void serve(std::size_t seen) {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return is_over_ || turn_ != seen; });
      if (is_over_) return;
      seen = turn_;
      lock.unlock();
      (*run_)();
      lock.lock();
      if (--busy_ == 0) changed_.notify_all();
    }
  }

  const std::size_t size_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void()>* run_ = nullptr;
  std::size_t turn_ = 0;
  std::size_t busy_ = 0;
  bool is_over_ = false;
};

void share(Crew& crew, std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  crew.run([&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  });
}

}  // namespace

ForAll for_all_with(unsigned helpers) {
  return [helpers](std::size_t count, const std::function<void(std::size_t)>& work) {
    Crew crew(std::min<std::size_t>(helpers, count / kCallsPerThreadMin));
    share(crew, count, work);
  };
}

ForAll for_all_with_staying(unsigned helpers) {
  return [crew = std::make_shared<Crew>(helpers)](std::size_t count,
                                                  const std::function<void(std::size_t)>& work) {
    if (count >= kCallsPerThreadMin) return share(*crew, count, work);
    for (std::size_t i = 0; i < count; ++i) work(i);
  };
}

}  // namespace stet::pipeline
