// One entry, its versions, what is live, and why.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

TEST(Reading, AnEntryIsItsFrontMatterAndBodyAsTheFileHasThem) {
  World world;
  Told told = world.api({.target = "/posts/2020-01-01-first"});
  ASSERT_EQ(told.status, 200);
  Json json = told.json();
  EXPECT_EQ(json["path"], "_posts/2020-01-01-first.md");
  EXPECT_EQ(json["kind"], "post");
  EXPECT_EQ(json["front_matter"],
            (Json{{"layout", "default"},
                  {"title", "First"},
                  {"date", "2020-01-01 10:00:00 +0000"},
                  {"tags", {"a", "b"}}}));
  EXPECT_EQ(json["body"], "First body.\n");
  EXPECT_EQ(told.header("ETag"), "\"" + json["blob"].get<std::string>() + "\"");
  EXPECT_EQ(json["self"], "/api/v1/posts/2020-01-01-first");
  EXPECT_FALSE(json.contains("url"));
}

TEST(Reading, ExpansionsAddWhatTheSiteMakesOfIt) {
  World world;
  Json json =
      world.api({.target = "/posts/2020-01-01-first?expand=url,html,problems,derived"}).json();
  EXPECT_EQ(json["url"], "/first/");
  EXPECT_EQ(json["html"], "<p>First body.</p>\n");
  EXPECT_EQ(json["problems"], Json::array());
  EXPECT_EQ(json["derived"]["title"], "First");
  EXPECT_EQ(json["derived"]["is_public"], true);
}

TEST(Reading, WhatTheClientHasIsNotSentAgain) {
  World world;
  for (const char* target : {"/posts/2020-01-01-first",
                             "/posts/2020-01-01-first?expand=html",
                             "/config",
                             "/status",
                             "/openapi.json",
                             "/history?path=about.md"}) {
    std::string tag = world.tag_of(target);
    Told told = world.api({.target = target, .headers = {{"If-None-Match", "\"x\", " + tag}}});
    EXPECT_EQ(told.status, 304) << target;
    EXPECT_EQ(told.header("ETag"), tag) << target;
    EXPECT_EQ(told.header("Cache-Control"), "private, no-cache") << target;
  }
}

TEST(Reading, AFileThatIsNoYamlIsAConflictThatNamesThePlace) {
  auto files = World::small_site();
  files["_data/bad.yml"] = "a: 1\nb: [\n";
  World world(files);
  Told told = world.api({.target = "/data/bad"});
  EXPECT_EQ(told.status, 409) << told.body;
  EXPECT_THAT(told.body, HasSubstr("_data/bad.yml:"));
}

TEST(Reading, BrokenFrontMatterIsAnEntryWithProblems) {
  auto files = World::small_site();
  files["broken.md"] = "---\ntitle: [\n---\nBody.\n";
  World world(files);
  Json json = world.api({.target = "/pages/broken?expand=problems"}).json();
  EXPECT_EQ(json["body"], "Body.\n");
  ASSERT_FALSE(json["problems"].empty());
  EXPECT_EQ(json["problems"][0]["path"], "broken.md");
  Json problems = world.api({.target = "/problems?path=broken.md"}).json();
  EXPECT_GE(problems["total"], 1);
  EXPECT_EQ(world.api({.target = "/problems?path=about.md"}).json()["total"], 0);
}

TEST(Reading, HistoryAndVersionsShowWhatWas) {
  World world;
  std::string first = world.head();
  ASSERT_EQ(world.patch("/pages/about", R"({"body": "Two.\n", "message": "Say two"})").status, 200);
  ASSERT_EQ(world.patch("/pages/about", R"({"body": "Three.\n"})").status, 200);
  Told page = world.api({.target = "/history?path=about.md&limit=2"});
  Json json = page.json();
  ASSERT_EQ(json["items"].size(), 2u) << page.body;
  EXPECT_EQ(json["items"][0]["commit"], world.head());
  EXPECT_EQ(json["items"][1]["subject"], "Say two");
  EXPECT_THAT(page.header("Link"), HasSubstr("rel=\"next\""));
  Json rest = world
                  .api({.target = "/history?path=about.md&limit=2&cursor=" +
                                  json["next"].get<std::string>()})
                  .json();
  ASSERT_EQ(rest["items"].size(), 1u);
  EXPECT_EQ(rest["items"][0]["commit"], first);
  EXPECT_EQ(rest["next"], nullptr);
  Json version = world.api({.target = "/versions/" + first + "?path=about.md"}).json();
  EXPECT_EQ(version["entry"]["body"], "About us.\n");
  EXPECT_EQ(version["entry"]["kind"], "page");
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%an <%ae>%n%B"}),
              HasSubstr("Stet-Token: "));
}

