#include "api/routes/slow_writes.h"

#include <algorithm>

namespace stet::api {
namespace {

bool is_slower(const SlowWrite& one, const SlowWrite& other) { return one.took_ns > other.took_ns; }

}  // namespace

void SlowWrites::keep(SlowWrite write) {
  std::lock_guard lock(mutex_);
  std::erase_if(kept_,
                [&](const SlowWrite& one) { return one.at.seconds < write.at.seconds - kSeconds; });
  if (kept_.size() == kKept && !is_slower(write, kept_.back())) return;
  kept_.insert(std::upper_bound(kept_.begin(), kept_.end(), write, is_slower), std::move(write));
  if (kept_.size() > kKept) kept_.pop_back();
}

std::vector<SlowWrite> SlowWrites::list(Instant now) const {
  std::lock_guard lock(mutex_);
  std::vector<SlowWrite> slow = kept_;
  std::erase_if(slow,
                [&](const SlowWrite& one) { return one.at.seconds < now.seconds - kSeconds; });
  return slow;
}

}  // namespace stet::api
