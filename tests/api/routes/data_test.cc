// Data of every format that Jekyll reads, by the API: as JSON, and edited in place.

#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

constexpr char kPeople[] = "name,role\n\"Ann, A.\",chair\nBo, \nCy,talks\n";
constexpr char kConfig[] =
    "# What the site is called.\ntitle:   Small   # in the head\nurl: http://example.org\n\n"
    "permalink: /:title/\n# Kept as it is:\nlists: [ a,  b ]\nstet:\n  api:   # for others\n"
    "    cors: ['https://a.example']\n";

storage::TestRepository::Files annotated_site() {
  auto files = World::small_site();
  files["_config.yml"] = kConfig;
  files["_data/people.csv"] = kPeople;
  files["_data/rooms.tsv"] = "name\tseats\nMain\t200\n";
  files["_data/deep/nav.json"] = "{\"items\": [ {\"to\": \"/\"} ],  \"n\": 1}\n";
  files["people.html"] = "---\n---\n{% for p in site.data.people %}{{ p.name }};{% endfor %}\n";
  return files;
}

Told json_patch(World& world, const std::string& target, const std::string& json) {
  return world.api({.method = "PATCH",
                    .target = target,
                    .body = json,
                    .headers = {{"If-Match", world.tag_of(target)},
                                {"Content-Type", "application/json-patch+json"}}});
}

TEST(Data, OfEveryFormatIsReadAsJson) {
  World world(annotated_site());
  EXPECT_EQ(world.api({.target = "/data/people.csv"}).body,
            R"([{"name":"Ann, A.","role":"chair"},{"name":"Bo","role":" "},)"
            R"({"name":"Cy","role":"talks"}])"
            "\n");
  EXPECT_EQ(world.api({.target = "/data/people"}).status, 200);
  EXPECT_EQ(world.api({.target = "/data/rooms.tsv"}).json()[0]["seats"], "200");
  EXPECT_EQ(world.api({.target = "/data/deep/nav.json"}).json()["n"], 1);
  Json names = Json::array();
  const Json items = world.api({.target = "/data"}).json()["items"];
  for (const Json& item : items) {
    names.push_back(item["name"]);
    EXPECT_EQ(world.api({.target = item["self"].get<std::string>().substr(7)}).status, 200);
  }
  EXPECT_EQ(names.dump(), R"(["deep/nav.json","people.csv","rooms.tsv"])");
}

TEST(Data, ACellIsEditedAndItsPageIsLive) {
  World world(annotated_site());
  Told told = json_patch(
      world, "/data/people.csv", R"([{"op": "replace", "path": "/1/name", "value": "Bob"}])");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.file("_data/people.csv"), "name,role\n\"Ann, A.\",chair\nBob, \nCy,talks\n");
  EXPECT_EQ(world.page("/people/"), "Ann, A.;Bob;Cy;\n");
  told = json_patch(
      world, "/data/people.csv", R"([{"op": "add", "path": "/0", "value": {"name": "New"}}])");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.file("_data/people.csv"),
            "name,role\nNew,\n\"Ann, A.\",chair\nBob, \nCy,talks\n");
}

TEST(Data, IsMadeInTheFormatOfItsName) {
  World world(annotated_site());
  struct Row {
    const char *name, *json, *path, *bytes;
  };
  for (const Row& row : {
           Row{"a.csv", R"([{"x": "1", "y": null}])", "_data/a.csv", "x,y\n1,\n"},
           Row{"a.tsv", R"([{"x": "1"}])", "_data/a.tsv", "x\n1\n"},
           Row{"b/a.json", R"({"x": [1]})", "_data/b/a.json", "{\n  \"x\": [\n    1\n  ]\n}\n"},
           Row{"plain", R"({"x": 1})", "_data/plain.yml", "x: 1\n"},
       }) {
    Told told = world.api({.method = "PUT",
                           .target = std::string("/data/") + row.name,
                           .body = row.json,
                           .headers = {{"If-None-Match", "*"}}});
    EXPECT_EQ(told.status, 201) << row.name << told.body;
    EXPECT_EQ(world.file(row.path), row.bytes);
  }
}

TEST(Data, WhatATableCannotHoldIsRefused) {
  World world(annotated_site());
  Told told = world.patch("/data/people.csv", R"({"name": "x"})");
  EXPECT_EQ(told.status, 422) << told.body;
  told = json_patch(
      world, "/data/people.csv", R"([{"op": "replace", "path": "/1/name", "value": ["x"]}])");
  EXPECT_EQ(told.status, 422);
  EXPECT_NE(told.body.find("row 2, 'name': a cell is text or null"), std::string::npos)
      << told.body;
  EXPECT_EQ(world.file("_data/people.csv"), kPeople);
}

TEST(Config, APatchChangesItsLineAndKeepsEveryComment) {
  World world(annotated_site());
  Told told = world.patch("/config", R"({"title": "Smaller"})");
  ASSERT_EQ(told.status, 200) << told.body;
  std::string expected = kConfig;
  expected.replace(expected.find("Small "), 6, "Smaller ");
  EXPECT_EQ(world.file("_config.yml"), expected);
  EXPECT_EQ(told.json()["entry"]["data"]["title"], "Smaller");
  EXPECT_EQ(world.api({.target = "/config"}).json()["title"], "Smaller");
  told = json_patch(world,
                    "/config",
                    R"([{"op": "add", "path": "/stet/api/cors/-", "value": "https://b.example"}])");
  ASSERT_EQ(told.status, 200) << told.body;
  expected.replace(
      expected.find("'https://a.example']"), 20, "'https://a.example', 'https://b.example']");
  EXPECT_EQ(world.file("_config.yml"), expected);
}

}  // namespace
}  // namespace stet::api
