// Whose word counts for a change, and until when: who opened it, who may publish it now.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/time.h"
#include "tests/api/routes/change_world.h"

namespace stet::api {
namespace {

using auth::Role;
using ::testing::HasSubstr;

storage::TestRepository::Files approved_site(const std::string& approvals = "1") {
  auto files = World::small_site();
  files["_config.yml"] += "stet:\n  review:\n    approvals: " + approvals + "\n";
  return files;
}

struct Someone {
  storage::UserRow row;
  std::string token;
};

class RightsWorld : public ChangeWorld {
 public:
  using ChangeWorld::ChangeWorld;

  Someone someone(const std::string& name, Role role) {
    Someone made{person(name, role), ""};
    made.token = token_of(made.row);
    return made;
  }
  Told put(const Someone& whom, const Json& body) {
    return patch("/users/" + whom.row.id, body.dump());
  }
  Told remove(const std::string& target, const std::string& token) {
    return api(
        {.method = "DELETE", .target = target, .headers = {{"Authorization", "Bearer " + token}}});
  }
};

TEST(WhoEndsAChange, IsWhoOpenedItAndNotWhoMadeOneEdit) {
  RightsWorld world;
  Someone al = world.someone("al", Role::kAuthor), mo = world.someone("mo", Role::kMaintainer);
  std::string id = world.begin("Theme", mo.token), path = "/changes/" + id;
  Told config =
      world.api({.method = "PATCH",
                 .target = "/config?change=" + id,
                 .body = R"({"title": "Other"})",
                 .headers = {{"If-Match", "*"}, {"Authorization", "Bearer " + mo.token}}});
  ASSERT_EQ(config.status, 200) << config.body;
  Told drafted = world.api({.method = "POST",
                            .target = "/drafts?change=" + id,
                            .body = R"({"front_matter": {"title": "Mine", "author": "al"}})",
                            .headers = {{"Authorization", "Bearer " + al.token}}});
  ASSERT_EQ(drafted.status, 201) << drafted.body;
  EXPECT_EQ(world.change(id)["people"].size(), 2u);
  for (const char* end : {"/withdraw", "/publish"}) {
    EXPECT_EQ(world.post_as(al.token, path + end, Json::object()).status, 403) << end;
  }
  ASSERT_EQ(world.post_as(mo.token, path + "/withdraw").status, 200);
  EXPECT_EQ(world.post_as(al.token, path + "/reopen").status, 403);
  EXPECT_EQ(world.remove(path, al.token).status, 403);
  // Their own is theirs to end.
  std::string own = world.begin("Own", al.token);
  ASSERT_EQ(world.post_as(al.token, "/changes/" + own + "/withdraw").status, 200);
  EXPECT_EQ(world.remove("/changes/" + own, al.token).status, 200);
}

TEST(Approvals, CountOfThoseWhoMayPublishNow) {
  RightsWorld world(approved_site());
  Someone al = world.someone("al", Role::kEditor), bo = world.someone("bo", Role::kEditor);
  std::string id = world.begin("Spring", al.token), path = "/changes/" + id;
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}, al.token).status, 200);
  ASSERT_EQ(world.post_as(bo.token, path + "/reviews", {{"verdict", "approve"}}).status, 201);
  EXPECT_EQ(world.change(id)["approval"]["is_met"], true);
  for (const Json& taken : {Json({{"role", "reader"}}), Json({{"is_disabled", true}})}) {
    ASSERT_EQ(world.put(bo, taken).status, 200);
    EXPECT_EQ(world.change(id)["approval"]["given"], 0) << taken;
    EXPECT_EQ(world.post_as(al.token, path + "/publish", Json::object()).status, 409);
    ASSERT_EQ(world.put(bo, {{"role", "editor"}, {"is_disabled", false}}).status, 200);
    EXPECT_EQ(world.change(id)["approval"]["given"], 1);
  }
  EXPECT_EQ(world.post_as(al.token, path + "/publish", Json::object()).status, 200);
}

TEST(Approvals, AreWantedWhereTheConfigurationSaysWhatIsNoNumber) {
  RightsWorld world(approved_site("one"));
  std::string id = world.begin("Spring");
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  EXPECT_EQ(world.change(id)["approval"]["wanted"], 1);
  EXPECT_EQ(world.post("/changes/" + id + "/publish", Json::object()).status, 409);
  Told problems = world.api({.target = "/problems"});
  EXPECT_THAT(problems.body, HasSubstr("approvals is a whole number from 0 to 20"));
  RightsWorld other;
  Told wrong = other.api({.method = "PATCH",
                          .target = "/config",
                          .body = R"({"stet": {"review": {"approvals": "2"}}})",
                          .headers = {{"If-Match", "*"}}});
  EXPECT_EQ(wrong.status, 422) << wrong.body;
  EXPECT_THAT(wrong.body, HasSubstr("/stet/review/approvals"));
}

