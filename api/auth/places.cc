#include "api/auth/places.h"

#include <algorithm>

namespace stet::auth {

Places::Place::Place(Places& places) : places_(places) {
  std::unique_lock lock(places_.mutex_);
  if (places_.running_ >= places_.running_max_) {
    if (places_.waiting_ >= places_.waiting_max_) return;
    ++places_.waiting_;
    places_.is_free_.wait(lock, [&] { return places_.running_ < places_.running_max_; });
    --places_.waiting_;
  }
  ++places_.running_;
  places_.running_most_ = std::max(places_.running_most_, places_.running_);
  is_taken_ = true;
}

Places::Place::~Place() {
  if (!is_taken_) return;
  {
    std::lock_guard lock(places_.mutex_);
    --places_.running_;
  }
  places_.is_free_.notify_one();
}

unsigned Places::running_most() const {
  std::lock_guard lock(mutex_);
  return running_most_;
}

}  // namespace stet::auth
