// Commits taken back, and what lies between two of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

Told revert(World& world, const Json& body, const std::string& query = "") {
  return world.api({.method = "POST", .target = "/revert" + query, .body = dump(body)});
}

std::string commit_of(const Told& answer) { return answer.json()["commit"].get<std::string>(); }

TEST(Reverting, AnEarlierChangeGoesAndLaterOnesStay) {
  World world;
  std::string title = commit_of(world.patch(kFirst, R"({"front_matter": {"title": "Changed"}})"));
  ASSERT_EQ(world.patch(kFirst, R"({"body": "Later.\n"})").status, 200);
  std::string head = world.head();
  Told dry = revert(world, {{"commit", title}}, "?dry_run=1");
  ASSERT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(world.head(), head);
  Told answer = revert(world, {{"commit", title}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.json()["diff"], dry.json()["diff"]);
  EXPECT_THAT(answer.json()["diff"].get<std::string>(), HasSubstr("+title: First # the oldest\n"));
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>First</h1><p>Later.</p>"));
  std::string message = world.repository.git({"log", "-1", "--format=%B", "main"});
  EXPECT_THAT(message, HasSubstr("Revert \"Update posts/2020-01-01-first: title\""));
  EXPECT_THAT(message, HasSubstr("Reverts: " + title));
  // Once more is nothing.
  Told again = revert(world, {{"commit", title}});
  ASSERT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(again.json()["is_unchanged"], true);
}

TEST(Reverting, WhatWasChangedAgainIsShownByFieldAndDecidedByOneCall) {
  World world;
  std::string title = commit_of(world.patch(kFirst, R"({"front_matter": {"title": "Second"}})"));
  ASSERT_EQ(world.patch(kFirst, R"({"front_matter": {"title": "Third"}})").status, 200);
  Told conflict = revert(world, {{"commit", title}});
  ASSERT_EQ(conflict.status, 409) << conflict.body;
  Json field = conflict.json()["conflicts"][0];
  EXPECT_EQ(field["path"], "_posts/2020-01-01-first.md");
  EXPECT_EQ(field["pointer"], "/front_matter/title");
  EXPECT_EQ(field["base"], "Second");
  EXPECT_EQ(field["ours"], "Third");
  EXPECT_EQ(field["theirs"], "First");
  Json choice = {{"path", field["path"]}, {"pointer", field["pointer"]}, {"take", "theirs"}};
  Told outdated = revert(world,
                         {{"commit", title},
                          {"resolutions", Json::array({choice})},
                          {"seen", "0000000000000000000000000000000000000001"}});
  EXPECT_EQ(outdated.status, 409) << outdated.body;
  Told answer = revert(world,
                       {{"commit", title},
                        {"resolutions", Json::array({choice})},
                        {"seen", conflict.json()["head"]}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>First</h1>"));
}

TEST(Reverting, ADeletedPostComesBackAndANewOneGoes) {
  World world;
  std::string gone =
      commit_of(world.api({.method = "DELETE", .target = kFirst, .headers = {{"If-Match", "*"}}}));
  ASSERT_EQ(revert(world, {{"commit", gone}}).status, 200);
  EXPECT_THAT(world.page("/first/"), HasSubstr("First body."));
  std::string made = commit_of(world.api(
      {.method = "POST", .target = "/posts", .body = R"({"front_matter": {"title": "New"}})"}));
  EXPECT_NE(world.page("/new/"), "404");
  Told answer = revert(world, {{"commit", made}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.json()["actions"][0]["action"], "delete");
  EXPECT_EQ(world.page("/new/"), "404");
}

TEST(Reverting, AMoveIsTakenBack) {
  World world;
  std::string move = commit_of(
      world.api({.method = "POST",
                 .target = "/commits",
                 .body = R"({"actions": [{"action": "move", "path": "_posts/2020-01-01-first.md",
                                "if_match": "*", "slug": "begin"}]})"}));
  ASSERT_EQ(world.patch("/posts/2020-01-01-begin", R"({"body": "Later.\n"})").status, 200);
  Told answer = revert(world, {{"commit", move}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.json()["actions"][0]["moved_from"], "_posts/2020-01-01-begin.md");
  EXPECT_THAT(world.page("/first/"), HasSubstr("Later."));
  EXPECT_EQ(world.page("/begin/"), "404");
}

TEST(Reverting, ACommitOfAnotherBranchIsRefused) {
  World world;
  CommitId other = world.repository.commit({{"x.txt", "x"}}, {}, "other");
  Told answer = revert(world, {{"commit", other.hex()}});
  EXPECT_EQ(answer.status, 422) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("/commit"));
}

TEST(Reverting, WhatCannotBeIsRefused) {
  World world;
  std::string head = world.head();
  struct Row {
    Json body;
    int status;
    const char* says;
  };
  for (const Row& row :
       {Row{Json::object(), 422, "/commit"},
        Row{{{"commit", 1}}, 422, "/commit"},
        Row{{{"commit", "0123456789"}}, 422, "/commit"},
        Row{{{"commit", head}, {"x", 1}}, 422, "/x"},
        Row{{{"commit", head}, {"message", ""}}, 422, "/message"},
        Row{{{"commit", head}, {"resolutions", 1}}, 422, "/resolutions"},
        Row{{{"commit", head},
             {"resolutions", Json::parse(R"([{"pointer": "/a", "take": "ours"}])")}},
            422,
            "/resolutions/0/path"},
        Row{Json::array(), 422, "object"}}) {
    Told answer = revert(world, row.body);
    EXPECT_EQ(answer.status, row.status) << row.body << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(row.says)) << row.body;
  }
  EXPECT_EQ(world.head(), head);
  std::string reader = world.token("content:read");
  EXPECT_EQ(world
                .api({.method = "POST",
                      .target = "/revert",
                      .body = dump({{"commit", head}}),
                      .headers = {{"Authorization", "Bearer " + reader}}})
                .status,
            403);
}

TEST(Comparing, ShowsTextAndFieldsOfEachFile) {
  World world;
  std::string from = world.head();
  ASSERT_EQ(
      world.patch(kFirst, R"({"front_matter": {"title": "Changed", "tags": null}, "body": "B.\n"})")
          .status,
      200);
  ASSERT_EQ(world.patch("/config", R"({"description": "new"})").status, 200);
  Told answer = world.api({.target = "/diff?from=" + from});
  ASSERT_EQ(answer.status, 200) << answer.body;
  Json json = answer.json();
  EXPECT_EQ(json["to"], world.head());
  ASSERT_EQ(json["files"].size(), 2u);
  EXPECT_EQ(json["files"][0]["path"], "_config.yml");
  EXPECT_EQ(json["files"][0]["fields"],
            Json::parse(R"([{"pointer": "/description", "before": null, "after": "new"}])"));
  Json post = json["files"][1];
  EXPECT_EQ(post["status"], "modified");
  EXPECT_THAT(post["diff"].get<std::string>(), HasSubstr("+title: Changed # the oldest\n"));
  EXPECT_EQ(post["fields"], Json::parse(R"([
    {"pointer": "/front_matter/title", "before": "First", "after": "Changed"},
    {"pointer": "/front_matter/tags", "before": ["a", "b"], "after": null},
    {"pointer": "/body"}])"));
  Json one = world.api({.target = "/diff?from=" + from + "&path=_posts"}).json();
  EXPECT_EQ(one["files"].size(), 1u);
  Told page = world.api({.target = "/diff?limit=1&from=" + from});
  EXPECT_EQ(page.json()["next"], "_config.yml");
  EXPECT_THAT(page.header("Link"), HasSubstr("cursor=_config.yml"));
  Json rest = world.api({.target = "/diff?cursor=_config.yml&from=" + from}).json();
  EXPECT_EQ(rest["files"].size(), 1u);
  EXPECT_EQ(rest["next"], nullptr);
}

TEST(Comparing, RefusesWhatIsNoCommit) {
  World world;
  EXPECT_EQ(world.api({.target = "/diff"}).status, 400);
  EXPECT_EQ(world.api({.target = "/diff?from=none"}).status, 400);
  EXPECT_EQ(world.api({.target = "/diff?from=main&to=none"}).status, 400);
  EXPECT_EQ(world.api({.target = "/diff?from=main&path=../x"}).status, 400);
  EXPECT_EQ(world.api({.target = "/diff?from=main&to=main"}).json()["files"], Json::array());
}

}  // namespace
}  // namespace stet::api
