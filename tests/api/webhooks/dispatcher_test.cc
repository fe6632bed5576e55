// Deliveries over real sockets: from commits to a receiver on loopback, round by round.

#include "api/webhooks/dispatcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/webhooks/retries.h"
#include "tests/api/routes/world.h"
#include "tests/api/webhooks/receiver.h"

namespace stet::webhooks {
namespace {

using api::Json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::int64_t kDay = 86'400;

class Webhooks : public testing::Test {
 protected:
  // Its id; the secret is kept.
  std::string add(const std::string& path = "/", Json more = Json::object()) {
    more["url"] = receiver_.url(path);
    api::Told told = world_.api({.method = "POST", .target = "/webhooks", .body = more.dump()});
    EXPECT_EQ(told.status, 201) << told.body;
    secret_ = told.json()["secret"];
    return told.json()["id"];
  }

  // A commit that changes the page, published.
  void edit(const std::string& title) {
    world_.repository.commit({{"about.md", "---\ntitle: " + title + "\n---\nText.\n"}});
    publish();
  }
  void publish() { ASSERT_TRUE(world_.pipeline->publish_head("main")); }

  // Until there is nothing to do now.
  void settle() {
    for (int quiet = 0; quiet < 2;) {
      std::size_t calls = receiver_.calls().size();
      quiet = world_.webhooks->round(20) == 0 && receiver_.calls().size() == calls ? quiet + 1 : 0;
    }
  }

  void patch(const std::string& id, const std::string& json) {
    EXPECT_EQ(world_.api({.method = "PATCH", .target = "/webhooks/" + id, .body = json}).status,
              200);
  }
  Json endpoint(const std::string& id) { return world_.api({.target = "/webhooks/" + id}).json(); }
  Json deliveries(const std::string& id, const std::string& query = "") {
    return world_.api({.target = "/webhooks/" + id + "/deliveries" + query}).json()["items"];
  }

