// Rooms, tracks, types and speakers: what sessions name goes nowhere without their say.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/schedule/small_schedule.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string counts(World& world, const std::string& group) {
  std::string text;
  const Json items = world.api({.target = "/schedule/" + group}).json()["items"];
  for (const Json& item : items) {
    text += item["name"].get<std::string>() + " " + item["use_count"].dump() + "\n";
  }
  return text;
}

TEST(EventNames, AreListedWithHowManySessionsNameEach) {
  World world(small_schedule());
  EXPECT_EQ(counts(world, "rooms"), "Main 3\nSide 2\nAttic / Roof 1\n");
  EXPECT_EQ(counts(world, "tracks"), "Maps 2\nCode 1\n");
  EXPECT_EQ(counts(world, "types"), "talk 3\nbreak 1\n");
  Json main = world.api({.target = "/schedule/rooms/Main"}).json();
  EXPECT_EQ(main["data"]["capacity"], 300);
  EXPECT_EQ(main["uses"].size(), 3u);
  Json attic = world.api({.target = "/schedule/rooms/attic-roof"}).json();
  EXPECT_EQ(attic["name"], "Attic / Roof") << "by its slug";
  EXPECT_EQ(world
                .admin({.target = attic["self"].get<std::string>(),
                        .headers = {{"Authorization", "Bearer " + world.token("content:read")}}})
                .json()["name"],
            "Attic / Roof");
  EXPECT_EQ(world.api({.target = "/schedule/rooms/none"}).status, 404);
}

TEST(EventNames, AreAddedAndChangedAndTheRestOfTheFileStays) {
  World world(small_schedule());
  Told told = post(world, "/schedule/rooms", R"({"name": "Cellar", "capacity": 40})");
  ASSERT_EQ(told.status, 200) << told.body;
  std::string file = file_of(world, "_data/event.yml");
  std::string before = kEventFile;
  EXPECT_THAT(file, HasSubstr("Cellar"));
  EXPECT_TRUE(file.starts_with(before.substr(0, before.find("tracks:")))) << file;
  EXPECT_TRUE(file.ends_with(before.substr(before.find("tracks:")))) << file;
  told = world.patch("/schedule/rooms/Main", R"({"capacity": 320})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(file_of(world, "_data/event.yml"),
              HasSubstr("  - name: Main    # the large one\n    capacity: 320\n  - Side\n"));
  EXPECT_EQ(post(world, "/schedule/rooms", R"({"name": "Side"})").status, 422);
  EXPECT_EQ(post(world, "/schedule/rooms", R"({"capacity": 1})").status, 422);
  EXPECT_EQ(post(world, "/schedule/tracks", R"({"name": ""})").status, 422);
}

TEST(EventNames, ANewNameIsTheSessionsTooInTheSameCommit) {
  World world(small_schedule("refuse"));
  std::size_t commits = world.commits();
  Told told = world.patch("/schedule/rooms/Side", R"({"name": "Garden"})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.commits(), commits + 1);
  EXPECT_EQ(counts(world, "rooms"), "Main 3\nGarden 2\nAttic / Roof 1\n");
  EXPECT_THAT(file_of(world, "_data/event.yml"), HasSubstr("  - Garden\n"));
  EXPECT_THAT(file_of(world, "_schedule/tour.md"),
              HasSubstr("end: 2026-10-24T17:00, room: Garden} # first\n"));
  EXPECT_EQ(world.patch("/schedule/tracks/Maps", R"({"name": "Cartography"})").status, 200);
  EXPECT_EQ(world.patch("/schedule/types/talk", R"({"name": "lecture"})").status, 200);
  EXPECT_THAT(file_of(world, "_schedule/opening.md"),
              HasSubstr("track: Cartography\ntype: lecture\n"));
  EXPECT_EQ(world.api({.target = "/schedule/clashes"}).json()["total"], 0);
  EXPECT_EQ(world.patch("/schedule/rooms/Main", R"({"name": "Garden"})").status, 422);
}

TEST(EventNames, WhatSessionsNameDoesNotGoByItself) {
  World world(small_schedule("refuse"));
  std::string head = world.head();
  Told told = remove(world, "/schedule/rooms/Main");
  ASSERT_EQ(told.status, 409) << told.body;
  Json json = told.json();
  EXPECT_EQ(json["type"], "/docs/errors#in-use");
  EXPECT_EQ(json["entries"].size(), 3u);
  EXPECT_EQ(json["entries"][0]["path"], "_schedule/layers.md");
  EXPECT_EQ(json["entries"][0]["errors"][0]["pointer"], "/front_matter/room");
  EXPECT_THAT(json["detail"].get<std::string>(), HasSubstr("named by 3 sessions"));
  EXPECT_EQ(world.head(), head);
  told = remove(world, "/schedule/rooms/Side?on_use=clear");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(file_of(world, "_schedule/tiles.md"), Not(HasSubstr("room")));
  EXPECT_THAT(file_of(world, "_schedule/tour.md"), Not(HasSubstr("Side")));
  EXPECT_EQ(counts(world, "rooms"), "Main 3\nAttic / Roof 1\n");
  told = remove(world, "/schedule/tracks/Code?on_use=move&to=Maps");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(counts(world, "tracks"), "Maps 3\n");
  EXPECT_EQ(remove(world, "/schedule/rooms/Main?on_use=move&to=Cellar").status, 422);
  EXPECT_EQ(remove(world, "/schedule/rooms/Main?on_use=move").status, 400);
  EXPECT_EQ(remove(world, "/schedule/rooms/Main?on_use=forget").status, 400);
  EXPECT_EQ(remove(world, "/schedule/rooms/None").status, 404);
}

TEST(EventNames, AnEditOfTheEventLosesNoneThatSessionsName) {
  World world(small_schedule());
  Told told = world.patch("/schedule/event", R"({"tracks": [{"name": "Code"}]})");
  EXPECT_EQ(told.status, 409) << told.body;
  EXPECT_EQ(told.json()["entries"].size(), 2u);
  told = post(world, "/commits", R"({"actions": [
      {"action": "patch", "resource": "schedule/event", "if_match": "*",
       "data": {"tracks": [{"name": "Code"}]}}]})");
  EXPECT_EQ(told.status, 409) << told.body;
  told = post(world, "/commits", R"({"actions": [
      {"action": "patch", "resource": "schedule/event", "if_match": "*",
       "data": {"tracks": [{"name": "Code"}]}},
      {"action": "patch", "resource": "schedule/sessions", "name": "idea", "if_match": "*",
       "front_matter": {"track": null}},
      {"action": "patch", "resource": "schedule/sessions", "name": "opening", "if_match": "*",
       "front_matter": {"track": "Code"}}]})");
  EXPECT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.patch("/schedule/event", R"({"tracks": null})").status, 200)
      << "without tracks any will do";
}

