// What becomes of a change: rebased, reviewed, published, scheduled.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/changes/publish.h"
#include "tests/api/routes/change_world.h"

namespace stet::api {
namespace {

using auth::Role;
using ::testing::HasSubstr;
using ::testing::Not;

storage::TestRepository::Files reviewed_site() {
  auto files = World::small_site();
  files["_config.yml"] += "stet:\n  review:\n    approvals: 1\n";
  return files;
}

TEST(Publishing, IsAMergeThatNamesTheChangeAndIsLiveAtOnce) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  Told edited = world.edit(id, kFirst, {{"title", "Spring"}});
  ASSERT_EQ(edited.status, 200);
  Told told = world.post("/changes/" + id + "/publish", Json::object());
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["commit"], world.head());
  EXPECT_EQ(told.json()["change"]["state"], "published");
  EXPECT_EQ(told.json()["change"]["published_as"], world.head());
  EXPECT_EQ(told.json()["change"]["files"][0]["path"], "_posts/2020-01-01-first.md");
  EXPECT_THAT(told.json()["changed_urls"].dump(), HasSubstr("/first/"));
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>Spring</h1>"));
  std::string message = world.lines({"log", "-1", "--format=%B", "main"});
  EXPECT_THAT(message, HasSubstr("Publish 'Spring'"));
  EXPECT_THAT(message, HasSubstr("Stet-Published-Change: " + id));
  // The entry's history shows the edit as it was made.
  Json history = world.api({.target = "/history?path=_posts/2020-01-01-first.md"}).json();
  EXPECT_EQ(history["items"][0]["commit"], edited.json()["commit"]);
  EXPECT_EQ(world.lines({"rev-list", "--count", "--first-parent", "main"}), "2");
  EXPECT_EQ(world.edit(id, kFirst, {{"title", "Late"}}).status, 409);
  EXPECT_EQ(world.post("/changes/" + id + "/publish", Json::object()).status, 409);
  EXPECT_EQ(world.repository.fsck(), "");
}

TEST(Publishing, MergesByFieldWhatOthersHaveMadeLiveMeanwhile) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  ASSERT_EQ(world.edit("", kFirst, {{"tags", Json::array({"a", "b", "c"})}}).status, 200);
  Json change = world.change(id);
  EXPECT_EQ(change["behind"], 1);
  EXPECT_EQ(change["merge"]["is_clean"], true);
  Told told = world.post("/changes/" + id + "/publish", {{"head", change["head"]}});
  ASSERT_EQ(told.status, 200) << told.body;
  Json entry = world.api({.target = kFirst}).json();
  EXPECT_EQ(entry["front_matter"]["title"], "Spring");
  EXPECT_EQ(entry["front_matter"]["tags"], Json::array({"a", "b", "c"}));
}

TEST(Publishing, AConflictNamesTheFieldAndIsDecidedByOneCall) {
  ChangeWorld world;
  std::string id = world.begin("Spring"), path = "/changes/" + id;
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  ASSERT_EQ(world.edit("", kFirst, {{"title", "Summer"}}).status, 200);
  EXPECT_EQ(world.change(id)["merge"]["is_clean"], false);
  Told refused = world.post(path + "/publish", Json::object());
  ASSERT_EQ(refused.status, 409) << refused.body;
  Json conflict = refused.json()["conflicts"][0];
  EXPECT_EQ(conflict["path"], "_posts/2020-01-01-first.md");
  EXPECT_EQ(conflict["pointer"], "/front_matter/title");
  EXPECT_EQ(conflict["base"], "First");
  EXPECT_EQ(conflict["ours"], "Spring");
  EXPECT_EQ(conflict["theirs"], "Summer");
  EXPECT_EQ(world.post(path + "/rebase", Json::object()).status, 409);
  Json resolution = {
      {"path", conflict["path"]}, {"pointer", conflict["pointer"]}, {"value", "Spring and summer"}};
  Told outdated =
      world.post(path + "/rebase",
                 {{"seen", world.change(id)["base"]}, {"resolutions", Json::array({resolution})}});
  EXPECT_EQ(outdated.status, 409) << outdated.body;
  Told rebased =
      world.post(path + "/rebase",
                 {{"seen", refused.json()["served"]}, {"resolutions", Json::array({resolution})}});
  ASSERT_EQ(rebased.status, 200) << rebased.body;
  EXPECT_EQ(rebased.json()["behind"], 0);
  EXPECT_EQ(rebased.json()["merge"]["is_clean"], true);
  EXPECT_EQ(rebased.json()["file_count"], 1);
  ASSERT_EQ(world.post(path + "/publish", Json::object()).status, 200);
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>Spring and summer</h1>"));
}

