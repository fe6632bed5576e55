// From a request to a public page: every write, what it renders and why, what it refuses.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr char kSecond[] = "/posts/2020-02-02-second";

TEST(Writing, APatchOfATitleIsLiveWhenItIsAnswered) {
  World world;
  Told answer = world.patch(kFirst, R"({"front_matter": {"title": "Changed"}})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>Changed</h1>"));
  EXPECT_THAT(world.page("/"), HasSubstr("<li>Changed</li>"));
  Json json = answer.json();
  EXPECT_EQ(json["commit"], world.head());
  EXPECT_THAT(json["changed_urls"].get<std::vector<std::string>>(),
              UnorderedElementsAre("/first/", "/"));
  EXPECT_EQ(json["stale_count"], 0);
  EXPECT_THAT(json["diff"].get<std::string>(), HasSubstr("+title: Changed # the oldest\n"));
  EXPECT_EQ(json["entry"]["front_matter"]["title"], "Changed");
  EXPECT_EQ(json["entry"]["url"], "/first/");
  EXPECT_THAT(answer.header("Server-Timing"), HasSubstr("commit;dur="));
  EXPECT_EQ(answer.header("ETag"), world.tag_of(kFirst));
}

TEST(Writing, ATitleRendersThePagesThatPrintItAndABodyThoseThatPrintThat) {
  World world;
  ASSERT_EQ(world.patch(kFirst, R"({"front_matter": {"title": "Changed"}})").status, 200);
  EXPECT_THAT(
      world.rendered(),
      UnorderedElementsAre(
          Pair("first/index.html", Contains(HasSubstr("title of _posts/2020-01-01-first.md"))),
          Pair("index.html", Contains(HasSubstr("title of _posts/2020-01-01-first.md")))));
  ASSERT_EQ(world.patch(kFirst, R"({"body": "Another body.\n"})").status, 200);
  EXPECT_THAT(world.rendered(),
              UnorderedElementsAre(Key("first/index.html"), Key("bodies/index.html")));
  EXPECT_THAT(world.page("/bodies/"), HasSubstr("Another body."));
}

TEST(Writing, ADryRunAnswersTheSameAndCommitsNothing) {
  World world;
  std::string tag = world.tag_of(kFirst), head = world.head();
  constexpr char kEdit[] = R"({"front_matter": {"title": "Changed"}})";
  Told dry = world.patch(std::string(kFirst) + "?dry_run=1", kEdit, tag);
  ASSERT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(world.head(), head);
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>First</h1>"));
  Json foreseen = dry.json(), made = world.patch(kFirst, kEdit, tag).json();
  EXPECT_EQ(foreseen["dry_run"], true);
  EXPECT_EQ(foreseen["commit"], head);
  for (const char* member : {"entry", "diff", "stale_count", "problems"}) {
    EXPECT_EQ(foreseen[member], made[member]) << member;
  }
  EXPECT_THAT(
      foreseen["changed_urls"].get<std::vector<std::string>>(),
      ::testing::UnorderedElementsAreArray(made["changed_urls"].get<std::vector<std::string>>()));
}

TEST(Writing, AnEntryThatIsReadAndSentBackChangesNoByte) {
  World world;
  for (const char* target : {kFirst, kSecond, "/pages/about"}) {
    Json entry = world.api({.target = target}).json();
    Json whole = {{"front_matter", entry["front_matter"]}, {"body", entry["body"]}};
    std::string head = world.head();
    Told answer = world.api({.method = "PUT",
                             .target = target,
                             .body = dump(whole),
                             .headers = {{"If-Match", world.tag_of(target)}}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.json()["is_unchanged"], true) << answer.body;
    EXPECT_EQ(world.head(), head);
  }
}

TEST(Writing, ANewPostHasAPlaceATagAndAPlainDate) {
  World world;
  Told answer = world.api({.method = "POST",
                           .target = "/posts",
                           .body = R"({"front_matter": {"title": "A new post", "layout": "default",
                   "date": "2020-11-01 10:00:00 +0000"}, "body": "Hello *there*.\n"})"});
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(answer.json()["entry"]["path"], "_posts/2020/11/2020-11-01-a-new-post.md");
  std::string location = answer.header("Location");
  EXPECT_EQ(location, "/api/v1/posts/2020/11/2020-11-01-a-new-post");
  EXPECT_EQ(world.tag_of(location.substr(7)), answer.header("ETag"));
  EXPECT_THAT(world.page("/a-new-post/"), HasSubstr("<em>there</em>"));
  EXPECT_THAT(world.repository.git({"show", "main:_posts/2020/11/2020-11-01-a-new-post.md"}),
              HasSubstr("\ndate: 2020-11-01T10:00:00+00:00\n"));
}

