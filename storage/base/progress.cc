#include "storage/base/progress.h"

#include <utility>

namespace stet {

void Progress::begin(std::string what, std::uint64_t total) {
  std::lock_guard lock(mutex_);
  step_ = Step{std::move(what), 0, total};
  done_ = 0;
}

void Progress::end() {
  std::lock_guard lock(mutex_);
  step_.reset();
}

std::optional<Progress::Step> Progress::now() const {
  std::lock_guard lock(mutex_);
  if (!step_) return std::nullopt;
  Step step = *step_;
  step.done = done_;
  return step;
}

std::string to_string(const Progress::Step& step) {
  if (step.total == 0 && step.done == 0) return step.what;
  std::string text = step.what + ": " + std::to_string(step.done);
  return step.total == 0 ? text : text + " of " + std::to_string(step.total);
}

ForAll told(ForAll for_all, std::shared_ptr<Progress> progress, std::string what) {
  if (!progress) return for_all;
  if (!for_all) {
    for_all = [](std::size_t count, const std::function<void(std::size_t)>& work) {
      for (std::size_t i = 0; i < count; ++i) work(i);
    };
  }
  return [for_all = std::move(for_all), progress = std::move(progress), what = std::move(what)](
             std::size_t count, const std::function<void(std::size_t)>& work) {
    if (count < kLongWork) return for_all(count, work);
    progress->begin(what, count);
    for_all(count, [&](std::size_t i) {
      work(i);
      progress->add();
    });
    progress->end();
  };
}

}  // namespace stet
