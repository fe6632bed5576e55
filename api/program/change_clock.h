// Publishes changes at their times.
//
// One thread, from construction to destruction, which sleeps until the next one is due; it looks
// again every two seconds, for times are set by pushes too. What fell due while no server ran is
// published by the first look.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "api/routes/change_work.h"

namespace stet::program {

class ChangeClock {
 public:
  // Both must outlive it. While it may not work, nothing is published, nor noted.
  ChangeClock(api::ChangeWork& work, const Clock& clock, std::function<bool()> may_work);
  ~ChangeClock();

 private:
  void run();

  api::ChangeWork& work_;
  const Clock& clock_;
  const std::function<bool()> may_work_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::program
