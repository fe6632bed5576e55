#include "api/remote/retry_schedule.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace stet::remote {
namespace {

using Ending = RetrySchedule::Ending;
constexpr std::int64_t kSecond = RetryTimes::kSecond;

// Always the same share of what may be waited.
class FixedRandom final : public RandomSource {
 public:
  explicit FixedRandom(std::uint8_t byte) : byte_(byte) {}
  void fill(std::span<std::uint8_t> bytes) override {
    std::fill(bytes.begin(), bytes.end(), byte_);
  }

 private:
  const std::uint8_t byte_;
};

TEST(RetrySchedule, BeginsAtOnceAndGoesOnAtIntervals) {
  FixedRandom random(128);
  RetrySchedule schedule({.poll = 300 * kSecond}, random);
  EXPECT_EQ(schedule.due(), 0);
  schedule.begin(10 * kSecond);
  EXPECT_EQ(schedule.due(), RetrySchedule::kNever);
  schedule.end(11 * kSecond, Ending::kGood);
  EXPECT_NEAR(static_cast<double>(schedule.due() / kSecond), 311, 2);
}

TEST(RetrySchedule, WithoutAnIntervalWaitsToBeAsked) {
  FixedRandom random(0);
  RetrySchedule schedule({.poll = 0}, random);
  schedule.begin(0);
  schedule.end(1, Ending::kGood);
  EXPECT_EQ(schedule.due(), RetrySchedule::kNever);
  schedule.offer();
  EXPECT_LE(schedule.due(), kSecond);
}

TEST(RetrySchedule, WaitsTwiceAsLongAfterEachFailureUpToALimit) {
  for (std::uint8_t byte : {0, 255}) {
    FixedRandom random(byte);
    RetrySchedule schedule({.first_retry = 2 * kSecond, .retry_max = 60 * kSecond}, random);
    std::int64_t now = 0;
    for (std::int64_t most : {2, 4, 8, 16, 32, 60, 60, 60}) {
      schedule.begin(now);
      schedule.end(now, Ending::kFailed);
      EXPECT_GE(schedule.due() - now, most * kSecond / 2);
      EXPECT_LE(schedule.due() - now, most * kSecond);
      now = schedule.due();
    }
    schedule.begin(now);
    schedule.end(now, Ending::kGood);
    EXPECT_EQ(schedule.failures(), 0u);
  }
}

TEST(RetrySchedule, FailsForEverWithoutOverflow) {
  FixedRandom random(255);
  RetrySchedule schedule({}, random);
  std::int64_t now = 0;
  for (int i = 0; i < 1000; ++i) {
    schedule.begin(now);
    schedule.end(now, Ending::kFailed);
    ASSERT_GT(schedule.due(), now);
    ASSERT_LE(schedule.due() - now, RetryTimes().retry_max);
    now = schedule.due();
  }
}

TEST(RetrySchedule, SpreadsWhatComesBackTogether) {
  FixedRandom early(0), late(255);
  RetrySchedule one({}, early), other({}, late);
  for (RetrySchedule* schedule : {&one, &other}) {
    schedule->begin(0);
    schedule->end(0, Ending::kFailed);
  }
  EXPECT_LT(one.due(), other.due());
}

TEST(RetrySchedule, HearsTheOtherSideAtOnceAndMakesOurOwnWaitForTheirTurn) {
  FixedRandom random(0);
  RetrySchedule schedule({}, random);
  schedule.begin(0);
  schedule.end(100, Ending::kFailed);
  std::int64_t retry = schedule.due();
  schedule.offer();
  EXPECT_EQ(schedule.due(), retry);
  schedule.hear();
  EXPECT_EQ(schedule.due(), kSecond);
}

TEST(RetrySchedule, AsksLessOftenWhileSomebodyHasToMerge) {
  FixedRandom random(0);
  RetrySchedule schedule({}, random);
  schedule.begin(0);
  schedule.end(1, Ending::kParked);
  schedule.offer();
  EXPECT_EQ(schedule.due(), 5 * kSecond);
  schedule.hear();
  EXPECT_EQ(schedule.due(), kSecond);
  schedule.begin(10 * kSecond);
  schedule.end(10 * kSecond, Ending::kGood);
  schedule.offer();
  EXPECT_EQ(schedule.due(), 11 * kSecond);
}

TEST(RetrySchedule, ABurstCostsARoundASecond) {
  FixedRandom random(0);
  RetrySchedule schedule({}, random);
  int rounds = 0;
  for (std::int64_t now = 10 * kSecond; now < 12 * kSecond; now += kSecond / 100) {
    schedule.hear();
    if (schedule.due() > now) continue;
    ++rounds;
    schedule.begin(now);
    schedule.hear();
    schedule.end(now + 1, Ending::kGood);
    EXPECT_EQ(schedule.due(), now + kSecond) << "what was heard meanwhile is not forgotten";
  }
  EXPECT_EQ(rounds, 2);
}

}  // namespace
}  // namespace stet::remote
