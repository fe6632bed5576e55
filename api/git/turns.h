// Whose turn it is: so many work at a time, the others wait in the order in which they came.
//
// Who waits is a value and no thread: the thread whose work ends does the next one's. Threads:
// every method from any thread; one of its own, from the first one who waits until stop(), sees to
// it that nobody waits for longer than is promised. Limits: TurnLimits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace stet::git {

struct TurnLimits {
  unsigned working = 4;
  std::size_t waiting = 64;
  std::chrono::milliseconds patience{30'000};  // of those who wait
};

class Turns {
 public:
  // A place among those who work, until leave() or the end of the job.
  class Place {
   public:
    void leave();

   private:
    friend class Turns;
    explicit Place(Turns& turns) : turns_(turns) {}
    ~Place();

    Turns& turns_;
    bool is_left_ = false;
    std::function<void(Place*)> next_;  // has the place now, and this thread when the job is done
  };

  // Called once: with a place when it is its turn; with null when its turn does not come, for too
  // many wait, or it has waited for too long, or all has stopped. Must not throw; should it, the
  // place is free again.
  using Job = std::function<void(Place*)>;

  explicit Turns(TurnLimits limits) : limits_(limits) {}
  ~Turns() { stop(); }

  // Returns when the job waits, or is done, and with it those whose turn came after it.
  void come(Job job);

  // Nobody's turn comes any more; those who work go on.
  void stop();

  std::size_t waiting() const;

 private:
  struct Waiter {
    std::chrono::steady_clock::time_point until;
    Job job;
  };
  bool try_to_wait(Job& job);
  Job next();  // null: nobody waits, and the place is free
  void release();
  void work(Job job);
  void watch();

  const TurnLimits limits_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiter> waiters_;
  unsigned working_ = 0;
  bool is_stopped_ = false;
  std::thread watching_;
};

}  // namespace stet::git