TEST(Approvals, AreNotGoneRoundByWritingWhatIsLive) {
  for (bool may_bypass : {false, true}) {
    auto files = approved_site();
    if (may_bypass) files["_config.yml"] += "    admins_bypass: true\n";
    RightsWorld world(files);
    Someone al = world.someone("al", Role::kEditor), ro = world.someone("ro", Role::kAdmin);
    Told told = world.edit("", kFirst, {{"title", "At once"}}, al.token);
    EXPECT_EQ(told.status, 403) << told.body;
    EXPECT_THAT(told.body, HasSubstr("/docs/errors#needs-review"));
    EXPECT_THAT(told.body, HasSubstr("change=<its id>"));
    EXPECT_EQ(world.edit("", kFirst, {{"title", "Admin"}}, ro.token).status,
              may_bypass ? 200 : 403);
    // Nobody is shown a draft.
    Told draft = world.post_as(al.token, "/drafts", {{"front_matter", {{"title", "D"}}}});
    EXPECT_EQ(draft.status, 201) << draft.body;
    std::string id = world.begin("Spring", al.token);
    EXPECT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}, al.token).status, 200);
  }
}

TEST(AskingForChanges, HoldsOnlyByWhoMayPublishAndUntilItIsDismissed) {
  RightsWorld world(approved_site());
  Someone al = world.someone("al", Role::kEditor), bo = world.someone("bo", Role::kEditor),
          cy = world.someone("cy", Role::kAuthor), mo = world.someone("mo", Role::kMaintainer);
  std::string id = world.begin("Spring", al.token), path = "/changes/" + id;
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}, al.token).status, 200);
  Json ask = {{"verdict", "ask"}, {"body", "No."}};
  ASSERT_EQ(world.post_as(cy.token, path + "/reviews", ask).status, 201);
  EXPECT_EQ(world.change(id)["approval"]["asked_for_changes"].size(), 0u);
  Told asked = world.post_as(bo.token, path + "/reviews", ask);
  ASSERT_EQ(asked.status, 201);
  ASSERT_EQ(world.post_as(mo.token, path + "/reviews", {{"verdict", "approve"}}).status, 201);
  EXPECT_EQ(world.change(id)["approval"]["asked_for_changes"], Json::array({"bo"}));
  EXPECT_EQ(world.post_as(al.token, path + "/publish", Json::object()).status, 409);
  std::string review = path + "/reviews/" + std::to_string(asked.json()["number"].get<int>());
  EXPECT_EQ(world.remove(review, cy.token).status, 403);
  EXPECT_EQ(world.remove(review, al.token).status, 403);
  EXPECT_EQ(world.remove(path + "/reviews/99", mo.token).status, 404);
  Told dismissed = world.remove(review, mo.token);
  ASSERT_EQ(dismissed.status, 200) << dismissed.body;
  EXPECT_EQ(dismissed.json()["dismissed_by"], "mo");
  EXPECT_EQ(world.change(id)["approval"]["is_met"], true);
  Json log = world.api({.target = "/audit?kind=review-dismissed"}).json()["items"];
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0]["actor"], "mo");
  EXPECT_EQ(log[0]["subject"], id);
  // What was dismissed stays so, also over a restart; another word is another review.
  world.restart();
  EXPECT_EQ(world.change(id)["reviews"][1]["dismissed_by"], "mo");
  EXPECT_EQ(world.post_as(al.token, path + "/publish", Json::object()).status, 200);
}

TEST(ASetTime, IsWorthWhatWhoSetItMayWhenItComes) {
  RightsWorld world;
  Someone al = world.someone("al", Role::kEditor);
  std::string id = world.begin("Spring", al.token), path = "/changes/" + id;
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}, al.token).status, 200);
  Json at = {{"at", iso_instant({world.clock.now().seconds + 60})}};
  ASSERT_EQ(world.post_as(al.token, path + "/publish", at).status, 202);
  ASSERT_EQ(world.put(al, {{"role", "reader"}}).status, 200);
  world.clock.advance_seconds(60);
  world.change_work->round();
  EXPECT_EQ(world.change(id)["state"], "blocked");
  EXPECT_THAT(world.change(id)["blocked"]["reason"].dump(),
              HasSubstr("'al', who has set the time"));
  ASSERT_EQ(world.put(al, {{"role", "editor"}, {"is_disabled", true}}).status, 200);
  world.change_work->round();
  EXPECT_EQ(world.change(id)["state"], "blocked");
  EXPECT_EQ(world.commits(), 1u);
  ASSERT_EQ(world.put(al, {{"is_disabled", false}}).status, 200);
  world.change_work->round();
  EXPECT_EQ(world.change(id)["state"], "published");
}

}  // namespace
}  // namespace stet::api