  Receiver receiver_;
  api::World world_;
  std::string secret_;
};

TEST_F(Webhooks, TellWhatCommitsDidAndThatItIsLive) {
  add();
  settle();
  EXPECT_THAT(receiver_.told(), IsEmpty());
  edit("Us");
  settle();
  EXPECT_THAT(receiver_.told(), ElementsAre("entry.updated pages about", "site.published"));
  Called entry = receiver_.calls()[0], site = receiver_.calls()[1];
  EXPECT_EQ(entry.id, world_.head() + "-0");
  EXPECT_EQ(entry.timestamp, std::to_string(world_.clock.now().seconds));
  EXPECT_TRUE(is_signed(entry, secret_));
  EXPECT_TRUE(is_signed(site, secret_));
  EXPECT_FALSE(is_signed(entry, "whsec_" + std::string(32, 'A')));
  EXPECT_EQ(entry.headers.find("Content-Type"), "application/json");
  EXPECT_EQ(entry.headers.find("User-Agent"), "stet/test");
  EXPECT_EQ(entry.json()["data"]["url"], "/about/");
  Json data = site.json()["data"];
  EXPECT_EQ(data["commit"], world_.head());
  EXPECT_EQ(data["previous"]["number"], 1);
  EXPECT_EQ(data["changed_urls"], Json::array({"/about/"}));
}

TEST_F(Webhooks, FoldStatesThatWereOvertakenIntoTheNewestAndNameThem) {
  add("/", {{"types", {"site.published"}}});
  settle();
  std::vector<std::string> commits;
  for (const char* title : {"One", "Two", "Three"}) {
    edit(title);
    commits.push_back(world_.head());
  }
  settle();
  ASSERT_THAT(receiver_.told(), ElementsAre("site.published"));
  Json data = receiver_.calls()[0].json()["data"];
  EXPECT_EQ(data["commit"], commits[2]);
  EXPECT_EQ(data["previous"]["number"], 1);
  EXPECT_EQ(data["overtaken"]["count"], 2);
  ASSERT_EQ(data["overtaken"]["publications"].size(), 2u);
  EXPECT_EQ(data["overtaken"]["publications"][0]["number"], 2);
  EXPECT_EQ(data["overtaken"]["publications"][0]["commit"], commits[0]);
  EXPECT_EQ(data["overtaken"]["publications"][1]["commit"], commits[1]);
  receiver_.forget();
  edit("Four");
  settle();
  data = receiver_.calls().at(0).json()["data"];
  EXPECT_EQ(data["overtaken"]["count"], 0);
  EXPECT_EQ(data["overtaken"]["publications"], Json::array());
}

TEST_F(Webhooks, TellOnlyWhatIsAskedFor) {
  add("/a", {{"types", {"entry.created"}}, {"resources", {"posts"}}});
  add("/b", {{"types", {"site.*"}}});
  world_.repository.commit({{"new.md", "---\n---\n"},
                            {"_posts/2021-01-01-x.md", "---\ntitle: X\n---\n"},
                            {"about.md", "---\n---\n"}});
  publish();
  settle();
  std::vector<std::string> told;
  for (const Called& call : receiver_.calls()) told.push_back(call.path + " " + call.what());
  EXPECT_THAT(
      told,
      ::testing::UnorderedElementsAre("/a entry.created posts 2021-01-01-x", "/b site.published"));
}

// The commit is there, and nobody was told when the process ended.
TEST_F(Webhooks, TellAfterARestartWhatWasCommittedBefore) {
  add();
  edit("One");
  world_.repository.commit({{"index.html", "---\ntitle: Two\n---\n"}});
  world_.restart();
  settle();
  EXPECT_THAT(receiver_.told(), ElementsAre("entry.updated pages about", "site.published"));
  receiver_.forget();
  publish();
  settle();
  EXPECT_THAT(receiver_.told(), ElementsAre("entry.updated pages index", "site.published"));
}

// The call was made, and its answer was never noted.
TEST_F(Webhooks, CallAgainWithTheSameIdAfterARestartInTheMidstOfACall) {
  add();
  edit("One");
  receiver_.hold("/");
  while (receiver_.calls().empty()) world_.webhooks->round(10);
  receiver_.hold("");
  world_.restart();
  settle();
  auto calls = receiver_.calls();
  ASSERT_EQ(calls.size(), 3u);
  EXPECT_EQ(calls[0].id, calls[1].id);
  EXPECT_EQ(calls[0].body, calls[1].body);
  EXPECT_EQ(calls[2].what(), "site.published");
}

TEST_F(Webhooks, HoldTheirOrderWhileTheFirstFails) {
  std::string id = add("/", {{"types", {"entry.*"}}});
  edit("One");
  edit("Two");
  receiver_.answer({500, 302, 429});
  settle();
  EXPECT_EQ(receiver_.calls().size(), 1u);
  EXPECT_FALSE(endpoint(id)["failing_since"].is_null());
  world_.clock.advance_seconds(4);
  settle();
  EXPECT_EQ(receiver_.calls().size(), 1u) << "before its time";
  world_.clock.advance_seconds(2);
  settle();
  world_.clock.advance_seconds(330);
  settle();
  // 429 asked for 90 seconds; the schedule has half an hour.
  world_.clock.advance_seconds(1980);
  settle();
  auto calls = receiver_.calls();
  ASSERT_EQ(calls.size(), 5u);
  for (int i = 1; i < 4; ++i) EXPECT_EQ(calls[i].id, calls[0].id);
  EXPECT_NE(calls[1].timestamp, calls[0].timestamp);
  EXPECT_TRUE(is_signed(calls[3], secret_));
  EXPECT_NE(calls[4].id, calls[0].id);
  EXPECT_TRUE(endpoint(id)["failing_since"].is_null());
  Json first = deliveries(id)[1];
  EXPECT_EQ(first["state"], "delivered");
  EXPECT_EQ(first["attempts"], 4);
  Json log = world_
                 .api({.target = "/webhooks/" + id + "/deliveries/" +
                                 std::to_string(first["number"].get<int>())})
                 .json();
  EXPECT_EQ(log["webhook_id"], calls[0].id);
  EXPECT_EQ(log["body"], calls[0].json());
  ASSERT_EQ(log["log"].size(), 4u);
  EXPECT_EQ(log["log"][0]["status"], 500);
  EXPECT_EQ(log["log"][0]["answer"], "an answer");
  EXPECT_EQ(log["log"][1]["status"], 302);
  EXPECT_EQ(log["log"][3]["status"], 204);
}

TEST_F(Webhooks, OneThatDoesNotAnswerHoldsUpNoOther) {
  receiver_.hold("/slow");
  add("/slow", {{"types", {"entry.*"}}});
  add("/quick", {{"types", {"entry.*"}}});
  edit("One");
  edit("Two");
  auto quick = [&] {
    int calls = 0;
    for (const Called& call : receiver_.calls()) calls += call.path == "/quick";
    return calls;
  };
  while (quick() < 2) world_.webhooks->round(10);
  EXPECT_EQ(receiver_.calls().size(), 3u);
}

TEST_F(Webhooks, AnAnswerOf410SwitchesOff) {
  std::string id = add();
  receiver_.answer({410});
  edit("One");
  settle();
  edit("Two");
  settle();
  EXPECT_EQ(receiver_.calls().size(), 1u);
  EXPECT_EQ(endpoint(id)["is_active"], false);
  EXPECT_THAT(endpoint(id)["disabled"].get<std::string>(), HasSubstr("410"));
  receiver_.forget();
  patch(id, R"({"is_active": true})");
  EXPECT_TRUE(endpoint(id)["disabled"].is_null());
  settle();
  EXPECT_THAT(receiver_.told(),
              ElementsAre("entry.updated pages about",
                          "site.published",
                          "entry.updated pages about",
                          "site.published"));
}

TEST_F(Webhooks, DaysOfFailureSwitchOffAndWhatWaitsIsToldLater) {
  std::string id = add("/", {{"types", {"entry.*"}}});
  receiver_.answer(std::vector<int>(100, 503));
  edit("One");
  edit("Two");
  for (int hour = 0; hour < 6 * 24 && endpoint(id)["is_active"] == true; ++hour) {
    settle();
    world_.clock.advance_seconds(3600);
  }
  EXPECT_EQ(endpoint(id)["is_active"], false);
  EXPECT_THAT(endpoint(id)["disabled"].get<std::string>(), HasSubstr("nothing was taken since"));
  std::string second = world_.head();
  edit("Three");
  receiver_.answer({});
  receiver_.forget();
  patch(id, R"({"is_active": true})");
  settle();
  auto calls = receiver_.calls();
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].id, second + "-0");
  EXPECT_EQ(calls[1].id, world_.head() + "-0");
}