TEST(Writing, ADeletedPostsPageIsGone) {
  World world;
  Told answer = world.api(
      {.method = "DELETE", .target = kFirst, .headers = {{"If-Match", world.tag_of(kFirst)}}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  Json json = answer.json();
  EXPECT_EQ(json["entry"], nullptr);
  EXPECT_THAT(json["changed_urls"].get<std::vector<std::string>>(),
              UnorderedElementsAre("/first/", "/", "/bodies/"));
  EXPECT_EQ(world.page("/first/"), "404");
  EXPECT_EQ(world.api({.target = kFirst}).status, 404);
}

TEST(Writing, AnEventAndASessionAreMade) {
  World world;
  Told event = world.api(
      {.method = "PUT",
       .target = "/schedule/event",
       .body = R"({"title": "Meeting", "time_zone": "America/New_York", "start": "2020-10-12",
                   "end": "2020-10-15", "rooms": [{"name": "Main"}]})",
       .headers = {{"If-None-Match", "*"}}});
  ASSERT_EQ(event.status, 201) << event.body;
  EXPECT_EQ(event.header("Location"), "/api/v1/schedule/event");
  Told session =
      world.api({.method = "POST",
                 .target = "/schedule/sessions",
                 .body = R"({"front_matter": {"title": "Opening", "start": "2020-10-12T10:00",
                   "end": "2020-10-12T10:30", "room": "Main"}, "body": "Welcome."})"});
  ASSERT_EQ(session.status, 201) << session.body;
  Json list = world.api({.target = "/schedule/sessions"}).json();
  EXPECT_EQ(list["total"], 1);
  EXPECT_EQ(world.api({.target = "/schedule/event"}).json()["time_zone"], "America/New_York");
  Told patched = world.patch("/schedule/event", R"({"title": "The meeting"})");
  EXPECT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(world.api({.target = "/schedule/event"}).json()["title"], "The meeting");
}

TEST(Writing, RawFilesKeepEveryByte) {
  World world;
  std::string layout = "---\nx: 1\n---\n\n\n<html>{{ content }}</html>";
  Told made = world.api({.method = "POST",
                         .target = "/files",
                         .body = dump({{"path", "_layouts/new.html"}, {"content", layout}})});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.header("Location"), "/api/v1/files/_layouts/new.html");
  std::string target = "/files/_layouts/new.html";
  EXPECT_EQ(world.api({.target = target}).json()["content"], layout);
  std::string bytes("\x89PNG\0\xff", 6);
  Told binary = world.api({.method = "PUT",
                           .target = "/files/assets/dot.png",
                           .body = R"({"content_base64": "iVBORwD/"})",
                           .headers = {{"If-None-Match", "*"}}});
  ASSERT_EQ(binary.status, 201) << binary.body;
  EXPECT_EQ(world.page("/assets/dot.png"), bytes);
  EXPECT_EQ(world.api({.target = "/files/assets/dot.png"}).json()["content_base64"], "iVBORwD/");
  std::string changed = "\n---\nno front matter\n";
  Told replaced = world.api({.method = "PUT",
                             .target = target,
                             .body = dump({{"content", changed}}),
                             .headers = {{"If-Match", world.tag_of(target)}}});
  ASSERT_EQ(replaced.status, 200) << replaced.body;
  EXPECT_EQ(world.api({.target = target}).json()["content"], changed);
}

TEST(Writing, AStaleEditIsRefusedWithTheMergeAsAProposal) {
  World world;
  std::string old = world.tag_of(kFirst);
  ASSERT_EQ(world.patch(kFirst, R"({"front_matter": {"title": "Mine"}})", old).status, 200);
  Told refused = world.patch(kFirst, R"({"body": "Other.\n"})", old);
  ASSERT_EQ(refused.status, 412) << refused.body;
  Json json = refused.json();
  EXPECT_EQ(json["proposal"]["front_matter"]["title"], "Mine");
  EXPECT_EQ(json["proposal"]["body"], "Other.\n");
  EXPECT_EQ(json["proposal"]["conflicts"], Json::array());
  EXPECT_EQ(json["current"], world.tag_of(kFirst));
  Told merged =
      world.patch(std::string(kFirst) + "?on_stale=merge", R"({"body": "Other.\n"})", old);
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(merged.json()["is_merged"], true);
  EXPECT_EQ(merged.json()["entry"]["front_matter"]["title"], "Mine");
  Told conflict = world.patch(
      std::string(kFirst) + "?on_stale=merge", R"({"front_matter": {"title": "Yours"}})", old);
  ASSERT_EQ(conflict.status, 409) << conflict.body;
  Json field = conflict.json()["proposal"]["conflicts"][0];
  EXPECT_EQ(field["pointer"], "/front_matter/title");
  EXPECT_EQ(field["base"], "First");
  EXPECT_EQ(field["ours"], "Mine");
  EXPECT_EQ(field["theirs"], "Yours");
}

