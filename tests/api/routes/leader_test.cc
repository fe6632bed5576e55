// What servers that do not lead answer.

#include "api/routes/leader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/remote/epoch.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The small site, of a server that follows, or that leads until somebody else does.
class LeaderWorld : public World {
 public:
  explicit LeaderWorld(bool has_leader) {
    leadership_ = *remote::Leadership::open(repository.repository(), state.path(), has_leader);
    backend->leadership = leadership_.get();
  }
  ~LeaderWorld() { backend->leadership = nullptr; }

  // What a look at the leader has told.
  void hear(const std::string& admin_url) {
    remote::LeaderReport report;
    report.url = "https://cms.test/site.git";
    report.admin_url = admin_url;
    report.state = remote::LeaderState::kInStep;
    report.epoch = 1;
    report.behind = 3;
    report.last_look = Instant{clock.now().seconds - 7};
    leadership_->tell(report);
  }
  void replace() { ASSERT_TRUE(storage::raise_epoch(repository.repository(), 2)); }

 private:
  std::unique_ptr<remote::Leadership> leadership_;
};

struct Request {
  const char *method, *target;
};

TEST(Leader, AFollowerSendsWritersToItWhoeverTheyAre) {
  LeaderWorld world(true);
  world.hear("https://cms.test");
  for (const Request& write : {Request{"PATCH", "/api/v1/posts/2020-01-01-first?x=1"},
                               Request{"POST", "/api/v1/commits"},
                               Request{"DELETE", "/api/v1/posts/2020-01-01-first"},
                               Request{"POST", "/api/v1/changes"},
                               Request{"POST", "/api/v1/changes/x/publish"},
                               Request{"POST", "/api/v1/rollback"},
                               Request{"POST", "/api/v1/webhooks"},
                               Request{"POST", "/api/v1/remote/sync"}}) {
    for (const char* token : {"", "Bearer of-the-leader"}) {
      const Told told = world.admin({.method = write.method,
                                     .target = write.target,
                                     .body = "{}",
                                     .headers = {{"Authorization", token}}});
      EXPECT_EQ(told.status, 307) << write.method << " " << write.target << told.body;
      EXPECT_EQ(told.header("Location"), std::string("https://cms.test") + write.target);
    }
  }
  EXPECT_EQ(world.commits(), LeaderWorld(false).commits()) << "nothing was written";
}

TEST(Leader, AFollowerAnswersReadsAndWhatConcernsItselfAlone) {
  LeaderWorld world(true);
  world.hear("https://cms.test");
  EXPECT_EQ(world.api({.target = kFirst}).status, 200);
  EXPECT_EQ(world.api({.target = "/status"}).status, 200);
  EXPECT_THAT(world.page("/"), Not(HasSubstr("problem")));
  world.person("jo", auth::Role::kEditor);
  EXPECT_EQ(world
                .admin({.method = "POST",
                        .target = "/api/v1/session",
                        .body = R"({"login": "jo", "password": "correct horse battery"})",
                        .headers = {{"Content-Type", "application/json"}}})
                .status,
            201);
  EXPECT_LT(world.api({.method = "POST", .target = "/previews", .body = R"({"of": 1})"}).status,
            300)
      << "to look is no write";
}

TEST(Leader, WhoseAddressIsNotKnownIsNamedInWordsAndNothingIsWritten) {
  LeaderWorld world(true);
  world.hear("");
  const Told told = world.patch(kFirst, R"({"body": "x"})");
  EXPECT_EQ(told.status, 503);
  EXPECT_EQ(told.json()["type"], "/docs/errors#read-only");
  EXPECT_THAT(told.body, HasSubstr("follows another"));
}

TEST(Leader, ThatWasReplacedTakesNoWritesAndSaysSo) {
  LeaderWorld world(false);
  const std::string before = world.head();
  ASSERT_EQ(world.patch(kFirst, R"({"body": "x"})").status, 200);
  const std::string written = world.head();
  EXPECT_NE(written, before);
  EXPECT_EQ(world.admin({.target = "/ready"}).json()["status"], "ready");
  world.replace();
  const Told told = world.patch(kFirst, R"({"body": "y"})");
  EXPECT_EQ(told.status, 503) << told.body;
  EXPECT_THAT(told.body, HasSubstr("since epoch 2"));
  EXPECT_EQ(world.head(), written);
  const Told ready = world.admin({.target = "/ready"});
  EXPECT_EQ(ready.status, 200) << "readers are welcome";
  EXPECT_EQ(ready.json()["status"], "read-only");
  const Json status = world.api({.target = "/status"}).json()["leadership"];
  EXPECT_EQ(status["role"], "leads") << "as it was made, until it begins anew";
  EXPECT_EQ(status["epoch"], 2);
  EXPECT_EQ(status["term"], 1);
  EXPECT_THAT(status["refusal"].get<std::string>(), HasSubstr("takes no writes any more"));
  EXPECT_EQ(status["leader"], nullptr);
}

TEST(Leader, HowFarAFollowerIsBehindItIsInStatusAndMetrics) {
  LeaderWorld world(true);
  world.hear("https://cms.test");
  const Json status = world.api({.target = "/status"}).json()["leadership"];
  EXPECT_EQ(status["role"], "follows");
  EXPECT_EQ(status["leader"]["state"], "in_step");
  EXPECT_EQ(status["leader"]["behind"], 3);
  EXPECT_EQ(status["leader"]["admin_url"], "https://cms.test");
  const std::string metrics = world.api({.target = "/metrics"}).body;
  for (const char* line : {"\nstet_role{role=\"follows\"} 1\n",
                           "\nstet_role{role=\"leads\"} 0\n",
                           "\nstet_epoch 1\n",
                           "\nstet_read_only 1\n",
                           "\nstet_leader_behind 3\n",
                           "\nstet_leader_seconds_since_look 7\n"}) {
    EXPECT_THAT(metrics, HasSubstr(line));
  }
}

}  // namespace
}  // namespace stet::api
