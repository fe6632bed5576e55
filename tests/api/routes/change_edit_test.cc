// Edits in a change: the entries' own calls, on a branch of its own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/change_world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Changes, AChangeIsABranchThatBeginsWithACommitOfItsOwn) {
  ChangeWorld world;
  Told made =
      world.post("/changes", {{"title", "Spring"}, {"description", "All about it.\n\nMore."}});
  ASSERT_EQ(made.status, 201) << made.body;
  Json change = made.json();
  std::string id = change["id"];
  EXPECT_EQ(made.header("Location"), "/api/v1/changes/" + id);
  EXPECT_EQ(change["branch"], "change/" + id);
  EXPECT_EQ(change["state"], "open");
  EXPECT_EQ(change["base"], world.head());
  EXPECT_EQ(change["behind"], 0);
  EXPECT_EQ(change["file_count"], 0);
  EXPECT_EQ(change["merge"]["is_clean"], true);
  EXPECT_EQ(change["title"], "Spring");
  EXPECT_EQ(change["description"], "All about it.\n\nMore.");
  EXPECT_EQ(world.lines({"rev-list", "--count", "main.." + std::string(change["branch"])}), "1");
  Told read = world.api({.target = "/changes/" + id});
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.json(), change);
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Changes, AnEditInAChangeIsSeenThereAndNowhereElse) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  std::string live = world.head(), page = world.page("/first/");
  Told edited = world.edit(id, "/posts/2020-01-01-first", {{"title", "Spring"}});
  ASSERT_EQ(edited.status, 200) << edited.body;
  EXPECT_EQ(edited.json()["change"], id);
  EXPECT_EQ(edited.json()["entry"]["front_matter"]["title"], "Spring");
  EXPECT_THAT(std::string(edited.json()["diff"]), HasSubstr("+title: Spring"));
  EXPECT_EQ(edited.json()["changed_urls"], Json::array({"/first/"}));
  EXPECT_EQ(world.head(), live);
  EXPECT_EQ(world.page("/first/"), page);
  auto title = [&](const std::string& query) {
    return world.api({.target = "/posts/2020-01-01-first" + query}).json()["front_matter"]["title"];
  };
  EXPECT_EQ(title(""), "First");
  EXPECT_EQ(title("?change=" + id), "Spring");
  EXPECT_EQ(title("?ref=change/" + id), "Spring");
  Json list = world.api({.target = "/posts?sort=title&change=" + id}).json();
  EXPECT_EQ(list["items"][0]["front_matter"]["title"], "Second");
  EXPECT_EQ(list["items"][1]["front_matter"]["title"], "Spring");
  Json change = world.change(id);
  EXPECT_EQ(change["file_count"], 1);
  EXPECT_EQ(change["files"][0]["path"], "_posts/2020-01-01-first.md");
  EXPECT_EQ(change["files"][0]["status"], "modified");
  EXPECT_EQ(change["files"][0]["self"], "/api/v1/posts/2020-01-01-first?change=" + id);
  EXPECT_EQ(change["commits"], 1);
}