TEST(Writing, TheTagOfAnExpansionNamesTheSameVersion) {
  World world;
  std::string plain = world.tag_of(kFirst);
  std::string expanded = world.tag_of(std::string(kFirst) + "?expand=url,html");
  EXPECT_NE(plain, expanded);
  EXPECT_EQ(expanded.substr(0, 41), plain.substr(0, 41));
  EXPECT_EQ(world.patch(kFirst, R"({"body": "x\n"})", expanded).status, 200);
  EXPECT_EQ(world.patch(kFirst, R"({"body": "y\n"})", "*").status, 200);
  std::string both = "\"0000000000000000000000000000000000000001\", " + world.tag_of(kFirst);
  EXPECT_EQ(world.patch(kFirst, R"({"body": "z\n"})", both).status, 200);
}

struct Refused {
  const char* what;
  Asked asked;
  int status;
  const char* says;  // somewhere in the problem
};

TEST(Writing, WhatIsWrongIsRefusedByNameAndNothingIsCommitted) {
  World world;
  std::string head = world.head(), tag = world.tag_of(kFirst);
  std::map<std::string, std::string> match = {{"If-Match", tag}};
  auto with = [&](const char* type) {
    return std::map<std::string, std::string>{{"If-Match", tag}, {"Content-Type", type}};
  };
  std::vector<Refused> table = {
      {"no If-Match", {"PATCH", kFirst, R"({"body": "x"})"}, 428, "If-Match is needed"},
      {"no precondition of a PUT", {"PUT", kFirst, R"({"body": "x"})"}, 428, "If-None-Match"},
      {"DELETE without one", {"DELETE", kFirst}, 428, "If-Match"},
      {"a PUT of what is there",
       {"PUT", kFirst, R"({"body": "x"})", {{"If-None-Match", "*"}}},
       412,
       "there already"},
      {"a PUT of what is not",
       {"PUT", "/posts/2020-09-09-no", R"({"body": "x"})", match},
       404,
       "no"},
      {"no list of tags", {"PATCH", kFirst, "{}", {{"If-Match", "abc"}}}, 400, "If-Match"},
      {"a weak tag", {"PATCH", kFirst, "{}", {{"If-Match", "W/" + tag}}}, 412, "If-Match"},
      {"a foreign tag", {"PATCH", kFirst, "{}", {{"If-Match", "\"x\""}}}, 412, "If-Match"},
      {"cut JSON", {"PATCH", kFirst, R"({"front_matter": )", match}, 400, "\"column\":17"},
      {"a key twice",
       {"PATCH", kFirst, R"({"body": "x", "body": "y"})", match},
       400,
       "given twice"},
      {"a list", {"PATCH", kFirst, "[1]", match}, 422, "is an object"},
      {"an unknown member",
       {"PATCH", kFirst, R"({"bodi": "x"})", match},
       422,
       "\"pointer\":\"/bodi\""},
      {"path of what is there", {"PATCH", kFirst, R"({"path": "x.md"})", match}, 422, "\"/path\""},
      {"front matter that is none",
       {"PATCH", kFirst, R"({"front_matter": 1})", match},
       422,
       "/front_matter"},
      {"a body that is none", {"PATCH", kFirst, R"({"body": null})", match}, 422, "/body"},
      {"no date",
       {"PATCH", kFirst, R"({"front_matter": {"date": "the day after"}})", match},
       422,
       "/front_matter/date"},
      {"plain JSON", {"PATCH", kFirst, "{}", with("application/json")}, 415, "merge-patch"},
      {"a patch of XML",
       {"PATCH", kFirst, "[]", with("application/xml-patch+xml")},
       415,
       "merge-patch"},
      {"a form",
       {"PUT", kFirst, "a=b", with("application/x-www-form-urlencoded")},
       415,
       "application/json"},
      {"an odd flag",
       {"PATCH", std::string(kFirst) + "?dry_run=maybe", "{}", match},
       400,
       "dry_run"},
      {"an odd wish",
       {"PATCH", std::string(kFirst) + "?on_stale=win", "{}", match},
       400,
       "on_stale"},
      {"a misspelt parameter",
       {"PATCH", std::string(kFirst) + "?dryrun=1", "{}", match},
       400,
       "dryrun"},
      {"no title", {"POST", "/posts", R"({"body": "x"})"}, 422, "/front_matter/title"},
      {"a path outside", {"POST", "/files", R"({"path": "../x", "content": ""})"}, 422, "/path"},
      {"no content", {"POST", "/files", R"({"path": "x.txt"})"}, 422, "/content"},
      {"no base64",
       {"POST", "/files", R"({"path": "x", "content_base64": "%"})"},
       422,
       "/content_base64"},
      {"an event that is no map",
       {"PUT", "/schedule/event", "[]", {{"If-None-Match", "*"}}},
       422,
       "object"},
      {"no such collection", {"POST", "/collections/none", R"({"body": "x"})"}, 404, "none"},
  };
  for (const Refused& row : table) {
    Told answer = world.api(row.asked);
    EXPECT_EQ(answer.status, row.status) << row.what << ": " << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(row.says)) << row.what;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json") << row.what;
    Json problem = answer.json();
    EXPECT_EQ(problem["status"], row.status) << row.what;
    EXPECT_EQ(problem["instance"], "urn:stet:request:test") << row.what;
  }
  EXPECT_EQ(world.head(), head);
  EXPECT_EQ(world.api({"PATCH", kFirst, "{}", with("text/plain")}).header("Accept-Patch"),
            "application/merge-patch+json, application/json-patch+json");
}

