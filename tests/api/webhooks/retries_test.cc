#include "api/webhooks/retries.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace stet::webhooks {
namespace {

// Always the same byte.
class FixedRandom final : public RandomSource {
 public:
  explicit FixedRandom(std::uint8_t byte) : byte_(byte) {}
  void fill(std::span<std::uint8_t> bytes) override {
    std::fill(bytes.begin(), bytes.end(), byte_);
  }

 private:
  std::uint8_t byte_;
};

TEST(Retries, FollowTheScheduleATenthMoreOrLess) {
  FixedRandom least(0), most(255);
  constexpr std::int64_t kSeconds[] = {5, 300, 1800, 7200, 18'000, 36'000, 50'400, 72'000, 86'400};
  std::int64_t failed = 0;
  for (std::int64_t seconds : kSeconds) {
    ++failed;
    EXPECT_EQ(pause_ms(failed, std::nullopt, least), seconds * 900) << failed;
    EXPECT_EQ(pause_ms(failed, std::nullopt, most), seconds * 1100) << failed;
  }
  EXPECT_EQ(failed + 1, kAttemptsMax);
  EXPECT_EQ(pause_ms(kAttemptsMax, std::nullopt, least), std::nullopt);
  EXPECT_EQ(pause_ms(0, std::nullopt, least), std::nullopt);
}

TEST(Retries, WaitForWhatTheReceiverAsksForUpToADay) {
  FixedRandom random(0);
  EXPECT_EQ(pause_ms(1, 60, random), 60'000);
  EXPECT_EQ(pause_ms(1, 1, random), 4'500);
  EXPECT_EQ(pause_ms(1, -5, random), 4'500);
  EXPECT_EQ(pause_ms(1, 1'000'000'000, random), 86'400'000);
}

}  // namespace
}  // namespace stet::webhooks