TEST(Publishing, AFileThatOneSideDeletedIsDecidedAsAWhole) {
  ChangeWorld world;
  std::string id = world.begin("Away"), path = "/changes/" + id;
  Told gone = world.api(
      {.method = "DELETE", .target = "/pages/about?change=" + id, .headers = {{"If-Match", "*"}}});
  ASSERT_EQ(gone.status, 200) << gone.body;
  ASSERT_EQ(world.edit("", "/pages/about", {{"title", "Us"}}).status, 200);
  Told refused = world.post(path + "/publish", Json::object());
  ASSERT_EQ(refused.status, 409) << refused.body;
  EXPECT_EQ(refused.json()["conflicts"][0]["pointer"], "");
  EXPECT_THAT(std::string(refused.json()["conflicts"][0]["reason"]), HasSubstr("deleted"));
  Json resolution = {{"path", "about.md"}, {"pointer", ""}, {"take", "ours"}};
  ASSERT_EQ(world.post(path + "/rebase", {{"resolutions", Json::array({resolution})}}).status, 200);
  ASSERT_EQ(world.post(path + "/publish", Json::object()).status, 200);
  EXPECT_EQ(world.page("/about/"), "404");
}

// What others note between the merge and the note that it was made.
TEST(Publishing, IsNotUndoneByAWordThatComesMeanwhile) {
  using changes::Verb;
  for (Verb verb : {Verb::kWithdraw, Verb::kDescribe}) {
    ChangeWorld world;
    changes::Changes& changes = *world.backend->changes;
    std::string id = world.begin("Spring");
    ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
    changes::Hand hand{.signature = {"jo", "jo@example.org", {}}};
    changes::LandRequest request{.id = id, .head = {}, .hand = hand, .message = ""};
    request.may_land = [&](const change::Push&) -> Result<bool> {
      changes::Note note{.verb = verb, .title = "Summer", .description = ""};
      TRY(changes.note(id, note, hand));
      return true;
    };
    auto landing = changes::publish(changes, *world.committer, request);
    ASSERT_TRUE(landing) << landing.error().message;
    EXPECT_EQ(landing->record->state, changes::State::kPublished);
    EXPECT_EQ(world.change(id)["state"], "published");
    EXPECT_EQ(world.change(id)["published_as"], world.head());
  }
}

TEST(Publishing, LeavesOpenWhatWasEditedFurtherMeanwhile) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  changes::LandRequest request{
      .id = id, .head = {}, .hand = {.signature = {"jo", "jo@example.org", {}}}, .message = ""};
  request.may_land = [&](const change::Push&) -> Result<bool> {
    return world.edit(id, kFirst, {{"title", "Summer"}}).status == 200;
  };
  ASSERT_TRUE(changes::publish(*world.backend->changes, *world.committer, request));
  EXPECT_EQ(world.change(id)["state"], "open");
  EXPECT_EQ(world.change(id)["file_count"], 1);
}

TEST(Publishing, RefusesWhatItShould) {
  ChangeWorld world;
  std::string id = world.begin("Spring"), path = "/changes/" + id + "/publish";
  EXPECT_THAT(world.post(path, Json::object()).body, HasSubstr("changes nothing"));
  std::string before = world.change(id)["head"];
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  EXPECT_EQ(world.post(path, {{"head", before}}).status, 409);
  EXPECT_EQ(world.post(path, {{"head", "odd"}}).status, 422);
  EXPECT_EQ(world.post(path, {{"at", "tomorrow"}}).status, 422);
  EXPECT_EQ(world.post(path, {{"at", "2030-01-01T10:00:00"}}).status, 422);
  EXPECT_THAT(world.post(path, {{"at", "2020-01-01T10:00:00Z"}}).body, HasSubstr("past"));
  EXPECT_THAT(world.post(path, {{"at", "2090-01-01T10:00:00Z"}}).body, HasSubstr("five years"));
  // Somebody pushes what the API would not take.
  world.repository.commit({{"_config.yml", "title: [\n"}}, {}, "change/" + id);
  Told broken = world.post(path, Json::object());
  EXPECT_EQ(broken.status, 422) << broken.body;
  EXPECT_THAT(broken.body, HasSubstr("_config.yml"));
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Publishing, WhatSomebodyMergedByGitIsPublished) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  world.change_work->round();
  world.repository.git({"update-ref", "refs/heads/main", "refs/heads/change/" + id});
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  world.change_work->round();
  EXPECT_EQ(world.change(id)["state"], "published");
}