TEST(Writing, RespondAsyncIsAnsweredAfterTheCommit) {
  World world;
  Told answer = world.api({.method = "PATCH",
                           .target = kFirst,
                           .body = R"({"front_matter": {"title": "Later"}})",
                           .headers = {{"If-Match", "*"}, {"Prefer", "respond-async"}}});
  EXPECT_EQ(answer.status, 202) << answer.body;
  EXPECT_EQ(answer.header("Preference-Applied"), "respond-async");
  EXPECT_EQ(answer.json()["commit"], world.head());
  EXPECT_EQ(world.soon, 1);
  EXPECT_THAT(world.page("/first/"), HasSubstr("<h1>First</h1>"));
}

TEST(Writing, WhoHasSeenTheNewestContentIsNotLateThoughTheSiteIs) {
  World world;
  auto later = [&](const std::string& json, const std::string& tag) {
    return world.api({.method = "PATCH",
                      .target = kFirst,
                      .body = json,
                      .headers = {{"If-Match", tag}, {"Prefer", "respond-async"}}});
  };
  auto live = world.pipeline->commit();
  Told first = later(R"({"front_matter": {"title": "Later"}})", world.tag_of(kFirst));
  ASSERT_EQ(first.status, 202) << first.body;
  Told second = later(R"({"body": "Later still."})", first.header("ETag"));
  ASSERT_EQ(second.status, 202) << second.body;
  EXPECT_EQ(second.json()["entry"]["front_matter"]["title"], "Later");
  EXPECT_EQ(world.pipeline->commit(), live);  // nobody had to wait for a publication
  // What the first has replaced is late.
  Told late = later(R"({"body": "Late."})", first.header("ETag"));
  EXPECT_EQ(late.status, 412) << late.body;
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  EXPECT_THAT(world.page("/first/"), AllOf(HasSubstr("<h1>Later</h1>"), HasSubstr("Later still")));
}

TEST(Writing, APushThatTheServerHasNotSeenIsNotLost) {
  World world;
  std::string tag = world.tag_of(kFirst);
  world.repository.commit({{"_posts/2020-02-02-second.md",
                            "---\nlayout: default\ntitle: Pushed\n---\nPushed body.\n"}});
  Told answer = world.patch(kFirst, R"({"front_matter": {"title": "Mine"}})", tag);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(world.page("/"), HasSubstr("<li>Pushed</li><li>Mine</li>"));
}

TEST(Writing, AnEditOfWhatAPushHasChangedIsStale) {
  World world;
  std::string tag = world.tag_of(kSecond);
  world.repository.commit({{"_posts/2020-02-02-second.md",
                            "---\nlayout: default\ntitle: Pushed\n---\nPushed body.\n"}});
  Told answer = world.patch(kSecond, R"({"front_matter": {"title": "Mine"}})", tag);
  EXPECT_EQ(answer.status, 412) << answer.body;
  Told merged = world.patch(kSecond, R"({"front_matter": {"title": "Mine"}})", "*");
  EXPECT_EQ(merged.status, 200) << merged.body;
  EXPECT_THAT(world.page("/second/"), HasSubstr("Pushed body."));
}

