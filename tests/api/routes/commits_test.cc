// Several files in one commit: all of it or nothing, and moves that take their links along.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

constexpr char kFirstPath[] = "_posts/2020-01-01-first.md";

std::string bare_tag(World& world, const std::string& target) {
  std::string tag = world.tag_of(target);
  return tag.substr(1, tag.size() - 2);
}

Told commit(World& world, const std::vector<Json>& actions, const std::string& query = "") {
  return world.api({.method = "POST",
                    .target = "/commits" + query,
                    .body = dump({{"message", "Several"}, {"actions", actions}})});
}

Json patch_of(const char* name, const std::string& tag, const Json& fields) {
  return {{"action", "patch"},
          {"resource", "posts"},
          {"name", name},
          {"if_match", tag},
          {"front_matter", fields}};
}

TEST(Commits, ADryRunRefusesWhatTheCommitWould) {
  World world;
  struct Row {
    std::vector<Json> actions;
    const char* why;
  };
  auto file = [](const char* path) {
    return Json{{"action", "create"}, {"path", path}, {"content", "x"}};
  };
  for (const Row& row : {Row{{file("a/b.txt"), file("a")}, "'a' is a folder"},
                         Row{{file("about.md/x.txt")}, "'about.md' is a file"},
                         Row{{file("_posts")}, "'_posts' is there already"}}) {
    Told dry = commit(world, row.actions, "?dry_run=1"), told = commit(world, row.actions);
    EXPECT_EQ(told.status, 409) << told.body;
    EXPECT_THAT(told.body, HasSubstr(row.why));
    EXPECT_EQ(dry.status, 409) << dry.body;
    EXPECT_EQ(dry.json()["detail"], told.json()["detail"]);
  }
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Commits, SeveralKindsOfActionsAreOneCommit) {
  World world;
  Told answer =
      commit(world,
             {{{"action", "create"},
               {"resource", "posts"},
               {"front_matter", {{"title", "New"}, {"date", "2020-11-01 10:00:00 +0000"}}},
               {"body", "Hi.\n"}},
              patch_of("2020-01-01-first", world.tag_of(kFirst), {{"title", "Changed"}}),
              {{"action", "update"},
               {"path", "_layouts/default.html"},
               {"if_match", bare_tag(world, "/files/_layouts/default.html")},
               {"content", "<html><h2>{{ page.title }}</h2>{{ content }}</html>\n"}},
              {{"action", "delete"}, {"path", "about.md"}, {"if_match", "*"}},
              {{"action", "create"}, {"path", "assets/dot.png"}, {"content_base64", "iVBORwD/"}}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(world.commits(), 2u);
  Json json = answer.json();
  EXPECT_EQ(json["commit"], world.head());
  ASSERT_EQ(json["actions"].size(), 5u);
  EXPECT_EQ(json["actions"][0]["action"], "create");
  EXPECT_EQ(json["actions"][0]["path"], "_posts/2020/11/2020-11-01-new.md");
  EXPECT_EQ(json["actions"][1]["etag"], world.tag_of(kFirst));
  EXPECT_EQ(json["actions"][1]["entry"]["front_matter"]["title"], "Changed");
  EXPECT_EQ(json["actions"][3]["entry"], nullptr);
  EXPECT_THAT(json["changed_urls"].get<std::vector<std::string>>(),
              IsSupersetOf({"/first/", "/new/", "/about/", "/assets/dot.png"}));
  EXPECT_THAT(json["diff"].get<std::string>(), HasSubstr("+title: Changed # the oldest\n"));
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h2>Changed</h2>"));
  EXPECT_EQ(world.page("/about/"), "404");
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%B", "main"}),
              HasSubstr("Several\n\nStet-Token: "));
  EXPECT_EQ(world.repository.fsck(), "");
}

TEST(Commits, WhatOneActionLacksStopsAll) {
  World world;
  std::string head = world.head(), tag = world.tag_of(kFirst);
  Json good = patch_of("2020-01-01-first", tag, {{"title", "Changed"}});
  struct Row {
    const char* what;
    Json action;
    int status;
    const char* pointer;
  };
  Json second = {{"action", "patch"}, {"resource", "posts"}, {"name", "2020-02-02-second"}};
  auto with = [](Json json, const Json& more) {
    json.update(more);
    return json;
  };
  std::string other(40, '1');
  for (const Row& row : {
           Row{"no object", Json(1), 422, "/actions/1"},
           Row{"no verb", {{"path", "a.md"}}, 422, "/actions/1/action"},
           Row{"another verb", {{"action", "touch"}}, 422, "/actions/1/action"},
           Row{"no target", {{"action", "delete"}, {"if_match", "*"}}, 422, "/actions/1/path"},
           Row{"no such resource",
               {{"action", "delete"}, {"resource", "x"}, {"name", "y"}, {"if_match", "*"}},
               422,
               "/actions/1/resource"},
           Row{"no version", second, 428, "/actions/1/if_match"},
           Row{"an odd version", with(second, {{"if_match", "x"}}), 422, "/actions/1/if_match"},
           Row{"a lost version", with(second, {{"if_match", other}}), 412, "/actions/1"},
           Row{"a stale delete",
               {{"action", "delete"},
                {"resource", "posts"},
                {"name", "2020-02-02-second"},
                {"if_match", bare_tag(world, kFirst)}},
               412,
               "/actions/1"},
           Row{"no such entry",
               {{"action", "delete"},
                {"resource", "posts"},
                {"name", "2020-09-09-no"},
                {"if_match", "*"}},
               404,
               "/actions/1"},
           Row{"a broken date",
               with(second, {{"if_match", "*"}, {"front_matter", {{"date", "never"}}}}),
               422,
               "/actions/1/front_matter/date"},
           Row{"an unknown member",
               with(second, {{"if_match", "*"}, {"bodi", "x"}}),
               422,
               "/actions/1/bodi"},
           Row{"an odd wish",
               with(second, {{"if_match", "*"}, {"on_stale", "win"}}),
               422,
               "/actions/1/on_stale"},
           Row{"the same file", good, 422, "/actions/1"},
           Row{"a path outside",
               {{"action", "create"}, {"path", "../x"}, {"content", "x"}},
               422,
               "/actions/1/path"},
           Row{"a file that is there",
               {{"action", "create"}, {"path", "about.md"}, {"content", "x"}},
               412,
               "/actions/1"},
           Row{"a move to nowhere",
               {{"action", "move"}, {"path", "about.md"}, {"if_match", "*"}},
               422,
               "/actions/1/to"},
       }) {
    Told answer = commit(world, {good, row.action});
    EXPECT_EQ(answer.status, row.status) << row.what << ": " << answer.body;
    Json problem = answer.json();
    ASSERT_TRUE(problem.contains("errors")) << row.what << ": " << answer.body;
    EXPECT_EQ(problem["errors"][0]["pointer"], row.pointer) << row.what;
  }
  for (const char* body : {R"({"actions": []})", R"({"actions": "x"})", "{}"}) {
    Told answer = world.api({.method = "POST", .target = "/commits", .body = body});
    EXPECT_EQ(answer.json()["errors"][0]["pointer"], "/actions") << answer.body;
  }
  EXPECT_EQ(world.api({.method = "POST", .target = "/commits", .body = "["}).status, 400);
  EXPECT_EQ(world.head(), head);
}

TEST(Commits, ATokenNeedsTheScopeOfEachFile) {
  World world;
  std::string head = world.head();
  auto as = [&](std::string_view scopes, const std::vector<Json>& actions) {
    return world.api({.method = "POST",
                      .target = "/commits",
                      .body = dump({{"actions", actions}}),
                      .headers = {{"Authorization", "Bearer " + world.token(scopes)}}});
  };
  Json post = patch_of("2020-01-01-first", "*", {{"title", "x"}});
  Json layout = {{"action", "delete"}, {"path", "_layouts/default.html"}, {"if_match", "*"}};
  EXPECT_EQ(as("content:read", {post}).status, 403);
  EXPECT_EQ(as("posts:write", {post, layout}).status, 403);
  EXPECT_EQ(as("theme:write", {post, layout}).status, 403);
  EXPECT_EQ(world.head(), head);
  EXPECT_EQ(as("posts:write theme:write", {post, layout}).status, 200);
}

TEST(Commits, ARenamedPostKeepsItsReaders) {
  storage::TestRepository::Files files = World::small_site();
  files["_config.yml"] += "plugins: [jekyll-redirect-from]\n";
  files["about.md"] =
      "---\nlayout: default\n---\n[a]({% post_url 2020-01-01-first %}) [b](/first/)\n";
  World world(files);
  Json move = {{"action", "move"},
               {"resource", "posts"},
               {"name", "2020-01-01-first"},
               {"if_match", world.tag_of(kFirst)},
               {"slug", "begin"}};
  Told dry = commit(world, {move}, "?dry_run=1");
  ASSERT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(world.commits(), 1u);
  Told answer = commit(world, {move});
  ASSERT_EQ(answer.status, 200) << answer.body;
  Json json = answer.json();
  EXPECT_EQ(dry.json()["diff"], json["diff"]);
  EXPECT_EQ(dry.json()["actions"], json["actions"]);
  Json done = json["actions"][0];
  EXPECT_EQ(done["action"], "move");
  EXPECT_EQ(done["moved_from"], kFirstPath);
  EXPECT_EQ(done["path"], "_posts/2020-01-01-begin.md");
  EXPECT_EQ(done["relinked"], Json::array({"about.md"}));
  EXPECT_EQ(done["entry"]["front_matter"]["redirect_from"], Json::array({"/first/"}));
  EXPECT_THAT(world.page("/begin/"), HasSubstr("First body."));
  EXPECT_THAT(world.page("/about/"), HasSubstr("<a href=\"/begin/\">a</a> <a href=\"/begin/\">b"));
  EXPECT_THAT(world.page("/first/"), HasSubstr("<a href=\"http://example.org/begin/\">"));
  EXPECT_EQ(world.commits(), 2u);
  EXPECT_THAT(world.repository.git(
                  {"log", "--follow", "--format=%h", "main", "--", "_posts/2020-01-01-begin.md"}),
              HasSubstr("\n"));
}

TEST(Commits, WithoutThePluginAMoveSaysWhatIsLost) {
  World world;
  Json move = {{"action", "move"},
               {"path", kFirstPath},
               {"if_match", "*"},
               {"to", "_posts/2020-01-01-begin.md"}};
  Told answer = commit(world, {move});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.json()["problems"].dump(), HasSubstr("jekyll-redirect-from"));
  EXPECT_EQ(world.page("/first/"), "404");
}

