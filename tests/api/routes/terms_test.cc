// Tags and categories: how many posts have each, and one made another in one commit.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

storage::TestRepository::Files tagged_site() {
  return {
      {"_config.yml", "title: T\nstet: {api: {anonymous: true}}\n"},
      {"index.html", "x"},
      {"_posts/2020-01-01-a.md", "---\ntitle: A\ntags: [old, both] # a note\n---\nA.\n"},
      {"_posts/2020-01-02-b.md", "---\ntitle: B\ntags: old   more\n---\nB.\n"},
      {"_posts/2020-01-03-c.md", "---\ntitle: C\ntag: old\ncategory: news\n---\nC.\n"},
      {"_posts/2020-01-04-d.md", "---\ntitle: D\ntags:\n  - new\n  - 'old'\n---\nD.\n"},
      {"_posts/2020-01-05-e.md", "---\ntitle: E\ntags: [other]\npublished: false\n---\nE.\n"},
      {"_drafts/f.md", "---\ntitle: F\ntags: [old]\n---\nF.\n"},
      {"trips/_posts/2020-01-06-g.md", "---\ntitle: G\n---\nG.\n"},
  };
}

Told rename(World& world, const std::string& group, const std::string& json) {
  return world.api({.method = "POST", .target = "/" + group, .body = json});
}

TEST(Terms, CountsFollowWhatIsWritten) {
  World world(tagged_site());
  auto counts = [&] {
    std::map<std::string, std::string> found;
    const Json items = world.api({.target = "/tags"}).json()["items"];
    for (const Json& item : items) {
      found[item["name"]] = item["posts"].dump() + " " + item["shown"].dump();
    }
    return found;
  };
  auto expected = counts();
  EXPECT_EQ(expected["old"], "5 4");
  EXPECT_EQ(expected["other"], "1 0");
  ASSERT_EQ(world.patch("/posts/2020-01-01-a", R"({"front_matter": {"tags": ["x"]}})").status, 200);
  expected["old"] = "4 3";
  expected["x"] = "1 1";
  expected.erase("both");
  EXPECT_EQ(counts(), expected);
  ASSERT_EQ(world.patch("/posts/2020-01-05-e", R"({"front_matter": {"published": null}})").status,
            200);
  expected["other"] = "1 1";
  EXPECT_EQ(counts(), expected);
  world.api({.method = "DELETE", .target = "/posts/2020-01-04-d", .headers = {{"If-Match", "*"}}});
  expected["old"] = "3 2";
  expected.erase("new");
  EXPECT_EQ(counts(), expected);
}

TEST(Terms, AreListedWithTheirCounts) {
  World world(tagged_site());
  Json tags = world.api({.target = "/tags"}).json();
  EXPECT_EQ(tags["total"], 5);
  EXPECT_EQ(tags["items"][2], (Json{{"name", "new"}, {"posts", 1}, {"shown", 1}}));
  EXPECT_EQ(tags["items"][3], (Json{{"name", "old"}, {"posts", 5}, {"shown", 4}}));
  EXPECT_EQ(tags["items"][4], (Json{{"name", "other"}, {"posts", 1}, {"shown", 0}}));
  Json categories = world.api({.target = "/categories"}).json();
  EXPECT_EQ(categories["items"],
            Json::array({{{"name", "news"}, {"posts", 1}, {"shown", 1}},
                         {{"name", "trips"}, {"posts", 1}, {"shown", 1}}}));
  // Who has no token learns nothing of posts that nobody sees.
  Json shown = world.admin({.target = "/api/v1/tags"}).json();
  EXPECT_EQ(shown["total"], 4);
  EXPECT_EQ(shown["items"][3], (Json{{"name", "old"}, {"posts", 4}, {"shown", 4}}));
}

