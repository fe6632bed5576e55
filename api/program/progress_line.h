// Shows people how far long work is: on a terminal as a line that changes, elsewhere (a log, a
// script's output) as a line now and then. Nothing is said of what is over soon.
//
// Threads: made and ended by one; a thread of its own looks at the progress meanwhile. Ends with
// the line taken back, so that what is written next begins at the left.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "storage/base/progress.h"

namespace stet::program {

class ProgressLine {
 public:
  // On standard error.
  explicit ProgressLine(std::shared_ptr<Progress> progress = std::make_shared<Progress>());
  // By `say`, which gets whole lines, seldom.
  ProgressLine(std::shared_ptr<Progress> progress, std::function<void(std::string_view)> say);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  const std::shared_ptr<Progress>& progress() const { return progress_; }

 private:
  void work();
  void show(const Progress::Step& step);

  const std::shared_ptr<Progress> progress_;
  const std::function<void(std::string_view)> say_;  // empty: a terminal
  const std::chrono::milliseconds pause_;
  std::size_t width_ = 0;  // of what stands on the terminal
  std::mutex mutex_;
  std::condition_variable ended_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace stet::program