TEST(Commits, AStaleActionIsMergedWhereItIsAskedFor) {
  World world;
  std::string old = world.tag_of(kFirst);
  ASSERT_EQ(world.patch(kFirst, R"({"front_matter": {"title": "Mine"}})", old).status, 200);
  Json action = patch_of("2020-01-01-first", old, {{"subtitle", "Yours"}});
  Told refused = commit(world, {action});
  EXPECT_EQ(refused.status, 412) << refused.body;
  EXPECT_EQ(refused.json()["action"], 0);
  Told merged = commit(world, {action}, "?on_stale=merge");
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(merged.json()["actions"][0]["is_merged"], true);
  action["front_matter"] = {{"title", "Yours"}};
  action["on_stale"] = "merge";
  Told conflict = commit(world, {action});
  ASSERT_EQ(conflict.status, 409) << conflict.body;
  EXPECT_EQ(conflict.json()["errors"][0]["pointer"], "/actions/0/front_matter/title");
  action["resolutions"] = Json::parse(R"([{"pointer": "/front_matter/title", "take": "theirs"}])");
  action["seen"] = conflict.json()["current"];
  Told resolved = commit(world, {action});
  ASSERT_EQ(resolved.status, 200) << resolved.body;
  EXPECT_EQ(resolved.json()["actions"][0]["entry"]["front_matter"]["title"], "Yours");
}

