// What is wrong with content is the same list wherever it is told.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr char kPlainConfig[] = "title: T\n";
constexpr char kFaulty[] = "/posts/2020-01-01-a";

storage::TestRepository::Files site() {
  return {{"_config.yml", kPlainConfig},
          {"index.html", "---\ntitle: Start\n---\nx"},
          {"_posts/2020-01-01-a.md", "---\nlayout: none-such\ntitle: A\nstatus: odd\n---\nA.\n"},
          {"_posts/2020-01-02-b.md", "---\ntitle: B\nstatus: new\n---\n{% nosuch %}\n"}};
}

std::set<std::string> messages_of(const Json& problems, const std::string& path = "") {
  std::set<std::string> messages;
  for (const Json& problem : problems) {
    if (path.empty() || problem["path"] == path) messages.insert(problem["message"]);
  }
  return messages;
}

Json fields_patch() {
  Json field = {{"name", "status"}, {"type", "select"}, {"options", {"new", "old"}}};
  return {{"stet", {{"collections", {{"posts", {{"fields", {field}}}}}}}}};
}

Told patch_config(World& world, const std::string& query = "") {
  return world.api({.method = "PATCH",
                    .target = "/config" + query,
                    .body = fields_patch().dump(),
                    .headers = {{"If-Match", "*"}}});
}

TEST(ContentProblems, OfAnEntryAreThoseThatItsWriteIsTold) {
  World world(site());
  Told written = world.patch(kFaulty, R"({"front_matter": {"title": "Other"}})");
  ASSERT_EQ(written.status, 200) << written.body;
  auto told = messages_of(written.json()["problems"]);
  ASSERT_FALSE(told.empty());
  Json read = world.api({.target = std::string(kFaulty) + "?expand=problems"}).json();
  EXPECT_EQ(messages_of(read["problems"]), told);
  Json list = world.api({.target = "/posts?expand=problems&sort=date"}).json();
  EXPECT_EQ(messages_of(list["items"][0]["problems"]), told);
  EXPECT_THAT(messages_of(list["items"][1]["problems"]), Contains(HasSubstr("nosuch")));
}

TEST(ContentProblems, OfEntriesThatASchemaMakesWrongAreToldByTheWriteThatMakesIt) {
  World world(site());
  for (const char* query : {"?dry_run=1", ""}) {
    Told told = patch_config(world, query);
    ASSERT_EQ(told.status, 200) << told.body;
    EXPECT_THAT(messages_of(told.json()["problems"], "_posts/2020-01-01-a.md"),
                Contains(HasSubstr("odd")))
        << query << told.body;
    EXPECT_TRUE(messages_of(told.json()["problems"], "_posts/2020-01-02-b.md").empty());
  }
  auto of_site = messages_of(world.api({.target = "/problems"}).json()["items"]);
  Json read = world.api({.target = std::string(kFaulty) + "?expand=problems"}).json();
  EXPECT_THAT(messages_of(read["problems"]), Contains(HasSubstr("odd")));
  for (const std::string& message : messages_of(patch_config(world).json()["problems"])) {
    EXPECT_THAT(of_site, Contains(message));
  }
}

TEST(ContentProblems, OfASchemaInAChangeAreToldThere) {
  World world(site());
  Json opened =
      world.api({.method = "POST", .target = "/changes", .body = R"({"title": "Fields"})"}).json();
  std::string query = "?change=" + opened.value("id", "");
  Told told = patch_config(world, query);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(messages_of(told.json()["problems"]), Contains(HasSubstr("odd")));
  Json there = world.api({.target = std::string(kFaulty) + query + "&expand=problems"}).json();
  EXPECT_THAT(messages_of(there["problems"]), Contains(HasSubstr("odd")));
  Json live = world.api({.target = std::string(kFaulty) + "?expand=problems"}).json();
  EXPECT_THAT(messages_of(live["problems"]), ::testing::Not(Contains(HasSubstr("odd"))));
}

TEST(ListFields, ThatAreNoneOfTheSchemasAreRefused) {
  World world(site());
  auto status = [&](const std::string& fields) {
    return world.api({.target = "/posts?fields=" + fields}).status;
  };
  // Front matter may have any key, and one day some entry may.
  EXPECT_EQ(status("nosuch"), 200);
  ASSERT_EQ(patch_config(world).status, 200);
  for (const char* known : {"path",
                            "url",
                            "front_matter",
                            "front_matter.status",
                            "status",
                            "body",
                            "layout",
                            "tags",
                            "path,title"}) {
    EXPECT_EQ(status(known), 200) << known;
  }
  for (const char* unknown : {"nosuch", "front_matter.nosuch", "path,nosuch.name"}) {
    Told told = world.api({.target = "/posts?fields=" + std::string(unknown)});
    EXPECT_EQ(told.status, 400) << unknown;
    EXPECT_EQ(told.json()["parameter"], "fields");
    EXPECT_THAT(told.body, HasSubstr("the schema has status")) << told.body;
  }
  EXPECT_EQ(world.patch(kFaulty, R"({"front_matter": {"nosuch": 1}})").status, 200);
  EXPECT_EQ(status("nosuch"), 200) << "an entry has it";
}

}  // namespace
}  // namespace stet::api
