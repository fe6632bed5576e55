// One patch of all entries that a filter matches: what was seen is what is changed, all or nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

constexpr char kTagged[] = "/posts?filter[tags]=b";

Told patch_all(World& world,
               const std::string& target,
               const std::string& json,
               const std::string& tag = "",
               const std::string& type = "application/merge-patch+json") {
  std::map<std::string, std::string> headers = {{"Content-Type", type}};
  if (!tag.empty()) headers["If-Match"] = tag;
  return world.api({.method = "PATCH", .target = target, .body = json, .headers = headers});
}

TEST(Bulk, WhatADryRunHasShownIsChangedInOneCommit) {
  World world;
  const std::string json = R"({"front_matter": {"lang": "en", "tags": null}})";
  Told seen = patch_all(world, std::string(kTagged) + "&dry_run=1", json);
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.json()["actions"].size(), 2u);
  EXPECT_EQ(world.commits(), 1u);
  Told done = patch_all(world, kTagged, json, seen.header("ETag"));
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(world.commits(), 2u);
  EXPECT_EQ(done.json()["commit"], world.head());
  EXPECT_EQ(world.file("_posts/2020-01-01-first.md"),
            "---\nlayout: default\ntitle: First # the oldest\ndate: 2020-01-01 10:00:00 +0000\n"
            "lang: en\n---\n\nFirst body.\n");
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%s"}),
              HasSubstr("Update 2 posts: lang, tags"));
  EXPECT_EQ(patch_all(world, kTagged, json, "*").status, 404) << "they have no tags any more";
}

TEST(Bulk, AChangedSetIsRefusedWithItsNewTag) {
  World world;
  const std::string json = R"({"front_matter": {"lang": "en"}})";
  std::string tag = patch_all(world, std::string(kTagged) + "&dry_run=1", json).header("ETag");
  world.patch("/posts/2020-02-02-second", R"({"body": "Another."})");
  Told late = patch_all(world, kTagged, json, tag);
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(late.json()["type"], "/docs/errors#stale");
  EXPECT_EQ(late.json()["current"],
            patch_all(world, std::string(kTagged) + "&dry_run=1", json).header("ETag"));
  EXPECT_EQ(patch_all(world, kTagged, json, late.json()["current"]).status, 200);
}

TEST(Bulk, OneThatCannotBeStopsAllAndIsNamed) {
  World world;
  const std::string patch =
      R"([{"op": "test", "path": "/front_matter/title", "value": "First"},
          {"op": "add", "path": "/front_matter/tags/-", "value": "c"}])";
  Told told = patch_all(world, kTagged, patch, "*", "application/json-patch+json");
  EXPECT_EQ(told.status, 409) << told.body;
  Json entries = told.json()["entries"];
  ASSERT_EQ(entries.size(), 1u) << told.body;
  EXPECT_EQ(entries[0]["path"], "_posts/2020-02-02-second.md");
  EXPECT_EQ(entries[0]["errors"][0]["pointer"], "/0");
  EXPECT_EQ(world.commits(), 1u);
  told = patch_all(world, kTagged, R"({"front_matter": {"date": "soon"}})", "*");
  EXPECT_EQ(told.status, 422);
  EXPECT_EQ(told.json()["entries"].size(), 2u) << told.body;
}

TEST(Bulk, AJsonPatchAddsToListsWithoutReplacingThem) {
  World world;
  Told told = patch_all(world,
                        kTagged,
                        R"([{"op": "add", "path": "/front_matter/tags/-", "value": "c"}])",
                        "*",
                        "application/json-patch+json");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(world.file("_posts/2020-01-01-first.md"), HasSubstr("tags: [a, b, c]\n"));
  EXPECT_THAT(world.file("_posts/2020-02-02-second.md"), HasSubstr("tags: [b, c]\n"));
}

TEST(Bulk, WhatIsNotAskedForClearlyIsRefused) {
  World world;
  const std::string json = R"({"front_matter": {"lang": "en"}})";
  struct Row {
    std::string target, json, tag;
    int status;
    std::string type;
  };
  for (const Row& row : {
           Row{"/posts", json, "*", 400, "bad-parameter"},
           Row{"/posts?filter[tags][near]=b", json, "*", 400, "bad-parameter"},
           Row{"/posts?filter[tags]=b&limit=1", json, "*", 400, "bad-parameter"},
           Row{kTagged, json, "", 428, "precondition-required"},
           Row{kTagged, json, "\"other\"", 412, "precondition-failed"},
           Row{kTagged, "{}", "*", 422, "invalid"},
           Row{kTagged, R"({"front_matter": {"a": 1}, "body": "x"})", "*", 422, "invalid"},
           Row{kTagged, R"({"front_matter": {}})", "*", 422, "invalid"},
           Row{"/posts?filter[tags]=none", json, "*", 404, "not-found"},
           Row{"/collections/none?filter[a]=b", json, "*", 404, "not-found"},
       }) {
    Told told = patch_all(world, row.target, row.json, row.tag);
    EXPECT_EQ(told.status, row.status) << row.target << row.json << told.body;
    EXPECT_EQ(told.json()["type"], "/docs/errors#" + row.type);
  }
  Told unknown = patch_all(world, kTagged, json, "*", "text/plain");
  EXPECT_EQ(unknown.status, 415);
  EXPECT_EQ(unknown.header("Accept-Patch"),
            "application/merge-patch+json, application/json-patch+json");
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Bulk, AnEditThatChangesNothingIsNoCommit) {
  World world;
  Told told =
      patch_all(world, "/posts?filter[title]=Second", R"({"front_matter": {"tags": ["b"]}})", "*");
  EXPECT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["is_unchanged"], true);
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Bulk, MoreThanOneCommitTakesIsRefused) {
  auto files = World::small_site();
  for (int i = 0; i < 1001; ++i) {
    files["_drafts/" + std::to_string(i) + ".md"] = "---\ntitle: x\nlayout: none\n---\n";
  }
  World world(files);
  Told told =
      patch_all(world, "/drafts?filter[path][exists]=true", R"({"front_matter": {"a": 1}})", "*");
  EXPECT_EQ(told.status, 409) << told.body;
  EXPECT_THAT(told.body, HasSubstr("1001 entries match, and one commit takes 1000"));
}

}  // namespace
}  // namespace stet::api