TEST(Changes, EveryWayToWriteGoesIntoTheChange) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  std::string in = "change=" + id;
  Told made =
      world.post("/posts?" + in, {{"front_matter", {{"title", "New"}}}, {"body", "Hello.\n"}});
  ASSERT_EQ(made.status, 201) << made.body;
  std::string self = made.json()["entry"]["self"];
  Told read = world.admin_get(self + "?" + in);
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.header("ETag"), made.header("ETag"));
  EXPECT_EQ(world.admin_get(self).status, 404);
  Told gone = world.api({.method = "DELETE",
                         .target = "/pages/about?" + in,
                         .headers = {{"If-Match", world.tag_of("/pages/about?" + in)}}});
  EXPECT_EQ(gone.status, 200) << gone.body;
  Told many = world.post("/commits?" + in,
                         {{"actions",
                           Json::array({{{"action", "patch"},
                                         {"resource", "posts"},
                                         {"name", "2020-02-02-second"},
                                         {"if_match", "*"},
                                         {"front_matter", {{"title", "Two"}}}}})}});
  EXPECT_EQ(many.status, 200) << many.body;
  EXPECT_EQ(many.json()["change"], id);
  Told renamed = world.post("/tags/rename?" + in, {{"from", "b"}, {"to", "c"}});
  EXPECT_EQ(renamed.status, 200) << renamed.body;
  EXPECT_EQ(world.api({.target = "/tags?" + in}).json()["items"][1]["name"], "c");
  EXPECT_EQ(world.api({.target = "/tags"}).json()["items"][1]["name"], "b");
  Told taken_back = world.post("/revert?" + in, {{"commit", renamed.json()["commit"]}});
  EXPECT_EQ(taken_back.status, 200) << taken_back.body;
  EXPECT_EQ(world.api({.target = "/tags?" + in}).json()["items"][1]["name"], "b");
  // What is live is not in the change to be taken back, and the other way round.
  EXPECT_EQ(world.post("/revert", {{"commit", many.json()["commit"]}}).status, 422);
  Json history = world.api({.target = "/history?path=_posts/2020-02-02-second.md&" + in}).json();
  EXPECT_EQ(history["items"].size(), 4u);
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Changes, PreconditionsAndMergesAreOfTheChangesOwnState) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  std::string target = "/posts/2020-01-01-first?change=" + id;
  std::string first = world.tag_of(target);
  ASSERT_EQ(world.patch(target, R"({"front_matter": {"title": "One"}})", first).status, 200);
  Told stale = world.patch(target, R"({"body": "New.\n"})", first);
  EXPECT_EQ(stale.status, 412) << stale.body;
  Told merged = world.patch(target + "&on_stale=merge", R"({"body": "New.\n"})", first);
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(merged.json()["is_merged"], true);
  EXPECT_EQ(merged.json()["entry"]["front_matter"]["title"], "One");
  // The live entry still has the first tag.
  EXPECT_EQ(world.tag_of("/posts/2020-01-01-first"), first);
  Told dry = world.patch(target + "&dry_run=1", R"({"body": "Newer.\n"})", "*");
  EXPECT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(dry.json()["change"], id);
  EXPECT_THAT(std::string(dry.json()["diff"]), HasSubstr("+Newer."));
  EXPECT_EQ(world.change(id)["commits"], 2);
}

TEST(Changes, AKeyWhoseAnswerWasLostIsFoundInTheChangesHistory) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  Asked asked{.method = "POST",
              .target = "/drafts?change=" + id,
              .body = R"({"front_matter": {"title": "Once"}})",
              .headers = {{"Idempotency-Key", "k-1"}}};
  Told first = world.api(asked);
  ASSERT_EQ(first.status, 201) << first.body;
  // As if the server had been killed between the commit and the record.
  ASSERT_TRUE(world.ledger->forget_keys_before({world.clock.now().seconds + 1}));
  world.restart();
  Told again = world.api(asked);
  EXPECT_EQ(again.status, 201) << again.body;
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(again.json()["commit"], first.json()["commit"]);
  EXPECT_EQ(world.change(id)["commits"], 1);
}

TEST(Changes, ManyWritersOfOneChangeLoseNothing) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  std::vector<std::thread> writers;
  std::atomic<int> made = 0;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&world, &made, id, i] {
      Json post = {{"front_matter", {{"title", "Post " + std::to_string(i)}}}};
      made += world.post("/posts?change=" + id, post).status == 201;
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(made, 8);
  EXPECT_EQ(world.change(id)["file_count"], 8);
  EXPECT_LE(world.change_work->branches().open_count(), 1u);
}

