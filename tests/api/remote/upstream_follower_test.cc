#include "api/remote/upstream_follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <condition_variable>
#include <functional>

#include "storage/base/descriptor.h"
#include "tests/storage/git/test_repository.h"

namespace stet::remote {
namespace {

using ::testing::HasSubstr;

class Following {
 public:
  explicit Following(std::string url = "") {
    theirs.commit({{"a.md", "one"}});
    ours.git({"fetch", "-q", theirs.path().string(), "refs/heads/main:refs/heads/main"});
    upstream = *storage::Upstream::open(
        {.repository = ours.path(), .url = url.empty() ? theirs.path().string() : url});
    committer = *storage::Committer::open(ours.repository(), {}, clock);
    sync = std::make_unique<UpstreamSync>(
        UpstreamSync::Parts{
            ours.repository(), *committer, *upstream, clock, [this] { ++moved; }, nullptr},
        SyncOptions{});
  }
  // `pause` between rounds, in nanoseconds.
  void start(std::int64_t pause) {
    follower =
        std::make_unique<UpstreamFollower>(UpstreamFollower::Parts{*upstream, *sync, clock, random},
                                           RetryTimes{.poll = 0, .pause = pause},
                                           [this](const RemoteReport& report) {
                                             std::lock_guard lock(mutex);
                                             told.push_back(report);
                                             changed.notify_all();
                                           });
  }
  void wait_until(const std::function<bool(const RemoteReport&)>& is_it) {
    std::unique_lock lock(mutex);
    bool has_come = changed.wait_for(
        lock, std::chrono::minutes(1), [&] { return !told.empty() && is_it(told.back()); });
    ASSERT_TRUE(has_come) << (told.empty() ? "nothing was told" : told.back().last_error);
  }

  storage::TestRepository ours, theirs;
  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<storage::Upstream> upstream;
  std::unique_ptr<storage::Committer> committer;
  std::unique_ptr<UpstreamSync> sync;
  std::atomic<int> moved{0};
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<RemoteReport> told;
  std::unique_ptr<UpstreamFollower> follower;
};

TEST(UpstreamFollower, TakesWhenItHearsAndGivesWhatIsOffered) {
  Following following;
  following.start(1'000'000);
  following.wait_until([](const auto& report) { return report.state == RemoteState::kInStep; });
  CommitId theirs = following.theirs.commit({{"b.md", "theirs"}});
  following.follower->hear();
  following.wait_until([&](const auto& report) { return report.upstream == theirs; });
  EXPECT_EQ(following.moved, 1);
  CommitId ours = following.ours.commit({{"c.md", "ours"}});
  following.follower->offer();
  following.wait_until([&](const auto& report) { return report.upstream == ours; });
  EXPECT_EQ(following.theirs.repository().head_of("main").value(), ours);
}

TEST(UpstreamFollower, AHundredDeliveriesCostTwoRounds) {
  Following following;
  following.start(RetryTimes().pause);
  following.wait_until([](const auto& report) { return report.state == RemoteState::kInStep; });
  std::uint64_t before = following.follower->report().counts.rounds;
  CommitId theirs = following.theirs.commit({{"b.md", "theirs"}});
  for (int i = 0; i < 100; ++i) following.follower->hear();
  following.wait_until([&](const auto& report) { return report.upstream == theirs; });
  EXPECT_LE(following.follower->report().counts.rounds, before + 2);
}

TEST(UpstreamFollower, SaysWhatFailedAndWhenItTriesAgain) {
  Following following("/nowhere/at/all.git");
  following.start(1'000'000);
  following.wait_until([](const auto& report) { return report.state == RemoteState::kFailing; });
  RemoteReport report = following.follower->report();
  EXPECT_THAT(report.last_error, HasSubstr("/nowhere/at/all.git"));
  ASSERT_TRUE(report.next_try);
  EXPECT_GE(*report.next_try, *report.failing_since);
}

// A port that takes connections and never says a word.
class SilentPort {
 public:
  SilentPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    bool is_open = ::bind(socket_.get(), any, size) == 0 && ::listen(socket_.get(), 8) == 0 &&
                   ::getsockname(socket_.get(), any, &size) == 0;
    EXPECT_TRUE(is_open);
    port_ = ntohs(address.sin_port);
  }
  std::string url() const { return "git://127.0.0.1:" + std::to_string(port_) + "/site.git"; }
  void wait_for_somebody() const {
    pollfd waiting{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    EXPECT_EQ(::poll(&waiting, 1, -1), 1);
  }

 private:
  Descriptor socket_;
  std::uint16_t port_ = 0;
};

TEST(UpstreamFollower, StopsInTheMiddleOfARound) {
  SilentPort port;
  Following following(port.url());
  following.start(1'000'000);
  port.wait_for_somebody();
  following.follower->stop();
  EXPECT_EQ(following.follower->report().counts.rounds, 1u);
  EXPECT_EQ(following.follower->report().last_error, "") << "that is no failure";
}

}  // namespace
}  // namespace stet::remote
