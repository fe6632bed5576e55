#include "storage/base/clock.h"

#include <chrono>

namespace stet {

Instant SystemClock::now() const {
  using std::chrono::system_clock;
  return {std::chrono::floor<std::chrono::seconds>(system_clock::now()).time_since_epoch().count()};
}

std::int64_t SystemClock::monotonic_ns() const {
  using std::chrono::steady_clock;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace stet