TEST(Publishing, BySquashIsOneCommitByThoseWhoHaveWrittenIt) {
  ChangeWorld world;
  std::string al = world.token_of(world.person("al", Role::kEditor));
  std::string bo = world.token_of(world.person("bo", Role::kEditor));
  std::string id = world.begin("Spring", al), path = "/changes/" + id;
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}, al).status, 200);
  ASSERT_EQ(world.edit(id, kFirst, {{"tags", Json::array({"s"})}}, bo).status, 200);
  ASSERT_EQ(world.edit("", "/pages/about", {{"title", "Us"}}).status, 200);
  EXPECT_EQ(world.post(path + "/publish", {{"method", "rebase"}}).status, 422);
  Told told = world.post_as(bo, path + "/publish", {{"method", "squash"}});
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["change"]["state"], "published");
  EXPECT_EQ(told.json()["change"]["files"].size(), 1u);
  EXPECT_EQ(told.json()["commit"], world.head());
  EXPECT_EQ(world.commits(), 3u);  // the first, that of the page, and this
  EXPECT_EQ(world.lines({"log", "-1", "--format=%an %ae", "main"}), "al al@example.org");
  std::string message = world.lines({"log", "-1", "--format=%B", "main"});
  EXPECT_THAT(message, HasSubstr("Publish 'Spring'"));
  EXPECT_THAT(message, HasSubstr("Co-authored-by: bo <bo@example.org>"));
  EXPECT_THAT(message, HasSubstr("Stet-User: bo"));
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>Spring</h1>"));
  EXPECT_THAT(world.page("/about/"), HasSubstr("<h1>Us</h1>"));
}

// It is no ancestor of what is live, so its own trailers say where it went.
TEST(Publishing, ASquashOfAProcessThatWasKilledBeforeItNotedItIsFound) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  std::string before = world.lines({"rev-parse", "change/" + id});
  ASSERT_EQ(world.post("/changes/" + id + "/publish", {{"method", "squash"}}).status, 200);
  std::string squash = world.head();
  ASSERT_EQ(world.edit("", "/pages/about", {{"title", "Us"}}).status, 200);
  world.repository.git({"update-ref", "refs/heads/change/" + id, before});
  EXPECT_EQ(world.change(id)["state"], "open");
  world.restart();
  world.change_work->round();
  EXPECT_EQ(world.change(id)["state"], "published");
  EXPECT_EQ(world.change(id)["published_as"], squash);
  // Of a change that has gone on since only a part is live.
  world.repository.git({"update-ref", "refs/heads/change/" + id, before});
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Summer"}}).status, 200);
  world.restart();
  world.change_work->round();
  EXPECT_EQ(world.change(id)["state"], "open");
}

TEST(Publishing, ByFastForwardBringsTheEditsAloneWhereNothingElseHasBecomeLive) {
  ChangeWorld world;
  std::string id = world.begin("Spring"), path = "/changes/" + id;
  Told edited = world.edit(id, kFirst, {{"title", "Spring"}});
  ASSERT_EQ(edited.status, 200);
  Told told = world.post(path + "/publish", {{"method", "fast-forward"}});
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.head(), edited.json()["commit"]);
  EXPECT_EQ(told.json()["commit"], world.head());
  EXPECT_EQ(told.json()["change"]["state"], "published");
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>Spring</h1>"));
  std::string late = world.begin("Late");
  ASSERT_EQ(world.edit(late, kFirst, {{"title", "Late"}}).status, 200);
  ASSERT_EQ(world.edit("", "/pages/about", {{"title", "Us"}}).status, 200);
  std::string head = world.head();
  Told refused = world.post("/changes/" + late + "/publish", {{"method", "fast-forward"}});
  EXPECT_EQ(refused.status, 409) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("/rebase"));
  EXPECT_EQ(world.head(), head);
  ASSERT_EQ(world.post("/changes/" + late + "/rebase", Json::object()).status, 200);
  EXPECT_EQ(world.post("/changes/" + late + "/publish", {{"method", "fast-forward"}}).status, 200);
}