TEST(Writing, SeveralEditorsAtOnceLoseNothing) {
  World world;
  constexpr int kEditors = 4, kEdits = 5;
  std::vector<std::thread> editors;
  std::atomic<int> good{0};
  std::size_t before = world.commits();
  for (int editor = 0; editor < kEditors; ++editor) {
    editors.emplace_back([&, editor] {
      for (int edit = 0; edit < kEdits; ++edit) {
        std::string key = "k" + std::to_string(editor) + "_" + std::to_string(edit);
        Told answer = world.patch(kFirst, R"({"front_matter": {")" + key + R"(": 1}})", "*");
        good += answer.status == 200;
        EXPECT_EQ(answer.status, 200) << answer.body;
      }
    });
  }
  for (std::thread& editor : editors) editor.join();
  EXPECT_EQ(good, kEditors * kEdits);
  EXPECT_EQ(world.commits(), before + kEditors * kEdits);
  Json front_matter = world.api({.target = kFirst}).json()["front_matter"];
  for (int editor = 0; editor < kEditors; ++editor) {
    for (int edit = 0; edit < kEdits; ++edit) {
      EXPECT_TRUE(front_matter.contains("k" + std::to_string(editor) + "_" + std::to_string(edit)));
    }
  }
  EXPECT_EQ(world.pipeline->commit()->hex(), world.head());
  EXPECT_EQ(world.repository.fsck(), "");
}

// More than the tries that anybody has.
TEST(Writing, HoweverManyEditOneEntryEachGetsItsTurn) {
  World world;
  constexpr int kEditors = 64;
  for (const char* way : {"merge", "match"}) {
    bool merges = std::string(way) == "merge";
    std::string target = merges ? std::string(kFirst) + "?on_stale=merge" : kFirst;
    std::string tag = merges ? world.tag_of(kFirst) : "*";
    std::vector<std::thread> editors;
    for (int editor = 0; editor < kEditors; ++editor) {
      editors.emplace_back([&, editor] {
        Json edit = {{"front_matter", {{way + std::to_string(editor), 1}}}};
        Told answer = world.patch(target, edit.dump(), tag);
        EXPECT_EQ(answer.status, 200) << answer.body;
      });
    }
    for (std::thread& editor : editors) editor.join();
    Json front_matter = world.api({.target = kFirst}).json()["front_matter"];
    for (int editor = 0; editor < kEditors; ++editor) {
      EXPECT_TRUE(front_matter.contains(way + std::to_string(editor)));
    }
  }
  EXPECT_EQ(world.repository.fsck(), "");
}

TEST(Writing, WhoIsBeatenWhileItWaitsForItsTurnIsToldOfTheConflict) {
  World world;
  constexpr int kEditors = 32;
  std::string tag = world.tag_of(kFirst), target = std::string(kFirst) + "?on_stale=merge";
  std::atomic<int> good{0}, beaten{0};
  std::vector<std::thread> editors;
  for (int editor = 0; editor < kEditors; ++editor) {
    editors.emplace_back([&, editor] {
      Json edit = {{"front_matter", {{"title", "T" + std::to_string(editor % 2)}}}};
      Told answer = world.patch(target, edit.dump(), tag);
      good += answer.status == 200;
      beaten += answer.status == 409;
    });
  }
  for (std::thread& editor : editors) editor.join();
  EXPECT_EQ(good, kEditors / 2) << "one of the two titles, and who wants the same";
  EXPECT_EQ(good + beaten, kEditors);
}

TEST(Writing, OfManyWhoHoldOneVersionOneWins) {
  World world;
  std::string tag = world.tag_of(kFirst);
  std::vector<std::thread> editors;
  std::atomic<int> won{0}, stale{0};
  for (int editor = 0; editor < 6; ++editor) {
    editors.emplace_back([&, editor] {
      std::string title = "T" + std::to_string(editor);
      Told answer = world.patch(kFirst, R"({"front_matter": {"title": ")" + title + R"("}})", tag);
      won += answer.status == 200;
      stale += answer.status == 412;
    });
  }
  for (std::thread& editor : editors) editor.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(stale, 5);
}

}  // namespace
}  // namespace stet::api
