#include "api/webhooks/retries.h"

#include <algorithm>
#include <array>

namespace stet::webhooks {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 3600, kDay = 86'400;
constexpr std::array<std::int64_t, kAttemptsMax - 1> kPauses = {5,
                                                                5 * kMinute,
                                                                30 * kMinute,
                                                                2 * kHour,
                                                                5 * kHour,
                                                                10 * kHour,
                                                                14 * kHour,
                                                                20 * kHour,
                                                                24 * kHour};

// From nine tenths to eleven.
std::int64_t with_jitter(std::int64_t ms, RandomSource& random) {
  std::array<std::uint8_t, 2> bytes;
  random.fill(bytes);
  std::int64_t chance = bytes[0] * 256 + bytes[1];  // of 65,536
  return ms * 9 / 10 + ms / 5 * chance / 65'535;
}

}  // namespace

std::optional<std::int64_t> pause_ms(std::int64_t failed_attempts,
                                     std::optional<std::int64_t> retry_after_seconds,
                                     RandomSource& random) {
  if (failed_attempts < 1 || failed_attempts >= kAttemptsMax) return std::nullopt;
  std::int64_t pause =
      with_jitter(kPauses[static_cast<std::size_t>(failed_attempts - 1)] * 1000, random);
  std::int64_t asked = std::clamp<std::int64_t>(retry_after_seconds.value_or(0), 0, kDay) * 1000;
  return std::max(pause, asked);
}

}  // namespace stet::webhooks
