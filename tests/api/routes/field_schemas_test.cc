// Fields of entries by HTTP: writes that are not as the site says, and the schemas that it serves.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

constexpr char kDeclared[] = R"(title: T
collections: {people: {output: true}}
stet:
  collections:
    posts:
      label: Articles
      help: What we write.
      fields:
        - {name: title, type: text, required: true, max_length: 10, label: Headline, help: Short.}
        - {name: status, type: select, options: [new, {value: old, label: Older}], default: new}
        - {name: tags, type: tags}
        - {name: until, type: date, default: today}
        - {name: author, type: reference, collection: people}
    data/rooms: {shape: list, fields: [{name: seats, type: number}]}
)";

storage::TestRepository::Files site(const std::string& config) {
  return {
      {"_config.yml", config},
      {"index.html", "---\ntitle: Start\n---\nx"},
      {"_people/ada.md", "---\nname: Ada\nsince: 2019-01-01\n---\n"},
      {"_data/rooms.yml", "- seats: 7\n  name: Main\n- seats: 9\n  name: Hall\n"},
      {"_posts/2020-01-01-a.md",
       "---\ntitle: A\ntags: [one, two]\nauthor: ada\nweight: 1\nlinks: [{url: /a/}]\n---\nA.\n"},
      {"_posts/2020-01-02-b.md", "---\ntitle: B\ntags: [two]\nauthor: ada\nweight: 2.5\n---\nB.\n"},
      {"_drafts/d.md", "---\ntags: [three]\n---\nD.\n"},
  };
}

TEST(FieldSchemas, AWriteThatIsNotAsTheSiteSaysIsToldTheField) {
  World world(site(kDeclared));
  Told told = world.api({.method = "POST",
                         .target = "/posts",
                         .body = R"({"front_matter": {"title": "Much too long", "status": "odd",
                                     "author": "bob"}, "body": "x"})"});
  EXPECT_EQ(told.status, 422) << told.body;
  Json errors = told.json()["errors"];
  ASSERT_EQ(errors.size(), 3u) << told.body;
  EXPECT_EQ(errors[0]["pointer"], "/front_matter/title");
  EXPECT_EQ(errors[1]["pointer"], "/front_matter/status");
  EXPECT_EQ(errors[2]["detail"], "there is no 'bob' in people");
  EXPECT_EQ(world.commits(), 1u);
}

TEST(FieldSchemas, WhatIsWrongInTheWholeSiteIsAmongItsProblems) {
  World world(site(kDeclared));
  world.repository.commit({{"_posts/2020-01-02-b.md", "---\ntitle: B\nstatus: odd\n---\nB.\n"},
                           {"_data/rooms.yml", "- seats: 7\n- seats: many\n"}},
                          {"_people/ada.md"});
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  Json problems = world.api({.target = "/problems"}).json();
  std::vector<std::string> found;
  for (const Json& item : problems["items"]) {
    found.push_back(std::string(item["path"]) + ":" + item["line"].dump() + " " +
                    std::string(item.value("pointer", "")));
  }
  EXPECT_THAT(found,
              ::testing::ElementsAre("_data/rooms.yml:2 /1/seats",
                                     "_drafts/d.md:2 /front_matter/title",
                                     "_posts/2020-01-01-a.md:4 /front_matter/author",
                                     "_posts/2020-01-02-b.md:3 /front_matter/status"));
  EXPECT_EQ(problems["total"], 4);
  EXPECT_EQ(world.api({.target = "/problems?path=_data/rooms.yml"}).json()["total"], 1);
  std::string tag = world.tag_of("/problems");
  world.repository.commit({{"_people/ada.md", "---\nname: Ada\n---\n"}});
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  EXPECT_EQ(world.api({.target = "/problems"}).json()["total"], 3);
  EXPECT_NE(world.tag_of("/problems"), tag);
}

TEST(FieldSchemas, ANewEntryHasTheDefaults) {
  World world(site(kDeclared));
  Told told = world.api(
      {.method = "POST", .target = "/posts", .body = R"({"front_matter": {"title": "New"}})"});
  ASSERT_EQ(told.status, 201) << told.body;
  std::string path = told.json()["entry"]["path"];
  EXPECT_EQ(world.repository.git({"show", "main:" + path}),
            "---\ntitle: New\nstatus: new\nuntil: 2023-11-14\n---\n");
}

TEST(FieldSchemas, AMistakeInThemIsToldWithItsPlace) {
  World world(site(kDeclared));
  Told told = world.api({.method = "PATCH",
                         .target = "/config",
                         .body = R"({"stet": {"collections": {"pages": {"fields": [
                                     {"name": "a", "type": "string"}]}}}})",
                         .headers = {{"If-Match", world.tag_of("/config")},
                                     {"Content-Type", "application/merge-patch+json"}}});
  EXPECT_EQ(told.status, 422) << told.body;
  EXPECT_EQ(told.json()["errors"][0]["pointer"], "/stet/collections/pages/fields/0/type");
}

