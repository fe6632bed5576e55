#include "api/targets/target_follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/api/targets/target_world.h"

namespace stet::targets {
namespace {

using remote::RetryTimes;

// Holds each round until it is let go.
class GatedTarget final : public Target {
 public:
  std::string place() const override { return "there"; }
  Status apply(Work& work) override {
    std::unique_lock lock(mutex_);
    ++rounds_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return is_open_ || work.is_over(); });
    if (failures_left_ > 0) {
      --failures_left_;
      return unavailable("it is away");
    }
    for (const auto* phase : {&work.plan.assets, &work.plan.pages, &work.plan.deletions}) {
      if (auto noted = work.confirm(*phase); !noted) return noted;
    }
    commits_.push_back(work.live.commit.hex());
    return {};
  }
  void stop() override {
    std::lock_guard lock(mutex_);
    changed_.notify_all();
  }

  void set_open(bool is_open) {
    std::lock_guard lock(mutex_);
    is_open_ = is_open;
    changed_.notify_all();
  }
  void fail(int times) {
    std::lock_guard lock(mutex_);
    failures_left_ = times;
  }
  void wait_for_round(int number) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(
        changed_.wait_for(lock, std::chrono::seconds(20), [&] { return rounds_ >= number; }));
  }
  std::vector<std::string> commits() {
    std::lock_guard lock(mutex_);
    return commits_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = true;
  int rounds_ = 0, failures_left_ = 0;
  std::vector<std::string> commits_;
};

class TargetFollowerTest : public testing::Test {
 protected:
  void publish(Files files) {
    auto live = std::make_shared<publish::Live>(world_.live(files));
    std::lock_guard lock(mutex_);
    live_ = std::move(live);
  }
  void publish(publish::Live live) {
    std::lock_guard lock(mutex_);
    live_ = std::make_shared<publish::Live>(std::move(live));
  }
  std::string commit() {
    std::lock_guard lock(mutex_);
    return live_->commit.hex();
  }
  void start(std::int64_t patience_ns = 0) {
    follower_.emplace(
        TargetFollower::Parts{.name = "one",
                              .kind = "test",
                              .target = target_,
                              .state = *world_.state,
                              .store = *world_.store,
                              .clock = clock_,
                              .random = random_,
                              .live =
                                  [this] {
                                    std::lock_guard lock(mutex_);
                                    return live_;
                                  },
                              .note = [this](auto note) { notes_.emplace_back(note); },
                              .patience_ns = patience_ns},
        RetryTimes{.poll = 0, .first_retry = 1'000'000, .retry_max = 4'000'000, .pause = 1});
  }
  template <typename Is>
  void wait_until(Is is) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!is(follower_->report()) && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    }
    EXPECT_TRUE(is(follower_->report())) << follower_->report().error;
  }

  TargetWorld world_;
  SystemClock clock_;
  CountingRandom random_;
  std::mutex mutex_;
  publish::LivePointer live_;
  GatedTarget target_;
  std::vector<std::string> notes_;  // of the follower's thread, until it is stopped
  std::optional<TargetFollower> follower_;
};

TEST_F(TargetFollowerTest, OfPublicationsThatComeWhileItWorksOnlyTheLastCounts) {
  target_.set_open(false);
  publish({{"index.html", "1"}});
  const std::string first = commit();
  start();
  target_.wait_for_round(1);
  const auto step = follower_->report().step;
  ASSERT_TRUE(step);
  EXPECT_EQ(to_string(*step), "publishing to one: 0 of 1");
  for (const char* text : {"2", "3", "4"}) {
    publish({{"index.html", text}});
    follower_->wake();
  }
  target_.set_open(true);
  wait_until([&](const TargetReport& report) { return report.commit == commit(); });
  EXPECT_EQ(target_.commits(), (std::vector{first, commit()}));
  EXPECT_EQ(follower_->report().written, 2u);
  EXPECT_EQ(follower_->report().files, 1u);
  EXPECT_EQ(follower_->report().behind, 0u);
  EXPECT_FALSE(follower_->report().step);
}

TEST_F(TargetFollowerTest, TriesAgainWhatHasFailedAndSaysSoOnce) {
  target_.fail(3);
  publish({{"index.html", "1"}});
  start();
  wait_until([](const TargetReport& report) { return report.succeeded.has_value(); });
  TargetReport report = follower_->report();
  EXPECT_EQ(report.failures, 3u);
  EXPECT_EQ(report.error, "");
  EXPECT_TRUE(report.failed);
  follower_->stop();
  EXPECT_EQ(notes_,
            (std::vector<std::string>{"target one: it is away", "target one: it works again"}));
}

TEST_F(TargetFollowerTest, WaitsForStalePagesButNotForEver) {
  publish::Live live = world_.live({{"a.html", "a"}});
  live.manifest = live.manifest.with(std::vector{publish::stale("b.html")});
  publish(live);
  start(3600 * RetryTimes::kSecond);
  follower_->wake();
  EXPECT_EQ(follower_->report().rounds, 0u);
  publish({{"a.html", "a"}, {"b.html", "b"}});
  follower_->wake();
  wait_until([](const TargetReport& report) { return report.files == 2; });
  // It is asked for: with what is there.
  live = world_.live({{"a.html", "new"}});
  live.manifest = live.manifest.with(std::vector{publish::stale("b.html")});
  publish(live);
  follower_->run_now();
  wait_until([](const TargetReport& report) { return report.rounds == 2; });
  EXPECT_EQ(follower_->report().behind, 1u);
}

TEST_F(TargetFollowerTest, StopsInTheMidstOfARound) {
  target_.set_open(false);
  publish({{"index.html", "1"}});
  start();
  target_.wait_for_round(1);
  follower_->stop();
  EXPECT_FALSE(follower_->report().is_working);
}

}  // namespace
}  // namespace stet::targets