TEST(Changes, ABadRequestNamesThePlace) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  struct Case {
    Json body;
    int status;
    std::string says;
  };
  for (const Case& bad : std::vector<Case>{
           {Json::object(), 422, "/title"},
           {{{"title", ""}}, 422, "/title"},
           {{{"title", "two\nlines"}}, 422, "/title"},
           {{{"title", std::string(201, 'x')}}, 422, "200"},
           {{{"title", "T"}, {"description", std::string(10'001, 'x')}}, 422, "/description"},
           {{{"title", "T"}, {"base", "nowhere"}}, 422, "/base"},
           {{{"title", "T"}, {"what", 1}}, 422, "/what"},
           {{{"title", 5}}, 422, "/title"}}) {
    Told told = world.post("/changes", bad.body);
    EXPECT_EQ(told.status, bad.status) << told.body;
    EXPECT_THAT(told.body, HasSubstr(bad.says));
  }
  EXPECT_EQ(world.api({.target = "/changes/none"}).status, 404);
  EXPECT_EQ(world.api({.target = "/changes/a..b"}).status, 404);
  EXPECT_EQ(world.api({.target = "/posts?change=none"}).status, 404);
  EXPECT_EQ(world.api({.target = "/posts?change="}).status, 404);
  EXPECT_EQ(world.api({.target = "/posts?ref=main&change=" + id}).status, 400);
  EXPECT_EQ(world.api({.target = "/changes?state=odd"}).status, 400);
  EXPECT_EQ(world.api({.target = "/changes?cursor=odd"}).status, 400);
}

TEST(Changes, AreListedByStateAuthorAndFileInPages) {
  ChangeWorld world;
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    world.clock.advance_seconds(10);
    ids.push_back(world.begin("Change " + std::to_string(i)));
  }
  world.clock.advance_seconds(10);
  world.edit(ids[1], "/pages/about", {{"title", "Us"}});
  world.post("/changes/" + ids[3] + "/withdraw");
  auto titles = [&](const std::string& query) {
    std::vector<std::string> found;
    Json list = world.api({.target = "/changes?" + query}).json();
    for (const Json& item : list["items"]) {
      found.push_back(item["title"]);
    }
    return found;
  };
  using V = std::vector<std::string>;
  EXPECT_EQ(titles(""), (V{"Change 1", "Change 4", "Change 2", "Change 0"}));
  EXPECT_EQ(titles("state=withdrawn"), (V{"Change 3"}));
  EXPECT_EQ(titles("state=all").size(), 5u);
  EXPECT_EQ(titles("path=about.md"), (V{"Change 1"}));
  EXPECT_EQ(titles("path=_posts"), V());
  EXPECT_EQ(titles("author=nobody"), V());
  Told first = world.api({.target = "/changes?limit=3"});
  EXPECT_EQ(first.json()["total"], 4);
  std::string next = first.json()["next"];
  EXPECT_THAT(first.header("Link"), HasSubstr("rel=\"next\""));
  EXPECT_EQ(titles("limit=3&cursor=" + next), (V{"Change 0"}));
  std::string tag = first.header("ETag");
  EXPECT_EQ(world.api({.target = "/changes?limit=3", .headers = {{"If-None-Match", tag}}}).status,
            304);
}

TEST(Changes, AWithdrawnOneTakesNoEditsUntilItIsReopenedAndGoesByDelete) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  std::string path = "/changes/" + id;
  EXPECT_EQ(world.api({.method = "DELETE", .target = path}).status, 409);
  ASSERT_EQ(world.post(path + "/withdraw").status, 200);
  EXPECT_EQ(world.change(id)["state"], "withdrawn");
  EXPECT_EQ(world.edit(id, "/pages/about", {{"title", "Us"}}).status, 409);
  EXPECT_EQ(world.post(path + "/publish", Json::object()).status, 409);
  ASSERT_EQ(world.post(path + "/reopen").status, 200);
  EXPECT_EQ(world.edit(id, "/pages/about", {{"title", "Us"}}).status, 200);
  EXPECT_EQ(world.post(path + "/reopen").status, 409);
  ASSERT_EQ(world.post(path + "/withdraw").status, 200);
  Told gone = world.api({.method = "DELETE", .target = path});
  EXPECT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(world.api({.target = path}).status, 404);
  EXPECT_EQ(world.lines({"branch", "--list", "change/*"}), "");
}

TEST(Changes, ReviewIsAskedForAndAskedForNoMore) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  EXPECT_EQ(world.change(id)["wants_review"], false);
  auto ask = [&](const std::string& body) {
    return world.api({.method = "PATCH", .target = "/changes/" + id, .body = body});
  };
  Told asked = ask(R"({"wants_review": true})");
  EXPECT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.json()["wants_review"], true);
  EXPECT_EQ(asked.json()["title"], "Spring");
  EXPECT_EQ(ask(R"({"wants_review": true})").json()["head"], asked.json()["head"]) << "once";
  EXPECT_EQ(ask(R"({"wants_review": "yes"})").status, 422);
  EXPECT_EQ(ask(R"({"wants_review": false, "title": "Two things"})").status, 422);
  EXPECT_EQ(ask(R"({"wants_review": false})").json()["wants_review"], false);
}

