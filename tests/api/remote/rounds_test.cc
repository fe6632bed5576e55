#include "api/remote/rounds.h"

#include <gtest/gtest.h>

#include <atomic>

#include "storage/base/random.h"

namespace stet::remote {
namespace {

// Nothing is due by itself after the first round.
constexpr RetryTimes kWhenHeard{.poll = 0, .pause = 0};

template <typename Is>
void wait_until(Is is) {
  while (!is()) std::this_thread::yield();
}

TEST(Rounds, BeginAtOnceAndAgainWhenSomebodySaysSo) {
  SystemClock clock;
  SystemRandom random;
  std::atomic<int> done = 0, ended = 0;
  Rounds rounds(
      clock,
      random,
      kWhenHeard,
      [&] {
        ++done;
        return Status();
      },
      [&](std::optional<Instant> next) {
        EXPECT_FALSE(next);
        ++ended;
      });
  EXPECT_EQ(done, 0) << "not before it is started";
  rounds.start();
  wait_until([&] { return ended == 1; });
  rounds.hear();
  wait_until([&] { return ended == 2; });
  rounds.stop();
  rounds.hear();
  EXPECT_EQ(done, 2);
}

TEST(Rounds, AreTriedAgainAfterAFailureAndWhereTheRoundItselfSaysSo) {
  SystemClock clock;
  SystemRandom random;
  RetryTimes times = kWhenHeard;
  times.first_retry = 1'000'000;
  std::atomic<int> done = 0;
  Rounds* all = nullptr;
  Rounds rounds(
      clock,
      random,
      times,
      [&] {
        const int number = ++done;
        if (number == 2) all->hear();
        return number == 1 ? Status(unavailable("not yet")) : Status();
      },
      [](std::optional<Instant>) {});
  all = &rounds;
  rounds.start();
  wait_until([&] { return done == 3; });
  rounds.stop();
  EXPECT_EQ(done, 3);
}

}  // namespace
}  // namespace stet::remote