TEST(Publishing, TheMethodIsKeptWithTheTime) {
  ChangeWorld world;
  std::string one = world.begin("One"), two = world.begin("Two");
  ASSERT_EQ(world.edit(one, kFirst, {{"title", "One"}}).status, 200);
  ASSERT_EQ(world.edit(two, "/pages/about", {{"title", "Two"}}).status, 200);
  std::int64_t now = world.clock.now().seconds;
  Json squash = {{"method", "squash"}, {"at", iso_instant({now + 60})}};
  Told told = world.post("/changes/" + one + "/publish", squash);
  ASSERT_EQ(told.status, 202) << told.body;
  EXPECT_EQ(told.json()["change"]["publish_method"], "squash");
  Json forward = {{"method", "fast-forward"}, {"at", iso_instant({now + 61})}};
  ASSERT_EQ(world.post("/changes/" + two + "/publish", forward).status, 202);
  world.restart();
  world.clock.advance_seconds(61);
  world.change_work->round();
  EXPECT_EQ(world.commits(), 2u);
  EXPECT_EQ(world.change(one)["state"], "published");
  EXPECT_EQ(world.change(one)["publish_method"], nullptr);
  // The first has moved what the second was to go on from.
  EXPECT_EQ(world.change(two)["state"], "blocked");
  EXPECT_THAT(std::string(world.change(two)["blocked"]["reason"]), HasSubstr("fast-forward"));
}

TEST(Reviews, AnApprovalIsOfTheFilesAsTheyAreAndNotOnesOwn) {
  ChangeWorld world(reviewed_site());
  std::string al = world.token_of(world.person("al", Role::kEditor));
  std::string bo = world.token_of(world.person("bo", Role::kEditor));
  std::string id = world.begin("Spring", al), path = "/changes/" + id;
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}, al).status, 200);
  Told early = world.post_as(al, path + "/publish", Json::object());
  EXPECT_EQ(early.status, 409) << early.body;
  EXPECT_THAT(early.body, HasSubstr("needs 1 approval"));
  EXPECT_EQ(world.post_as(al, path + "/reviews", {{"verdict", "approve"}}).status, 403);
  EXPECT_EQ(world.post_as(bo, path + "/reviews", {{"verdict", "ask"}}).status, 422);
  Told asks = world.post_as(bo, path + "/reviews", {{"verdict", "ask"}, {"body", "A typo."}});
  ASSERT_EQ(asks.status, 201) << asks.body;
  EXPECT_THAT(world.post_as(al, path + "/publish", Json::object()).body,
              HasSubstr("asked for by bo"));
  ASSERT_EQ(world.post_as(bo, path + "/reviews", {{"verdict", "approve"}}).status, 201);
  EXPECT_EQ(world.change(id)["approval"]["is_met"], true);
  // Another edit: nobody has approved that.
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring!"}}, al).status, 200);
  Json change = world.change(id);
  EXPECT_EQ(change["approval"]["given"], 0);
  EXPECT_EQ(change["reviews"][1]["is_stale"], true);
  EXPECT_EQ(world.post_as(al, path + "/publish", Json::object()).status, 409);
  Told moved =
      world.post_as(bo, path + "/reviews", {{"verdict", "approve"}, {"head", change["base"]}});
  EXPECT_EQ(moved.status, 409) << moved.body;
  ASSERT_EQ(world.post_as(bo, path + "/reviews", {{"verdict", "approve"}, {"head", change["head"]}})
                .status,
            201);
  Told published = world.post_as(al, path + "/publish", Json::object());
  ASSERT_EQ(published.status, 200) << published.body;
  EXPECT_THAT(world.lines({"log", "-1", "--format=%B", "main"}),
              HasSubstr("Reviewed-by: bo <bo@example.org>"));
}

