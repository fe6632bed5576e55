#include "api/remote/retry_schedule.h"

#include <array>

namespace stet::remote {

void RetrySchedule::begin(std::int64_t now) {
  begun_ = now;
  due_ = kNever;
}

// Between half of it and the whole: many servers of one forge shall not come back in step.
std::int64_t RetrySchedule::spread(std::int64_t time) {
  std::array<std::uint8_t, 2> bytes{};
  random_.fill(bytes);
  std::int64_t share = bytes[0] * 256 + bytes[1];
  return time / 2 + time / 2 / 65536 * share;
}

void RetrySchedule::end(std::int64_t now, Ending ending) {
  is_parked_ = ending == Ending::kParked;
  bool is_good = ending != Ending::kFailed;
  failures_ = is_good ? 0 : std::min(failures_ + 1, 40u);
  std::int64_t next = kNever;
  if (is_good && times_.poll > 0) next = now + spread(times_.poll * 4 / 3);
  if (!is_good) {
    std::int64_t doubled = times_.retry_max;
    if (failures_ <= 20) doubled = std::min(doubled, times_.first_retry << (failures_ - 1));
    next = now + spread(doubled);
  }
  due_ = std::min(due_, next);
}

}  // namespace stet::remote
