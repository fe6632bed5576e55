// JSON Patch on entries and data, and the public suite of JSON Patch where it is there.

#include "cms/document/json_patch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

constexpr char kType[] = "application/json-patch+json";

Told sent_patch(World& world,
                const std::string& target,
                const std::string& json,
                std::string tag = "") {
  if (tag.empty()) tag = world.tag_of(target.substr(0, target.find('?')));
  return world.api({.method = "PATCH",
                    .target = target,
                    .body = json,
                    .headers = {{"If-Match", tag}, {"Content-Type", kType}}});
}

TEST(JsonPatches, EditWhatTheyNameAndNoOtherByte) {
  World world;
  Told told = sent_patch(world,
                         kFirst,
                         R"([{"op": "test", "path": "/front_matter/date",
                         "value": "2020-01-01 10:00:00 +0000"},
                        {"op": "replace", "path": "/front_matter/title", "value": "Changed"},
                        {"op": "add", "path": "/front_matter/tags/-", "value": "c"},
                        {"op": "remove", "path": "/front_matter/tags/0"}])");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.file("_posts/2020-01-01-first.md"),
            "---\nlayout: default\ntitle: Changed # the oldest\ndate: 2020-01-01 10:00:00 +0000\n"
            "tags: [b, c]\n---\n\nFirst body.\n");
  ASSERT_EQ(sent_patch(world, kFirst, R"([{"op": "replace", "path": "/body", "value": "New.\n"}])")
                .status,
            200);
  EXPECT_THAT(world.file("_posts/2020-01-01-first.md"), HasSubstr("\n---\n\nNew.\n"));
  ASSERT_EQ(
      sent_patch(world, "/config", R"([{"op": "move", "from": "/title", "path": "/name"}])").status,
      200);
  EXPECT_THAT(world.file("_config.yml"), HasSubstr("name: Small"));
}

TEST(JsonPatches, AreDoneWholeOrNotAtAll) {
  World world;
  struct Row {
    const char* json;
    int status;
    const char* pointer;
  };
  for (const Row& row :
       {Row{R"([{"op": "remove", "path": "/front_matter/layout"},
                {"op": "test", "path": "/front_matter/title", "value": "Other"}])",
            409,
            "/1"},
        Row{R"([{"op": "test", "path": "/front_matter/none", "value": 1}])", 409, "/0/path"},
        Row{R"([{"op": "remove", "path": "/front_matter/none"}])", 422, "/0/path"},
        Row{R"([{"op": "replace", "path": "", "value": 1}])", 422, ""},
        Row{R"([{"op": "remove", "path": "/body"}])", 422, ""},
        Row{R"([{"op": "add", "path": "/other", "value": 1}])", 422, ""},
        Row{R"([{"op": "replace", "path": "/front_matter/date", "value": "soon"}])",
            422,
            "/front_matter/date"},
        Row{R"([{"op": "jump", "path": "/body"}])", 400, "/0/op"},
        Row{R"({"body": "x"})", 400, ""}}) {
    Told told = sent_patch(world, kFirst, row.json);
    EXPECT_EQ(told.status, row.status) << row.json << told.body;
    EXPECT_EQ(told.json()["errors"][0]["pointer"], row.pointer) << row.json << told.body;
  }
  EXPECT_EQ(world.commits(), 1u);
}

TEST(JsonPatches, OfAnOlderVersionAreMerged) {
  World world;
  std::string tag = world.tag_of(kFirst);
  ASSERT_EQ(world.patch(kFirst, R"({"body": "Theirs.\n"})").status, 200);
  const char* edit = R"([{"op": "replace", "path": "/front_matter/title", "value": "Mine"}])";
  EXPECT_EQ(sent_patch(world, kFirst, edit, tag).status, 412);
  Told merged = sent_patch(world, std::string(kFirst) + "?on_stale=merge", edit, tag);
  ASSERT_EQ(merged.status, 200) << merged.body;
  Json entry = world.api({.target = kFirst}).json();
  EXPECT_EQ(entry["front_matter"]["title"], "Mine");
  EXPECT_EQ(entry["body"], "Theirs.\n");
}