// Commits say what their writers like; who has pushed them is known.
TEST(Reviews, NobodyApprovesWhatTheyHavePushedOrWhatHasTheirName) {
  ChangeWorld world(reviewed_site());
  std::string al = world.token_of(world.person("al", Role::kEditor));
  std::string bo = world.token_of(world.person("bo", Role::kEditor));
  std::string cy = world.token_of(world.person("cy", Role::kEditor));
  std::string id = world.begin("Spring"), path = "/changes/" + id + "/reviews";
  ASSERT_TRUE(world.backend->reviews->note_pusher({id, "al", std::string(40, 'a')}));
  std::string commit =
      world.lines({"commit-tree", "change/" + id + "^{tree}", "-p", "change/" + id, "-m", "Edit"});
  world.repository.git({"update-ref", "refs/heads/change/" + id, commit});
  EXPECT_EQ(world.post_as(al, path, {{"verdict", "approve"}}).status, 403);
  EXPECT_EQ(world.post_as(bo, path, {{"verdict", "approve"}}).status, 201);
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}, cy).status, 200);
  EXPECT_EQ(world.post_as(cy, path, {{"verdict", "approve"}}).status, 403);
}

TEST(Reviews, CommentsAreOfAFileOrALineAndTheirWritersOwn) {
  ChangeWorld world;
  std::string al = world.token_of(world.person("al", Role::kEditor));
  std::string bo = world.token_of(world.person("bo", Role::kAuthor));
  std::string id = world.begin("Spring", al), path = "/changes/" + id + "/comments";
  Told made = world.post_as(
      bo, path, {{"body", "Why?"}, {"path", "_posts/2020-01-01-first.md"}, {"line", 3}});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.json()["by"], "bo");
  EXPECT_EQ(made.json()["commit"], world.change(id)["head"]);
  ASSERT_EQ(world.post_as(al, path, {{"body", "Of it all."}}).status, 201);
  EXPECT_EQ(world.api({.target = path}).json()["items"].size(), 2u);
  EXPECT_EQ(world.api({.target = path + "?path=_posts/2020-01-01-first.md"}).json()["items"].size(),
            1u);
  Json page = world.api({.target = path + "?limit=1"}).json();
  EXPECT_EQ(world.api({.target = path + "?limit=1&cursor=" + std::string(page["next"])})
                .json()["items"][0]["body"],
            "Of it all.");
  std::string first = path + "/" + made.json()["number"].dump();
  auto change_it =
      [&](const std::string& token, const std::string& method, const std::string& body) {
        return world.api({.method = method,
                          .target = first,
                          .body = body,
                          .headers = {{"Authorization", "Bearer " + token}}});
      };
  EXPECT_EQ(change_it(al, "PATCH", R"({"body": "Because."})").status, 403);
  Told resolved = change_it(al, "PATCH", R"({"is_resolved": true})");
  EXPECT_EQ(resolved.json()["resolved_by"], "al") << resolved.body;
  EXPECT_EQ(world.change(id)["comments"], Json({{"total", 2}, {"unresolved", 1}}));
  EXPECT_EQ(change_it(bo, "PATCH", R"({"body": "Why not?"})").json()["body"], "Why not?");
  EXPECT_EQ(change_it(al, "DELETE", "").status, 403);
  EXPECT_EQ(change_it(bo, "DELETE", "").status, 200);
  EXPECT_EQ(change_it(bo, "DELETE", "").status, 404);
  for (const Json& bad :
       std::vector<Json>{{{"body", ""}},
                         {{"body", std::string(10'001, 'x')}},
                         {{"body", "x"}, {"line", 3}},
                         {{"body", "x"}, {"path", "../x"}},
                         {{"body", "x"}, {"path", "a.md"}, {"line", 0}},
                         {{"body", "x"}, {"path", "nosuch.md"}},
                         {{"body", "x"}, {"path", "_posts/2020-01-01-first.md"}, {"line", 99999}},
                         {{"body", "x"}, {"commit", std::string(40, 'a')}}}) {
    EXPECT_EQ(world.post(path, bad).status, 422) << bad;
  }
}

TEST(Rights, AnAuthorProposesWhatAnEditorPublishes) {
  ChangeWorld world;
  std::string jo = world.token_of(world.person("jo", Role::kAuthor));
  std::string ed = world.token_of(world.person("ed", Role::kEditor));
  std::string read = world.token_of(world.person("re", Role::kReader));
  std::string id = world.begin("Spring", jo), path = "/changes/" + id;
  EXPECT_EQ(world.edit("", kFirst, {{"title", "Spring"}}, jo).status, 403);
  Told edited = world.edit(id, kFirst, {{"title", "Spring"}}, jo);
  ASSERT_EQ(edited.status, 200) << edited.body;
  Json action = {
      {"action", "update"}, {"path", "_layouts/default.html"}, {"content", "x"}, {"if_match", "*"}};
  Told theme = world.post_as(jo, "/commits?change=" + id, {{"actions", Json::array({action})}});
  EXPECT_EQ(theme.status, 403) << theme.body;
  EXPECT_THAT(theme.body, HasSubstr("to propose"));
  Told refused = world.post_as(jo, path + "/publish", Json::object());
  EXPECT_EQ(refused.status, 403) << refused.body;
  EXPECT_EQ(refused.json()["files"][0]["path"], "_posts/2020-01-01-first.md");
  EXPECT_EQ(world.post_as(jo, path + "/publish", {{"at", "2023-12-01T00:00:00Z"}}).status, 403);
  EXPECT_EQ(world.post_as(read, "/changes", {{"title", "T"}}).status, 403);
  EXPECT_EQ(world.post_as(read, path + "/comments", {{"body", "T"}}).status, 403);
  EXPECT_EQ(world.edit(id, kFirst, {{"title", "X"}}, read).status, 403);
  EXPECT_EQ(world.admin_get("/api/v1/changes/" + id, read).json()["may_publish"], false);
  EXPECT_EQ(world.admin_get("/api/v1/changes/" + id, ed).json()["may_publish"], true);
  // Once it has a time, only those edit it who may publish it.
  ASSERT_EQ(world.post_as(ed, path + "/publish", {{"at", "2023-12-01T00:00:00Z"}}).status, 202);
  EXPECT_EQ(world.edit(id, kFirst, {{"title", "Sneaky"}}, jo).status, 403);
  EXPECT_EQ(world.edit(id, kFirst, {{"title", "Fine"}}, ed).status, 200);
  EXPECT_EQ(world
                .api({.method = "DELETE",
                      .target = path + "/schedule",
                      .headers = {{"Authorization", "Bearer " + jo}}})
                .status,
            403);
  EXPECT_EQ(world.post_as(jo, path + "/withdraw").status, 200);
  EXPECT_EQ(world.change(id)["publish_at"], nullptr);
}

TEST(Schedule, IsKeptInGitAndPublishedInOrderWhenItIsDue) {
  ChangeWorld world;
  std::string one = world.begin("One"), two = world.begin("Two");
  ASSERT_EQ(world.edit(one, kFirst, {{"title", "One"}}).status, 200);
  ASSERT_EQ(world.edit(two, "/posts/2020-02-02-second", {{"title", "Two"}}).status, 200);
  std::int64_t now = world.clock.now().seconds;
  auto at = [&](std::int64_t seconds) { return iso_instant({now + seconds}); };
  Told told = world.post("/changes/" + one + "/publish", {{"at", at(7200)}});
  ASSERT_EQ(told.status, 202) << told.body;
  EXPECT_EQ(told.json()["change"]["state"], "scheduled");
  ASSERT_EQ(world.post("/changes/" + two + "/publish", {{"at", at(3600)}}).status, 202);
  EXPECT_EQ(world.api({.target = "/changes?state=scheduled"}).json()["total"], 2);
  EXPECT_EQ(world.change_work->round(), (Instant{now + 3600}));
  // The server ends before, and begins after both.
  world.restart();
  world.clock.advance_seconds(7200);
  EXPECT_EQ(world.change_work->round(), std::nullopt);
  EXPECT_EQ(world.change(one)["state"], "published");
  EXPECT_EQ(world.change(two)["state"], "published");
  EXPECT_EQ(world.lines({"log", "--first-parent", "--format=%s", "-2", "main"}),
            "Publish 'One'\nPublish 'Two'");
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>One</h1>"));
}

TEST(Schedule, WhatCannotBePublishedIsBlockedAndTriedAgainWhenItHasMoved) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  std::string at = iso_instant({world.clock.now().seconds + 60});
  ASSERT_EQ(world.post("/changes/" + id + "/publish", {{"at", at}}).status, 202);
  ASSERT_EQ(world.edit("", kFirst, {{"title", "Summer"}}).status, 200);
  world.clock.advance_seconds(60);
  world.change_work->round();
  Json change = world.change(id);
  EXPECT_EQ(change["state"], "blocked");
  EXPECT_THAT(std::string(change["blocked"]["reason"]), HasSubstr("/front_matter/title"));
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>Summer</h1>"));
  world.change_work->round();
  Json resolution = {
      {"path", "_posts/2020-01-01-first.md"}, {"pointer", "/front_matter/title"}, {"take", "ours"}};
  ASSERT_EQ(
      world.post("/changes/" + id + "/rebase", {{"resolutions", Json::array({resolution})}}).status,
      200);
  world.change_work->round();
  EXPECT_EQ(world.change(id)["state"], "published");
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>Spring</h1>"));
}

TEST(Preview, IsTheWholeSiteAsTheChangeMakesItAndNothingElseIsRendered) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  Told made = world.post("/changes/" + id + "/preview");
  ASSERT_EQ(made.status, 201) << made.body;
  std::string url = made.json()["url"];
  std::vector<std::string> differing = made.json()["differing_urls"];
  EXPECT_THAT(differing, ::testing::IsSupersetOf({"/", "/first/"}));
  EXPECT_THAT(differing, Not(::testing::Contains("/about/")));
  std::uint64_t writes = world.store->counts().writes;
  auto look = [&](const std::string& path) { return world.admin({.target = url + path}); };
  Told first = look("first/");
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_THAT(first.body, HasSubstr("<h1>Spring</h1>"));
  EXPECT_THAT(first.header("X-Robots-Tag"), HasSubstr("noindex"));
  EXPECT_THAT(first.header("Content-Security-Policy"), HasSubstr("sandbox"));
  EXPECT_THAT(look("").body, HasSubstr("<li>Spring</li>"));
  EXPECT_THAT(look("about/").body, HasSubstr("About us."));
  EXPECT_EQ(look("nowhere/").status, 404);
  EXPECT_EQ(world.store->counts().writes - writes, 2u);
  look("first/");
  EXPECT_EQ(world.store->counts().writes - writes, 2u);
  EXPECT_THAT(world.page("/first/"), Not(HasSubstr("Spring")));
  // It shows the change as it is when somebody looks, and still when it is published.
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Summer"}}).status, 200);
  EXPECT_THAT(look("first/").body, HasSubstr("<h1>Summer</h1>"));
  ASSERT_EQ(world.post("/changes/" + id + "/publish", Json::object()).status, 200);
  EXPECT_EQ(look("first/").body, world.page("/first/"));
  EXPECT_EQ(world.admin({.target = "/preview/nothing/"}).status, 401);
}

