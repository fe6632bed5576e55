// What happens to unpublished work, told at least once: whoever did it, and wherever the server
// ended.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/time.h"
#include "storage/sqlite/reviews.h"
#include "tests/api/routes/change_world.h"
#include "tests/api/webhooks/receiver.h"

namespace stet::webhooks {
namespace {

using api::Json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kFirst[] = "/posts/2020-01-01-first";

class ChangeEvents : public testing::Test {
 protected:
  ChangeEvents() { hook_ = add("/"); }

  std::string add(const std::string& path) {
    Json hook = {{"url", receiver_.url(path)}, {"types", Json::array({"change.*"})}};
    api::Told told = world_.post("/webhooks", hook);
    EXPECT_EQ(told.status, 201) << told.body;
    return told.json()["id"];
  }

  void settle() {
    for (int quiet = 0; quiet < 2;) {
      std::size_t calls = receiver_.calls().size();
      quiet = world_.webhooks->round(20) == 0 && receiver_.calls().size() == calls ? quiet + 1 : 0;
    }
  }

  // The types that have come, and forgets them.
  std::vector<std::string> told() {
    settle();
    std::vector<std::string> types;
    for (const Called& called : receiver_.calls()) {
      types.push_back(called.json()["type"]);
      last_ = called;
    }
    receiver_.forget();
    return types;
  }