TEST(Terms, ARenamingIsOneCommitThatLeavesAllElseAsItWas) {
  World world(tagged_site());
  Told told = rename(world, "tags/rename", R"({"from": "old", "to": "new"})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.commits(), 2u);
  EXPECT_EQ(told.json()["actions"].size(), 5u);
  EXPECT_EQ(world.file("_posts/2020-01-01-a.md"),
            "---\ntitle: A\ntags: [new, both] # a note\n---\nA.\n");
  EXPECT_EQ(world.file("_posts/2020-01-02-b.md"), "---\ntitle: B\ntags: new more\n---\nB.\n");
  EXPECT_EQ(world.file("_posts/2020-01-03-c.md"),
            "---\ntitle: C\ntag: new\ncategory: news\n---\nC.\n");
  EXPECT_EQ(world.file("_posts/2020-01-04-d.md"), "---\ntitle: D\ntags:\n  - new\n---\nD.\n");
  EXPECT_EQ(world.file("_drafts/f.md"), "---\ntitle: F\ntags: [new]\n---\nF.\n");
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%s", "main"}),
              HasSubstr("Rename tag 'old' to 'new' in 5 posts"));
  std::vector<std::string> names;
  Json tags = world.api({.target = "/tags"}).json();
  for (const Json& tag : tags["items"]) names.push_back(tag["name"]);
  EXPECT_THAT(names, ElementsAre("both", "more", "new", "other"));
}

TEST(Terms, SeveralBecomeOne) {
  World world(tagged_site());
  Told told = rename(
      world, "tags/rename", R"({"from": ["old", "both", "more"], "to": "a b", "message": "Tidy"})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.file("_posts/2020-01-01-a.md"), "---\ntitle: A\ntags: [a b] # a note\n---\nA.\n");
  Json post = world.api({.target = "/posts/2020-01-02-b"}).json();
  EXPECT_EQ(post["front_matter"]["tags"], Json::array({"a b"}));
  EXPECT_EQ(world.repository.git({"log", "-1", "--format=%s", "main"}), "Tidy\n");
}

TEST(Terms, ADryRunShowsAllFilesAndChangesNone) {
  World world(tagged_site());
  Told told = rename(world, "tags/rename?dry_run=1", R"({"from": "old", "to": "new"})");
  ASSERT_EQ(told.status, 200) << told.body;
  Json json = told.json();
  EXPECT_EQ(json["dry_run"], true);
  EXPECT_EQ(json["actions"].size(), 5u);
  EXPECT_THAT(json["diff"].get<std::string>(), HasSubstr("+tags: new more"));
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Terms, WhatComesFromAFolderStaysAndIsSaid) {
  World world(tagged_site());
  Told told = rename(world, "categories/rename", R"({"from": ["news", "trips"], "to": "x"})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["actions"].size(), 1u);
  EXPECT_EQ(told.json()["problems"][0]["path"], "trips/_posts/2020-01-06-g.md");
  Told none = rename(world, "categories/rename", R"({"from": "trips", "to": "x"})");
  EXPECT_EQ(none.status, 409) << none.body;
}

TEST(Terms, OddRenamingsAreRefused) {
  World world(tagged_site());
  struct Row {
    const char* json;
    int status;
    const char* pointer;
  };
  for (const Row& row : {Row{R"({"from": "none", "to": "x"})", 404, nullptr},
                         Row{R"({"from": "old", "to": "old"})", 422, "/to"},
                         Row{R"({"from": "old", "to": " "})", 422, "/to"},
                         Row{R"({"from": "old", "to": "a\nb"})", 422, "/to"},
                         Row{R"({"from": "old", "to": "a\u0000"})", 422, "/to"},
                         Row{R"({"from": "old"})", 422, "/to"},
                         Row{R"({"from": [], "to": "x"})", 422, "/from"},
                         Row{R"({"from": [1], "to": "x"})", 422, "/from"},
                         Row{R"({"to": "x"})", 422, "/from"},
                         Row{R"({"from": "old", "to": "x", "all": 1})", 422, "/all"}}) {
    Told told = rename(world, "tags/rename", row.json);
    EXPECT_EQ(told.status, row.status) << row.json << told.body;
    if (!row.pointer) continue;
    EXPECT_EQ(told.json()["errors"][0]["pointer"], row.pointer) << row.json;
  }
  EXPECT_EQ(world
                .api({.method = "POST",
                      .target = "/tags/rename",
                      .body = R"({"from": "old", "to": "x"})",
                      .headers = {{"Authorization", "Bearer " + world.token("schedule:write")}}})
                .status,
            403);
  EXPECT_EQ(world.commits(), 1u);
}

}  // namespace
}  // namespace stet::api