TEST(FieldSchemas, AreListed) {
  World world(site(kDeclared));
  Told told = world.api({.target = "/schemas"});
  ASSERT_EQ(told.status, 200) << told.body;
  const Json listed = told.json();
  std::vector<std::string> shown;
  for (const Json& item : listed["items"]) {
    shown.push_back(item["key"].get<std::string>() + " " + item["from"].get<std::string>() + " " +
                    item["entries"].dump());
    EXPECT_EQ(world
                  .admin({.target = item["self"],
                          .headers = {{"Authorization", "Bearer " + world.token("content:read")}}})
                  .status,
              200)
        << item;
  }
  EXPECT_THAT(shown,
              ::testing::ElementsAre("data/rooms declared null",
                                     "drafts declared 1",
                                     "pages inferred 1",
                                     "people inferred 1",
                                     "posts declared 2"));
}

TEST(FieldSchemas, ADeclaredOneSaysWhatAFormNeeds) {
  World world(site(kDeclared));
  Told told = world.api({.target = "/schemas/posts"});
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.header("Content-Type"), "application/schema+json");
  Json schema = told.json();
  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(schema["title"], "Articles");
  EXPECT_EQ(schema["description"], "What we write.");
  EXPECT_EQ(schema["x-stet"]["from"], "declared");
  EXPECT_EQ(schema["x-stet"]["of"], "/front_matter");
  EXPECT_EQ(schema["required"], Json::array({"title"}));
  const Json& fields = schema["properties"];
  EXPECT_EQ(fields["title"],
            Json::parse(R"({"title": "Headline", "description": "Short.", "type": "string",
                            "minLength": 1, "maxLength": 10,
                            "x-stet": {"type": "text", "count": 2,
                              "values": [{"value": "A", "count": 1}, {"value": "B", "count": 1}],
                              "order": 0, "required": true}})"));
  EXPECT_EQ(fields["status"]["enum"], Json::array({"new", "old", nullptr}));
  EXPECT_EQ(fields["status"]["default"], "new");
  EXPECT_EQ(
      fields["status"]["x-stet"]["options"],
      Json::parse(R"([{"value": "new", "label": "new"}, {"value": "old", "label": "Older"}])"));
  EXPECT_EQ(fields["tags"]["x-stet"]["values"],
            Json::parse(R"([{"value": "two", "count": 2}, {"value": "one", "count": 1}])"));
  EXPECT_EQ(fields["until"]["x-stet"]["default"], "today");
  EXPECT_EQ(fields["author"]["x-stet"]["entries"], "/api/v1/collections/people");
  Json drafts = world.api({.target = "/schemas/drafts"}).json();
  EXPECT_FALSE(drafts.contains("required"));
  EXPECT_EQ(drafts["properties"]["title"]["x-stet"]["required"], true);
  Json rooms = world.api({.target = "/schemas/data/rooms"}).json();
  EXPECT_EQ(rooms["type"], "array");
  EXPECT_EQ(rooms["x-stet"]["shape"], "list");
}

TEST(FieldSchemas, WithoutOneItIsInferredOfWhatTheEntriesHold) {
  World world(site("collections: {people: {output: true}}\n"));
  Json posts = world.api({.target = "/schemas/posts"}).json();
  EXPECT_EQ(posts["x-stet"]["from"], "inferred");
  EXPECT_EQ(posts["required"], Json::array({"title", "tags", "author", "weight"}));
  std::vector<std::string> types;
  for (const auto& [name, field] : posts["properties"].items()) {
    types.push_back(name + " " + field["x-stet"]["type"].get<std::string>());
  }
  EXPECT_THAT(types,
              ::testing::ElementsAre(
                  "title text", "tags tags", "author text", "weight number", "links list"));
  EXPECT_EQ(posts["properties"]["weight"]["type"], "number");
  Json rooms = world.api({.target = "/schemas/data/rooms"}).json();
  EXPECT_EQ(rooms["items"]["properties"]["seats"]["type"], "integer");
  EXPECT_EQ(
      world.api({.target = "/schemas/people"}).json()["properties"]["since"]["x-stet"]["type"],
      "date");
  EXPECT_EQ(world.api({.target = "/schemas/collections/people"}).status, 200);
  EXPECT_EQ(world.api({.target = "/schemas/nosuch"}).status, 404);
  EXPECT_EQ(world.api({.target = "/schemas/data/nosuch"}).status, 404);
}

TEST(FieldSchemas, FollowEachCommitAndHaveATag) {
  World world(site("title: T\n"));
  Told first = world.api({.target = "/schemas/posts"});
  EXPECT_EQ(
      world.api({.target = "/schemas/posts", .headers = {{"If-None-Match", first.header("ETag")}}})
          .status,
      304);
  Told patched = world.patch("/posts/2020-01-02-b", R"({"body": "Another."})");
  ASSERT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(world.api({.target = "/schemas/posts"}).header("ETag"), first.header("ETag"));
  patched = world.patch("/posts/2020-01-02-b", R"({"front_matter": {"mood": "good"}})");
  ASSERT_EQ(patched.status, 200) << patched.body;
  Json after = world.api({.target = "/schemas/posts"}).json();
  EXPECT_EQ(after["properties"]["mood"]["x-stet"]["count"], 1);
}

}  // namespace
}  // namespace stet::api
