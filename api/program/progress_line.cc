#include "api/program/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <system_error>

namespace stet::program {
namespace {

using std::chrono::milliseconds;

// Between two looks: as often as eyes can follow; and as seldom as a log bears.
constexpr milliseconds kOnTerminal{200}, kInLog{10'000};
constexpr std::size_t kWidthMax = 79;  // a longer line would be two, and stay

void print(std::string_view line) {
  // Whole, so that it lies between the lines of others.
  std::cerr << std::string(line) + "\n" << std::flush;
}

std::function<void(std::string_view)> lines_unless_terminal() {
  if (::isatty(STDERR_FILENO) == 1) return {};
  return print;
}

}  // namespace

ProgressLine::ProgressLine(std::shared_ptr<Progress> progress)
    : ProgressLine(std::move(progress), lines_unless_terminal()) {}

ProgressLine::ProgressLine(std::shared_ptr<Progress> progress,
                           std::function<void(std::string_view)> say)
    : progress_(std::move(progress)), say_(std::move(say)), pause_(say_ ? kInLog : kOnTerminal) {
  try {
    thread_ = std::thread([this] { work(); });
  } catch (const std::system_error&) {  // the machine gives no threads: then nothing is shown
  }
}

ProgressLine::~ProgressLine() {
  {
    std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (width_ > 0) std::cerr << "\r" + std::string(width_, ' ') + "\r" << std::flush;
}

void ProgressLine::work() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, pause_, [this] { return is_over_; })) {
    if (auto step = progress_->now()) show(*step);
  }
}

void ProgressLine::show(const Progress::Step& step) {
  std::string line = to_string(step);
  if (say_) return say_(line);
  if (line.size() > kWidthMax) line.resize(kWidthMax);
  const std::size_t width = line.size();
  line.resize(std::max(width, width_), ' ');
  width_ = width;
  std::cerr << "\r" + line << std::flush;
}

}  // namespace stet::program