  Receiver receiver_;
  api::ChangeWorld world_;
  std::string hook_;
  Called last_;
};

TEST_F(ChangeEvents, AreOneForEachActWithWhoDidIt) {
  std::string al = world_.token_of(world_.person("al", auth::Role::kEditor));
  std::string id = world_.begin("Spring", al), path = "/changes/" + id;
  EXPECT_THAT(told(), ElementsAre("change.created"));
  EXPECT_EQ(last_.json()["data"]["by"], "al");
  EXPECT_EQ(last_.json()["data"]["change"]["title"], "Spring");
  ASSERT_EQ(world_.edit(id, kFirst, {{"title", "Spring"}}, al).status, 200);
  ASSERT_EQ(world_.edit(id, kFirst, {{"title", "Summer"}}, al).status, 200);
  EXPECT_THAT(told(), ElementsAre("change.updated", "change.updated"));
  EXPECT_EQ(
      last_.id,
      "change-" + id + "-" + std::string(world_.change(id)["head"]).substr(0, 12) + "-updated");
  ASSERT_EQ(world_.post(path + "/comments", {{"body", "Hm."}}).status, 201);
  ASSERT_EQ(world_.post(path + "/reviews", {{"verdict", "approve"}}).status, 201);
  EXPECT_THAT(told(), ElementsAre("change.commented", "change.reviewed"));
  EXPECT_EQ(last_.json()["data"]["review"]["verdict"], "approve");
  ASSERT_EQ(world_.post(path + "/withdraw").status, 200);
  ASSERT_EQ(world_.post(path + "/reopen").status, 200);
  EXPECT_THAT(told(), ElementsAre("change.withdrawn", "change.updated"));
  ASSERT_EQ(world_.post(path + "/publish", Json::object()).status, 200);
  EXPECT_THAT(told(), ElementsAre("change.published"));
  EXPECT_EQ(last_.json()["data"]["commit"], world_.head());
  world_.change_work->round();
  world_.restart();
  world_.change_work->round();
  EXPECT_THAT(told(), IsEmpty());
}

// The process ends after each act and before anybody was told: the acts are made beneath the API.
TEST_F(ChangeEvents, OfAProcessThatWasKilledAreToldByTheNext) {
  changes::Changes* all = world_.backend->changes;
  world_.person("al", auth::Role::kEditor);
  changes::Hand hand{.signature = {"Al", "al@example.org", {world_.clock.now().seconds}},
                     .trailers = {{"Stet-User", "al"}}};
  all->set_listener(nullptr);
  auto record =
      all->begin({.title = "Spring", .description = "", .base = *all->served_head(), .hand = hand});
  ASSERT_TRUE(record);
  std::string id = (*record)->id;
  ASSERT_TRUE(world_.edit(id, kFirst, {{"title", "Spring"}}).status == 200);
  storage::CommentRow comment;
  comment.change = id;
  comment.commit = (*record)->head.hex();
  comment.user = "bo";
  ASSERT_TRUE(world_.backend->reviews->add_comment(comment, 10));
  changes::Note note{.verb = changes::Verb::kSchedule,
                     .title = {},
                     .description = {},
                     .publish_at = Instant{world_.clock.now().seconds + 60}};
  ASSERT_TRUE(all->note(id, note, hand));
  EXPECT_THAT(told(), IsEmpty());
  world_.restart();
  world_.change_work->round();
  EXPECT_THAT(
      told(),
      ElementsAre("change.created", "change.updated", "change.scheduled", "change.commented"));
  EXPECT_EQ(last_.json()["data"]["by"], "bo");
  world_.restart();
  world_.change_work->round();
  EXPECT_THAT(told(), IsEmpty());
  world_.clock.advance_seconds(60);
  world_.change_work->round();
  EXPECT_THAT(told(), ElementsAre("change.published"));
  EXPECT_EQ(last_.json()["data"]["by"], "al");
}

TEST_F(ChangeEvents, ADismissedReviewIsToldOnce) {
  std::string id = world_.begin("Spring");
  ASSERT_EQ(world_.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  std::string bo = world_.token_of(world_.person("bo", auth::Role::kEditor));
  api::Told given =
      world_.post_as(bo, "/changes/" + id + "/reviews", {{"verdict", "ask"}, {"body", "Shorter."}});
  ASSERT_EQ(given.status, 201) << given.body;
  told();
  std::string review = std::to_string(given.json()["number"].get<int>());
  auto dismiss = [&] {
    return world_.api({.method = "DELETE", .target = "/changes/" + id + "/reviews/" + review})
        .status;
  };
  ASSERT_EQ(dismiss(), 200);
  EXPECT_THAT(told(), ElementsAre("change.review_dismissed"));
  EXPECT_EQ(last_.json()["data"]["review"]["number"], given.json()["number"]);
  EXPECT_EQ(last_.json()["data"]["review"]["dismissed_by"], last_.json()["data"]["by"]);
  EXPECT_EQ(dismiss(), 200);
  world_.restart();
  world_.change_work->round();
  EXPECT_THAT(told(), IsEmpty());
  // One whom nobody told before the server ended.
  api::Told again =
      world_.post_as(bo, "/changes/" + id + "/reviews", {{"verdict", "ask"}, {"body", "Shorter."}});
  ASSERT_EQ(again.status, 201) << again.body;
  told();
  ASSERT_TRUE(world_.backend->reviews->dismiss_review(id, again.json()["number"], "bo"));
  world_.restart();
  world_.change_work->round();
  EXPECT_THAT(told(), ElementsAre("change.review_dismissed"));
}

TEST_F(ChangeEvents, OfPushesAreOneAPush) {
  world_.repository.git({"branch", "change/pushed", "main"});
  world_.repository.commit({{"about.md", "---\ntitle: Us\n---\n"}}, {}, "change/pushed");
  world_.change_work->round();
  EXPECT_THAT(told(), ElementsAre("change.created"));
  EXPECT_EQ(last_.json()["data"]["by"], "");
  world_.repository.commit({{"about.md", "---\ntitle: We\n---\n"}}, {}, "change/pushed");
  world_.repository.commit({{"about.md", "---\ntitle: All\n---\n"}}, {}, "change/pushed");
  world_.change_work->round();
  EXPECT_THAT(told(), ElementsAre("change.updated"));
  EXPECT_EQ(last_.json()["data"]["change"]["head"], world_.change("pushed")["head"]);
  // Forced to where nobody was.
  world_.repository.git({"update-ref", "refs/heads/change/pushed", "refs/heads/main"});
  world_.repository.commit({{"about.md", "---\ntitle: You\n---\n"}}, {}, "change/pushed");
  world_.change_work->round();
  EXPECT_THAT(told(), ElementsAre("change.updated"));
  world_.repository.git({"update-ref", "-d", "refs/heads/change/pushed"});
  world_.change_work->round();
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(ChangeEvents, WaitForAnEndpointThatIsSwitchedOff) {
  std::string other = add("/other");
  auto set_active = [&](bool is_active) {
    Json body = {{"is_active", is_active}};
    ASSERT_EQ(
        world_.api({.method = "PATCH", .target = "/webhooks/" + other, .body = body.dump()}).status,
        200);
  };
  set_active(false);
  std::string id = world_.begin("Spring");
  EXPECT_THAT(told(), ElementsAre("change.created"));
  set_active(true);
  EXPECT_THAT(told(), ElementsAre("change.created"));
  EXPECT_EQ(last_.path, "/other");
  // Who comes later is told what happens from then on.
  add("/late");
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(ChangeEvents, OfAPublicationWaitUntilItIsLive) {
  std::string id = world_.begin("Spring");
  ASSERT_EQ(world_.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  told();
  auto record = world_.backend->changes->find(id);
  changes::LandRequest request{.id = id,
                               .head = std::nullopt,
                               .hand = {.signature = world_.change_work->branches().committer()},
                               .message = ""};
  ASSERT_TRUE(changes::publish(*world_.backend->changes, *world_.committer, request));
  world_.change_work->round();
  EXPECT_THAT(told(), IsEmpty());
  ASSERT_TRUE(world_.pipeline->publish_head("main"));
  world_.change_work->round();
  EXPECT_THAT(told(), ElementsAre("change.published"));
}

TEST_F(ChangeEvents, ThatOneIsBlockedIsToldOnceForEachReason) {
  std::string id = world_.begin("Spring");
  ASSERT_EQ(world_.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  std::string at = iso_instant({world_.clock.now().seconds + 60});
  ASSERT_EQ(world_.post("/changes/" + id + "/publish", {{"at", at}}).status, 202);
  ASSERT_EQ(world_.edit("", kFirst, {{"title", "Summer"}}).status, 200);
  told();
  world_.clock.advance_seconds(60);
  world_.change_work->round();
  EXPECT_THAT(told(), ElementsAre("change.blocked"));
  EXPECT_THAT(std::string(last_.json()["data"]["reason"]), StartsWith("a conflict"));
  ASSERT_EQ(world_.edit("", "/pages/about", {{"title", "Us"}}).status, 200);
  world_.change_work->round();
  world_.restart();
  world_.change_work->round();
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_EQ(world_.change(id)["state"], "blocked");
}

}  // namespace
}  // namespace stet::webhooks