TEST(Reading, TheSitesHistoryIsStepByStepAndOfOnePerson) {
  World world;
  std::string first = world.head();
  world.repository.commit({{"about.md", "---\ntitle: About\n---\nPushed.\n"}});
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  ASSERT_EQ(world.patch("/pages/about", R"({"body": "Two.\n", "message": "Say two"})").status, 200);
  Json json = world.api({.target = "/history"}).json();
  ASSERT_EQ(json["items"].size(), 3u) << json;
  EXPECT_EQ(json["items"][0]["subject"], "Say two");
  EXPECT_EQ(json["items"][0]["parents"][0], json["items"][1]["commit"]);
  EXPECT_EQ(json["items"][2]["commit"], first);
  EXPECT_TRUE(json["items"][2]["parents"].empty());
  std::string pushed = json["items"][1]["commit"], mail = json["items"][1]["author"]["email"];
  for (const char* where : {"/history?author=", "/history?path=about.md&author="}) {
    Json theirs = world.api({.target = where + mail}).json();
    ASSERT_FALSE(theirs["items"].empty()) << theirs;
    EXPECT_EQ(theirs["items"][0]["commit"], pushed);
    EXPECT_EQ(world.api({.target = std::string(where) + "nobody"}).json()["items"].size(), 0u);
  }
  Json page = world.api({.target = "/history?limit=1"}).json();
  std::string rest = "/history?cursor=" + page["next"].get<std::string>();
  EXPECT_EQ(world.api({.target = rest}).json()["items"].size(), 2u);
}

TEST(Reading, OddHistoriesAreRefused) {
  World world;
  struct Row {
    const char* target;
    int status;
  };
  for (const Row& row :
       {Row{"/history?cursor=0000000000000000000000000000000000000001", 400},
        Row{"/history?path=../x", 400},
        Row{"/history?path=about.md&cursor=x", 400},
        Row{"/history?path=about.md&cursor=0000000000000000000000000000000000000001", 400},
        Row{"/history?path=never.md", 200},
        Row{"/versions/main?path=never.md", 404},
        Row{"/versions/main", 400},
        Row{"/versions/main~1?path=about.md", 404},
        Row{"/versions/0123456789?path=about.md", 404},
        Row{"/explain?url=/never/", 404},
        Row{"/explain?url=never", 400},
        Row{"/explain?url=/%25zz", 400}}) {
    Told told = world.api({.target = row.target});
    EXPECT_EQ(told.status, row.status) << row.target << " " << told.body;
  }
}

TEST(Reading, StatusSaysWhatIsLive) {
  World world;
  Json json = world.api({.target = "/status"}).json();
  EXPECT_EQ(json["live"]["commit"], world.head());
  EXPECT_EQ(json["live"]["instant"], "2023-11-14T22:13:20Z");
  EXPECT_EQ(json["live"]["url"], "http://example.org");
  EXPECT_EQ(json["live"]["number"], 1);
  EXPECT_EQ(json["branch"], "main");
  EXPECT_EQ(json["stale"], 0);
}

TEST(Reading, AnExplanationNamesReasonsAndReads) {
  World world;
  ASSERT_EQ(world.patch("/posts/2020-01-01-first", R"({"front_matter": {"title": "N"}})").status,
            200);
  Json json = world.api({.target = "/explain?url=/"}).json();
  EXPECT_EQ(json["source"], "index.html");
  EXPECT_THAT(json["reasons"].get<std::vector<std::string>>(),
              Contains(HasSubstr("title of _posts/2020-01-01-first.md")));
  EXPECT_THAT(json["reads"].get<std::vector<std::string>>(),
              Contains("content of index.html, rendered"));
}

}  // namespace
}  // namespace stet::api
