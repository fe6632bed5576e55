// The handshake between `stet hook post-receive` and the running server, over real sockets.

#include "api/hooks/local_hook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "api/hooks/incoming.h"
#include "tests/api/routes/world.h"

namespace stet::hooks {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

TEST(LocalHook, AnInvitationIsForItsOwnerAlone) {
  storage::TemporaryFolder folder;
  ASSERT_TRUE(write_invitation(folder.path(), {"http://127.0.0.1:1/hooks/local", "s"}));
  ASSERT_TRUE(write_invitation(folder.path(), {"http://127.0.0.1:2/hooks/local", "t"}));
  struct stat found;
  ASSERT_EQ(::stat((folder.path() / kInvitationFile).c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  auto invitation = read_invitation(folder.path());
  ASSERT_TRUE(invitation);
  EXPECT_EQ(invitation->url, "http://127.0.0.1:2/hooks/local");
  EXPECT_EQ(invitation->secret, "t");
  ASSERT_TRUE(remove_invitation(folder.path()));
  ASSERT_TRUE(remove_invitation(folder.path()));
  EXPECT_EQ(read_invitation(folder.path()).error().code, ErrorCode::kNotFound);
}

TEST(LocalHook, SecretsAreLongAndNeverTheSame) {
  SystemRandom random;
  std::string one = make_local_secret(random), other = make_local_secret(random);
  EXPECT_EQ(one.size(), 64u);
  EXPECT_NE(one, other);
}

TEST(LocalHook, APushIsLiveWhenTheHookReturns) {
  api::World world;
  HeadFollower follower(
      "main", {*world.pipeline, world.repository.repository(), world.clock}, nullptr);
  IncomingHooks hooks(
      {.local_secret = "secret"}, follower, [] {}, *world.ledger, world.clock);
  api::AdminSite admin(
      *world.backend,
      {{"/hooks/", [&](const http::Request& request) { return hooks.answer(request); }}});
  SystemClock clock;
  auto server = http::Server::start({}, admin, clock, nullptr);
  ASSERT_TRUE(server);
  std::string url = "http://127.0.0.1:" + std::to_string((*server)->port()) + "/hooks/local";
  storage::TemporaryFolder state;
  ASSERT_TRUE(write_invitation(state.path(), {url, "secret"}));
  world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  Status told = announce_push(state.path(), 10s);
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_THAT(world.page("/about/"), HasSubstr("Pushed."));

  ASSERT_TRUE(write_invitation(state.path(), {url, "wrong"}));
  Status refused = announce_push(state.path(), 10s);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("403"));

  (*server)->stop();
  Status alone = announce_push(state.path(), 10s);
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error().code, ErrorCode::kNotFound);
}

TEST(LocalHook, OddInvitationsAreRefused) {
  storage::TemporaryFolder state;
  EXPECT_EQ(announce_push(state.path(), 1s).error().code, ErrorCode::kNotFound);
  for (const char* url : {"",
                          "https://127.0.0.1:1/x",
                          "http://localhost:1/x",
                          "http://127.0.0.1/x",
                          "http://127.0.0.1:99999/x",
                          "http://127.0.0.1:1"}) {
    ASSERT_TRUE(write_invitation(state.path(), {url, "s"}));
    Status status = announce_push(state.path(), 1s);
    ASSERT_FALSE(status) << url;
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidInput) << url;
  }
}

}  // namespace
}  // namespace stet::hooks