// Two rooms into one: what was in both at once then clashes.
TEST(EventNames, AMoveThatMakesClashesIsRefusedWhereTheSiteSaysSo) {
  World world(small_schedule("refuse"));
  post(world,
       "/schedule/moves",
       R"({"moves": [{"session": "tiles", "if_match": "*", "start": "2026-10-24T10:15"}]})");
  Told told = remove(world, "/schedule/rooms/Side?on_use=move&to=Main");
  EXPECT_EQ(told.status, 422) << told.body;
  EXPECT_THAT(told.body, HasSubstr("is taken by"));
}

TEST(EventNames, AreWrittenWithTheEventsTag) {
  World world(small_schedule());
  std::string tag = world.tag_of("/schedule/rooms/Main");
  EXPECT_EQ(world.api({.method = "PATCH", .target = "/schedule/rooms/Main", .body = "{}"}).status,
            428);
  ASSERT_EQ(world.patch("/schedule/rooms/Side", R"({"capacity": 9})", tag).status, 200);
  Told told = world.patch("/schedule/rooms/Main", R"({"capacity": 9})", tag);
  EXPECT_EQ(told.status, 412) << told.body;
  EXPECT_EQ(
      world.patch("/schedule/rooms/Main", R"({"capacity": 9})", world.tag_of("/schedule/event"))
          .status,
      200);
  Told dry = world.api({.method = "DELETE",
                        .target = "/schedule/rooms/Main?on_use=clear&dry_run=1",
                        .headers = {{"If-Match", "*"}}});
  EXPECT_EQ(dry.status, 200);
  EXPECT_EQ(dry.json()["actions"].size(), 4u);
}

TEST(EventNames, WithoutAnEventThereAreNone) {
  World world;
  EXPECT_EQ(world.api({.target = "/schedule/rooms"}).json()["total"], 0);
  EXPECT_EQ(post(world, "/schedule/rooms", R"({"name": "Main"})").status, 404);
}

TEST(Speakers, WhoSpeaksDoesNotGoByThemselves) {
  World world(small_schedule());
  Told told = remove(world, "/speakers/ada");
  ASSERT_EQ(told.status, 409) << told.body;
  EXPECT_EQ(told.json()["type"], "/docs/errors#in-use");
  EXPECT_EQ(told.json()["entries"].size(), 2u);
  told = post(world,
              "/commits",
              R"({"actions": [{"action": "delete", "resource": "speakers",
                               "name": "ada", "if_match": "*"}]})");
  EXPECT_EQ(told.status, 409) << "by whichever way";
  told = remove(world, "/speakers/ada?on_use=move&to=bob");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["entry"], nullptr);
  EXPECT_THAT(file_of(world, "_schedule/opening.md"), HasSubstr("speakers: [bob]\n"));
  told = remove(world, "/speakers/bob?on_use=clear");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(file_of(world, "_schedule/opening.md"), Not(HasSubstr("speakers")));
  EXPECT_EQ(world.api({.target = "/speakers"}).json()["total"], 0);
}

TEST(Speakers, UnderAnotherNameTheirSessionsFollow) {
  World world(small_schedule("refuse"));
  Told told = post(world,
                   "/commits",
                   R"({"actions": [{"action": "move", "resource": "speakers",
                       "name": "ada", "if_match": "*", "slug": "ada-lovelace"}]})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(file_of(world, "_schedule/opening.md"), HasSubstr("speakers: [ada-lovelace]\n"));
  EXPECT_EQ(world.api({.target = "/schedule/clashes"}).json()["total"], 0);
}

}  // namespace
}  // namespace stet::api
