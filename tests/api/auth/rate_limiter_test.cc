// How much one caller may ask for in a minute.

#include "api/auth/rate_limiter.h"

#include <gtest/gtest.h>

namespace stet::auth {
namespace {

using Kind = RateLimiter::Kind;

class RateLimiterTest : public testing::Test {
 protected:
  // How many of so many are let through.
  int passed(RateLimiter& limiter, int count, Kind kind, const std::string& caller = "one") {
    int passed = 0;
    for (int i = 0; i < count; ++i) passed += limiter.take(caller, kind) == 0;
    return passed;
  }
  ManualClock clock_{Instant{1000}};
};

TEST_F(RateLimiterTest, AMinutesWorthMayComeAtOnceAndThenAsTheMinuteGoesOn) {
  RateLimiter limiter({.requests = 60, .writes = 0}, clock_);
  EXPECT_EQ(passed(limiter, 100, Kind::kRead), 60);
  EXPECT_EQ(limiter.take("one", Kind::kRead), 1) << "seconds to wait";
  clock_.advance_seconds(10);
  EXPECT_EQ(passed(limiter, 100, Kind::kRead), 10);
  clock_.advance_seconds(3600);
  EXPECT_EQ(passed(limiter, 100, Kind::kRead), 60) << "no more than a minute's worth is saved up";
  EXPECT_EQ(limiter.refused(), 40u + 1 + 90 + 40);
}

TEST_F(RateLimiterTest, WritesHaveARateOfTheirOwnAndAreRequestsToo) {
  RateLimiter limiter({.requests = 20, .writes = 6}, clock_);
  EXPECT_EQ(passed(limiter, 10, Kind::kWrite), 6);
  EXPECT_EQ(limiter.take("one", Kind::kWrite), 10);
  EXPECT_EQ(passed(limiter, 20, Kind::kRead), 14) << "what was refused is not counted";
}

TEST_F(RateLimiterTest, OneCallerTakesNobodyElsesTurn) {
  RateLimiter limiter({.requests = 5, .writes = 5}, clock_);
  EXPECT_EQ(passed(limiter, 10, Kind::kWrite), 5);
  EXPECT_EQ(passed(limiter, 10, Kind::kWrite, "other"), 5);
}

TEST_F(RateLimiterTest, WithoutRatesThereIsNoLimitAndNewOnesHoldAtOnce) {
  RateLimiter limiter({}, clock_);
  EXPECT_EQ(passed(limiter, 1000, Kind::kWrite), 1000);
  limiter.set({.requests = 3, .writes = 0});
  EXPECT_EQ(passed(limiter, 10, Kind::kWrite), 3);
  limiter.set({.requests = 4, .writes = 0});
  EXPECT_EQ(passed(limiter, 10, Kind::kRead), 4);
}

TEST_F(RateLimiterTest, SoManyCallersAreRememberedAndThoseWhoAskStayKnown) {
  RateLimiter limiter({.requests = 2, .writes = 0}, clock_);
  for (std::size_t i = 0; i < RateLimiter::kCallersMax; ++i) {
    ASSERT_EQ(limiter.take(std::to_string(i), Kind::kRead), 0);
  }
  clock_.advance_seconds(1);
  EXPECT_EQ(passed(limiter, 5, Kind::kRead, "9999"), 1);
  EXPECT_EQ(passed(limiter, 5, Kind::kRead, "new"), 2);
  EXPECT_EQ(passed(limiter, 5, Kind::kRead, "9999"), 0);
}

}  // namespace
}  // namespace stet::auth