TEST_F(Webhooks, ADeliveryThatIsGivenUpLetsTheNextOneGo) {
  std::string id = add("/", {{"types", {"entry.*"}}});
  receiver_.answer(std::vector<int>(kAttemptsMax, 400));
  edit("One");
  edit("Two");
  for (int hours = 0; hours < 4 * 24; ++hours) {
    settle();
    world_.clock.advance_seconds(3600);
  }
  Json failed = deliveries(id, "?state=failed");
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0]["attempts"], kAttemptsMax);
  EXPECT_EQ(receiver_.calls().size(), kAttemptsMax + 1u);
  EXPECT_EQ(deliveries(id, "?state=delivered").size(), 1u);
  EXPECT_EQ(endpoint(id)["is_active"], true);
}

TEST_F(Webhooks, SignWithBothSecretsWhileOneReplacesTheOther) {
  std::string id = add("/", {{"types", {"entry.*"}}});
  std::string old = secret_;
  api::Told told = world_.api({.method = "POST",
                               .target = "/webhooks/" + id + "/secret",
                               .body = R"({"grace_seconds": 3600})"});
  ASSERT_EQ(told.status, 200) << told.body;
  std::string fresh = told.json()["secret"];
  EXPECT_NE(fresh, old);
  edit("One");
  settle();
  world_.clock.advance_seconds(3601);
  edit("Two");
  settle();
  auto calls = receiver_.calls();
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_TRUE(is_signed(calls[0], fresh) && is_signed(calls[0], old));
  EXPECT_TRUE(is_signed(calls[1], fresh) && !is_signed(calls[1], old));
}

TEST_F(Webhooks, SayThatHistoryWasRewrittenAndGoOnFromWhereItParts) {
  add("/", {{"types", {"entry.*"}}});
  std::string start = world_.head();
  edit("One");
  settle();
  std::string left = world_.head();
  receiver_.forget();
  world_.repository.git({"update-ref", "refs/heads/main", start});
  world_.repository.commit({{"new.md", "---\n---\n"}});
  publish();
  settle();
  EXPECT_THAT(receiver_.told(), ElementsAre("events.skipped", "entry.created pages new"));
  Json data = receiver_.calls()[0].json()["data"];
  EXPECT_EQ(data["reason"], "rewritten");
  EXPECT_EQ(data["since"], left);
  EXPECT_EQ(data["base"], start);
}

TEST_F(Webhooks, TellARollbackAndItsEnd) {
  add("/", {{"types", {"site.rollback"}}});
  edit("One");
  settle();
  ASSERT_EQ(world_.api({.method = "POST", .target = "/rollback", .body = R"({"to": 1})"}).status,
            200);
  settle();
  ASSERT_EQ(world_.api({.method = "DELETE", .target = "/rollback"}).status, 200);
  settle();
  ASSERT_THAT(receiver_.told(), ElementsAre("site.rollback", "site.rollback"));
  EXPECT_EQ(receiver_.calls()[0].json()["data"]["rollback"]["number"], 1);
  EXPECT_TRUE(receiver_.calls()[1].json()["data"]["rollback"].is_null());
  EXPECT_NE(receiver_.calls()[0].id, receiver_.calls()[1].id);
}

TEST_F(Webhooks, BringALargeCommitBitByBit) {
  std::string id = add("/", {{"types", {"entry.*"}}});
  storage::TestRepository::Files files;
  for (int i = 100; i < 350; ++i) files["f" + std::to_string(i) + ".md"] = "---\n---\n";
  world_.repository.commit(files);
  publish();
  EXPECT_LE(world_.webhook_store->waiting_of(id).value_or(-1), 100);
  settle();
  auto calls = receiver_.calls();
  ASSERT_EQ(calls.size(), 250u);
  for (std::size_t i = 0; i < calls.size(); ++i) {
    EXPECT_EQ(calls[i].id, world_.head() + "-" + std::to_string(i));
  }
}

TEST_F(Webhooks, LogsAreForgottenAfterAWhile) {
  std::string id = add();
  edit("One");
  settle();
  EXPECT_EQ(deliveries(id).size(), 2u);
  world_.clock.advance_seconds(31 * kDay);
  settle();
  EXPECT_EQ(deliveries(id).size(), 0u);
}

}  // namespace
}  // namespace stet::webhooks