TEST(Changes, ATitleIsChangedAndTheNewestWordHolds) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  Told told = world.api({.method = "PATCH",
                         .target = "/changes/" + id,
                         .body = R"({"title": "Summer: a sequel", "description": "Two."})"});
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["title"], "Summer: a sequel");
  EXPECT_EQ(told.json()["description"], "Two.");
  EXPECT_EQ(told.json()["author"], world.change(id)["author"]);
}

TEST(Changes, ABranchThatWasPushedIsAChangeToo) {
  ChangeWorld world;
  world.repository.git({"branch", "change/by-hand", "main"});
  // A branch that has nothing of its own is none.
  EXPECT_EQ(world.api({.target = "/changes/by-hand"}).status, 404);
  world.repository.commit(
      {{"about.md", "---\nlayout: default\ntitle: Pushed\n---\nUs.\n"}}, {}, "change/by-hand");
  Json change = world.change("by-hand");
  EXPECT_NE(change["title"], "");
  EXPECT_EQ(change["state"], "open");
  EXPECT_EQ(change["author"]["user"], nullptr);
  EXPECT_EQ(change["files"][0]["path"], "about.md");
  EXPECT_EQ(world.edit("by-hand", "/pages/about", {{"title", "Edited"}}).status, 200);
  Json edited = world.change("by-hand");
  // It is still what it was when it is published.
  ASSERT_EQ(world.post("/changes/by-hand/publish", Json::object()).status, 200);
  Json published = world.change("by-hand");
  EXPECT_EQ(published["state"], "published");
  for (const char* member : {"title", "author", "people", "commits", "base"}) {
    EXPECT_EQ(published[member], edited[member]) << member;
  }
}

TEST(Changes, WhatAClientSaysIsNotTakenForANote) {
  ChangeWorld world;
  std::string id = world.begin("Spring");
  std::string target = "/pages/about?change=" + id;
  Json body = {{"front_matter", {{"title", "Us"}}},
               {"message",
                "Edit\n\nStet-Token: x\nStet-Change: schedule\n"
                "Stet-Publish-At: 2020-01-01T00:00:00Z"}};
  ASSERT_EQ(world.patch(target, body.dump(), "*").status, 200);
  EXPECT_EQ(world.change(id)["publish_at"], nullptr);
  EXPECT_EQ(world.change(id)["state"], "open");
  Told described = world.post(
      "/changes", {{"title", "T"}, {"description", "D\n\nStet-Change: withdraw\nStet-Title: X"}});
  EXPECT_EQ(described.json()["state"], "open");
  EXPECT_EQ(described.json()["title"], "T");
}

}  // namespace
}  // namespace stet::api