TEST(JsonPatches, StandInActionsToo) {
  World world;
  Told told =
      world.api({.method = "POST",
                 .target = "/commits",
                 .body = R"({"actions": [{"action": "patch", "path": "about.md", "if_match": "*",
           "resource": "pages",
           "json_patch": [{"op": "add", "path": "/front_matter/x", "value": [1]}]}]})"});
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.api({.target = "/pages/about"}).json()["front_matter"]["x"], Json::array({1}));
}

TEST(Patches, SayWhichTypesThereAre) {
  World world;
  Told told = world.api({.method = "PATCH",
                         .target = kFirst,
                         .body = "{}",
                         .headers = {{"If-Match", "*"}, {"Content-Type", "application/json"}}});
  EXPECT_EQ(told.status, 415);
  EXPECT_EQ(told.header("Accept-Patch"),
            "application/merge-patch+json, application/json-patch+json");
  Told options = world.api({.method = "OPTIONS", .target = kFirst});
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, PUT, PATCH, DELETE");
  EXPECT_EQ(options.header("Accept-Patch"),
            "application/merge-patch+json, application/json-patch+json");
  EXPECT_EQ(world.api({.method = "OPTIONS", .target = "/status"}).header("Accept-Patch"), "");
}

TEST(ContentDigests, AreCheckedBeforeAnythingIsDone) {
  World world;
  auto send = [&](const std::string& digest) {
    return world.api({.method = "PATCH",
                      .target = kFirst,
                      .body = "{}",
                      .headers = {{"If-Match", "*"}, {"Content-Digest", digest}}});
  };
  // Of "{}", by sha256sum.
  EXPECT_EQ(send("sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:").status, 200);
  EXPECT_EQ(send("sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4p=:").status, 400);
  EXPECT_EQ(send("sha-256=:AAAA:").status, 400);
  EXPECT_EQ(send("sha-256=x").status, 400);
}

TEST(ContentDigests, AreGivenToThoseWhoWantThem) {
  World world;
  Told told = world.api({.target = "/status", .headers = {{"Want-Content-Digest", "sha-256=1"}}});
  EXPECT_THAT(told.header("Content-Digest"), HasSubstr("sha-256=:"));
  EXPECT_EQ(world.api({.target = "/status"}).header("Content-Digest"), "");
}

Json result_of(const std::string& document, const std::string& patch_text, bool& is_refused) {
  auto data = parse_json(document), patch = parse_json(patch_text);
  is_refused = true;
  auto* whole = std::get_if<document::Data>(&data);
  auto* list = std::get_if<document::Data>(&patch);
  if (!whole || !list) return nullptr;
  auto read = document::read_json_patch(*list);
  if (!std::holds_alternative<document::JsonPatch>(read)) return nullptr;
  auto after = document::apply_json_patch(*whole, std::get<document::JsonPatch>(read));
  auto* result = std::get_if<document::Data>(&after);
  is_refused = result == nullptr;
  return result ? to_json(*result) : Json();
}

// github.com/json-patch/json-patch-tests, wherever STET_JSON_PATCH_TESTS has it.
TEST(JsonPatchSuite, EveryCaseComesOutAsItSays) {
  const char* folder = std::getenv("STET_JSON_PATCH_TESTS");
  if (!folder) GTEST_SKIP() << "STET_JSON_PATCH_TESTS names no folder";
  std::size_t count = 0;
  for (const char* name : {"/tests.json", "/spec_tests.json"}) {
    std::ifstream stream(std::string(folder) + name);
    std::stringstream text;
    text << stream.rdbuf();
    Json cases = Json::parse(text.str(), nullptr, false);
    ASSERT_TRUE(cases.is_array()) << folder << name;
    for (const Json& one : cases) {
      if (one.value("disabled", false) || !one.contains("patch")) continue;
      ++count;
      bool is_refused = false;
      Json result = result_of(one["doc"].dump(), one["patch"].dump(), is_refused);
      EXPECT_EQ(is_refused, one.contains("error")) << one;
      if (!is_refused && one.contains("expected")) {
        EXPECT_EQ(nlohmann::json(result), nlohmann::json(one["expected"])) << one;
      }
    }
  }
  EXPECT_GE(count, 100u);
}

}  // namespace
}  // namespace stet::api