TEST(Commits, OfTwoWhoMoveTheSamePostOneWins) {
  World world;
  std::string tag = world.tag_of(kFirst);
  std::atomic<int> won{0}, lost{0};
  std::vector<std::thread> movers;
  for (int i = 0; i < 4; ++i) {
    movers.emplace_back([&, i] {
      Json move = {{"action", "move"},
                   {"resource", "posts"},
                   {"name", "2020-01-01-first"},
                   {"if_match", tag},
                   {"slug", "m" + std::to_string(i)}};
      Told answer = commit(world, {move});
      won += answer.status == 200;
      lost += answer.status == 404;
    });
  }
  for (std::thread& mover : movers) mover.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 3);
  EXPECT_EQ(world.repository.fsck(), "");
}

TEST(Resolving, OneCallDecidesWhatBothHaveChanged) {
  World world;
  std::string old = world.tag_of(kFirst), target = std::string(kFirst) + "?on_stale=merge";
  ASSERT_EQ(world.patch(kFirst, R"({"front_matter": {"title": "Mine"}})", old).status, 200);
  constexpr char kEdit[] = R"({"front_matter": {"title": "Yours"}, "resolutions":
      [{"pointer": "/front_matter/title", "value": "Ours"}], "seen": )";
  Told conflict = world.patch(target, R"({"front_matter": {"title": "Yours"}})", old);
  ASSERT_EQ(conflict.status, 409) << conflict.body;
  std::string seen = conflict.json()["current"].dump();
  // Somebody else again: what has been decided was about something else.
  ASSERT_EQ(world.patch(kFirst, R"({"front_matter": {"title": "Third"}})").status, 200);
  Told again = world.patch(target, kEdit + seen + "}", old);
  ASSERT_EQ(again.status, 409) << again.body;
  seen = again.json()["current"].dump();
  Told resolved = world.patch(target, kEdit + seen + "}", old);
  ASSERT_EQ(resolved.status, 200) << resolved.body;
  EXPECT_EQ(resolved.json()["entry"]["front_matter"]["title"], "Ours");
  for (const char* bad : {R"([1])",
                          R"({})",
                          R"([{"take": "ours"}])",
                          R"([{"pointer": "/x"}])",
                          R"([{"pointer": "/x", "take": "mine"}])",
                          R"([{"pointer": "/x", "take": "ours", "value": 1}])",
                          R"([{"pointer": "/x", "take": "ours", "path": "a"}])"}) {
    Told refused = world.patch(target, R"({"resolutions": )" + std::string(bad) + "}", old);
    EXPECT_EQ(refused.status, 422) << bad;
    EXPECT_THAT(refused.body, HasSubstr("/resolutions")) << bad;
  }
}

}  // namespace
}  // namespace stet::api