TEST(Preview, OfATextThatIsNotSavedIsTheRealPage) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  ASSERT_EQ(world.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  Json text = {{"action", "patch"},
               {"resource", "posts"},
               {"name", "2020-01-01-first"},
               {"body", "*Fresh*\n"}};
  Told told = world.post("/preview", text);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["url"], "/first/");
  EXPECT_THAT(std::string(told.json()["html"]), HasSubstr("<em>Fresh</em>"));
  EXPECT_THAT(std::string(told.json()["page"]), HasSubstr("<em>Fresh</em>"));
  Told in_change = world.post("/preview?change=" + id, text);
  EXPECT_THAT(std::string(in_change.json()["page"]), HasSubstr("<h1>Spring</h1>"));
  Told draft = world.post("/preview",
                          {{"action", "create"},
                           {"resource", "drafts"},
                           {"front_matter", {{"title", "D"}}},
                           {"body", "*Hi*\n"}});
  EXPECT_EQ(draft.json()["page"], nullptr) << draft.body;
  EXPECT_THAT(std::string(draft.json()["html"]), HasSubstr("<em>Hi</em>"));
  text["body"] = "{% nonsense %}\n";
  Told wrong = world.post("/preview", text);
  EXPECT_NE(wrong.status, 500) << wrong.body;
  EXPECT_THAT(wrong.body, HasSubstr("nonsense"));
  EXPECT_EQ(world.post("/preview", {{"action", "delete"}}).status, 422);
  EXPECT_EQ(world.commits(), 1u);
  EXPECT_EQ(world.change(id)["commits"], 1);
}

}  // namespace
}  // namespace stet::api
