#include "api/hooks/head_follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "tests/api/routes/world.h"

namespace stet::hooks {
namespace {

using ::testing::HasSubstr;

// Fetches when it is let.
class GatedRemote final : public RemoteSync {
 public:
  Status fetch() override {
    ++fetches;
    begun.set_value();
    gate.get_future().wait();
    return {};
  }
  std::promise<void> begun, gate;
  int fetches = 0;
};

class FailingRemote final : public RemoteSync {
 public:
  Status fetch() override { return unavailable("nobody answers"); }
};

TEST(HeadFollower, ABurstOfCallsCostsTwoRuns) {
  api::World world;
  GatedRemote remote;
  HeadFollower follower("main", *world.pipeline, &remote, nullptr);
  follower.wake(true);
  remote.begun.get_future().wait();  // the first run is busy
  for (int i = 0; i < 50; ++i) follower.wake(false);
  std::thread waiting([&] { EXPECT_TRUE(follower.follow()); });
  remote.gate.set_value();
  waiting.join();
  EXPECT_LE(follower.runs(), 3u);  // that of follow() may have been one more
  EXPECT_EQ(remote.fetches, 1);
}

TEST(HeadFollower, FollowsAPushAndAForcedOneBack) {
  api::World world;
  HeadFollower follower("main", *world.pipeline, nullptr, nullptr);
  std::string before = world.head();
  world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  ASSERT_TRUE(follower.follow());
  EXPECT_THAT(world.page("/about/"), HasSubstr("Pushed."));
  world.repository.git({"update-ref", "refs/heads/main", before});
  ASSERT_TRUE(follower.follow());
  EXPECT_THAT(world.page("/about/"), HasSubstr("About us."));
}

TEST(HeadFollower, WhatFailsIsSaidAndTheHeadIsPublishedAllTheSame) {
  api::World world;
  FailingRemote remote;
  std::promise<std::string> noted;
  HeadFollower follower("main", *world.pipeline, &remote, [&](std::string_view note) {
    noted.set_value(std::string(note));
  });
  world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  follower.wake(true);
  EXPECT_EQ(noted.get_future().get(), "fetch: nobody answers");
  ASSERT_TRUE(follower.follow());
  EXPECT_THAT(world.page("/about/"), HasSubstr("Pushed."));
}

TEST(HeadFollower, ThoseWhoWaitAreToldThatItStops) {
  api::World world;
  HeadFollower follower("main", *world.pipeline, nullptr, nullptr);
  follower.stop();
  Status status = follower.follow();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kUnavailable);
}

TEST(HeadFollower, ABranchThatIsGoneIsAnError) {
  api::World world;
  HeadFollower follower("never", *world.pipeline, nullptr, nullptr);
  Status status = follower.follow();
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("never"));
}

}  // namespace
}  // namespace stet::hooks
