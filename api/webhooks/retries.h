// When a delivery that failed is tried again: the schedule that Standard Webhooks recommends.
//
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <optional>

#include "storage/base/random.h"

namespace stet::webhooks {

// Attempts of one delivery: at once, and after each of the pauses.
inline constexpr std::int64_t kAttemptsMax = 10;

// Milliseconds to wait after so many failed attempts; none: there is no further one. The pauses are
// 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each a tenth more or less by chance, so
// that those who failed together do not come back together. What the receiver asks for
// (Retry-After) is waited for where it is longer, up to a day.
std::optional<std::int64_t> pause_ms(std::int64_t failed_attempts,
                                     std::optional<std::int64_t> retry_after_seconds,
                                     RandomSource& random);

}  // namespace stet::webhooks
