#include "api/hooks/head_follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "tests/api/routes/world.h"

namespace stet::hooks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(HeadFollower, ABurstOfCallsCostsTwoRuns) {
  std::promise<void> begun, gate;
  std::atomic<bool> is_first{true};
  api::World world;
  HeadFollower follower("never",
                        {*world.pipeline, world.repository.repository(), world.clock},
                        [&](std::string_view) {
                          if (!is_first.exchange(false)) return;
                          begun.set_value();
                          gate.get_future().wait();
                        });
  follower.wake();
  begun.get_future().wait();  // the first run is busy telling
  for (int i = 0; i < 50; ++i) follower.wake();
  std::thread waiting([&] { EXPECT_FALSE(follower.follow()); });
  gate.set_value();
  waiting.join();
  EXPECT_LE(follower.runs(), 3u);  // that of follow() may have been one more
}

// Stands still, but for its third look: that a run has begun and ended makes two.
class LongRunClock : public Clock {
 public:
  Instant now() const override { return {}; }
  std::int64_t monotonic_ns() const override { return ++looks_ < 3 ? 0 : kHourNs; }

  static constexpr std::int64_t kHourNs = std::int64_t{3600} * 1'000'000'000;

 private:
  mutable std::atomic<int> looks_{0};
};

TEST(HeadFollower, RestsAfterALongRunUnlessSomebodyWaits) {
  api::World world;
  LongRunClock clock;
  HeadFollower follower("main",
                        {*world.pipeline, world.repository.repository(), clock},
                        nullptr,
                        {.rest_ns_max = LongRunClock::kHourNs});
  ASSERT_TRUE(follower.follow());
  for (int i = 0; i < 20; ++i) {
    follower.wake();
    std::this_thread::yield();
  }
  EXPECT_EQ(follower.runs(), 1u);
  world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  ASSERT_TRUE(follower.follow());
  EXPECT_EQ(follower.runs(), 2u);
  EXPECT_THAT(world.page("/about/"), HasSubstr("Pushed."));
}

TEST(HeadFollower, FollowsAPushAndAForcedOneBack) {
  api::World world;
  HeadFollower follower(
      "main", {*world.pipeline, world.repository.repository(), world.clock}, nullptr);
  std::string before = world.head();
  world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  ASSERT_TRUE(follower.follow());
  EXPECT_THAT(world.page("/about/"), HasSubstr("Pushed."));
  world.repository.git({"update-ref", "refs/heads/main", before});
  ASSERT_TRUE(follower.follow());
  EXPECT_THAT(world.page("/about/"), HasSubstr("About us."));
}

TEST(HeadFollower, WhatFailsIsToldOnceAndSoIsItsEnd) {
  api::World world;
  std::vector<std::string> notes;
  HeadFollower follower("later",
                        {*world.pipeline, world.repository.repository(), world.clock},
                        [&](std::string_view note) { notes.emplace_back(note); });
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(follower.follow());
  EXPECT_THAT(follower.trouble(), HasSubstr("later"));
  world.repository.git({"branch", "later", "main"});
  ASSERT_TRUE(follower.follow());
  EXPECT_EQ(follower.trouble(), "");
  ASSERT_TRUE(follower.follow());
  follower.stop();
  EXPECT_THAT(notes, ElementsAre(HasSubstr("no branch"), "later is published again"));
}

TEST(HeadFollower, ThoseWhoWaitAreToldThatItStops) {
  api::World world;
  HeadFollower follower(
      "main", {*world.pipeline, world.repository.repository(), world.clock}, nullptr);
  follower.stop();
  Status status = follower.follow();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kUnavailable);
}

TEST(HeadFollower, ABranchThatIsGoneIsAnError) {
  api::World world;
  HeadFollower follower(
      "never", {*world.pipeline, world.repository.repository(), world.clock}, nullptr);
  Status status = follower.follow();
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("never"));
}

}  // namespace
}  // namespace stet::hooks
