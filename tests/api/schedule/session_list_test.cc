// Sessions by the words of a schedule, and when they are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/schedule/small_schedule.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

std::string names(World& world, const std::string& query) {
  Told told = world.api({.target = "/schedule/sessions?sort=path&" + query});
  if (told.status != 200) return told.body;
  std::string text;
  const Json items = told.json()["items"];
  for (const Json& item : items) text += item["name"].get<std::string>() + " ";
  return text;
}

TEST(SessionList, IsFilteredByTheWordsOfASchedule) {
  World world(small_schedule());
  struct {
    std::string query, wanted;
  } cases[] = {
      {"", "idea layers opening party tiles tour "},
      {"day=2026-10-24", "layers opening party tiles tour "},
      {"day=2026-10-25", "tour "},
      {"day=2026-10-26", ""},
      {"room=Main", "layers opening party "},
      {"room=Attic%20/%20Roof", "tour "},
      {"room=Attic%20/%20Roof&day=2026-10-24", ""},
      {"room=main", ""},
      {"track=Maps", "idea opening "},
      {"type=talk", "layers opening tiles "},
      {"speaker=ada", "opening tour "},
      {"status=tentative", "tiles "},
      {"status=confirmed&speaker=bob", "layers "},
      {"unscheduled=1", "idea "},
      {"unscheduled=0&track=Maps", "opening "},
      {"from=2026-10-24T10:30&until=2026-10-24T11:00", "opening "},
      {"from=2026-10-24T11:00&until=2026-10-24T11:01", "layers "},
      {"until=2026-10-24T08:30:00Z", "opening "},
      {"from=2026-10-25T02:45%2B02:00", "party tour "},
      {"from=2026-10-25T02:45%2B01:00", "tour "},
      {"from=2026-10-25", "party tour "},
      {"room=Main&filter[track]=Code", "layers "},
  };
  for (const auto& c : cases) EXPECT_EQ(names(world, c.query), c.wanted) << c.query;
}

TEST(SessionList, SaysWhichParameterCannotBe) {
  World world(small_schedule());
  struct {
    std::string query, detail;
  } cases[] = {
      {"day=today", "a day is written as 2020-10-12"},
      {"status=late", "a status is confirmed, tentative or cancelled"},
      {"room=", "room is the name of one"},
      {"unscheduled=maybe", "unscheduled is 1 or 0"},
      {"from=noon", "'noon' is no time"},
      {"from=2026-10-25T02:30", "comes twice in Europe/Berlin"},
      {"until=2026-03-29T02:30", "does not exist in Europe/Berlin"},
      {"from=2026-10-25T02:30+02:00", "in an address + is written %2B"},
  };
  for (const auto& c : cases) {
    Told told = world.api({.target = "/schedule/sessions?" + c.query});
    EXPECT_EQ(told.status, 400) << c.query;
    EXPECT_THAT(told.json()["detail"].get<std::string>(), HasSubstr(c.detail)) << c.query;
  }
}

TEST(SessionList, FollowsWhatIsWrittenToSessionsAndToTheEvent) {
  World world(small_schedule());
  EXPECT_EQ(names(world, "day=2026-10-25"), "tour ");
  world.patch("/schedule/sessions/idea", R"({"front_matter": {"start": "2026-10-25T09:00"}})");
  EXPECT_EQ(names(world, "day=2026-10-25"), "idea tour ");
  // By another clock other sessions are on that day.
  Told told = world.patch("/schedule/event", R"({"time_zone": "Pacific/Auckland"})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(names(world, "until=2026-10-23T21:30:00Z"), "opening ");
}

TEST(SessionList, ASessionTellsWhenItIsByTheEventsClockAndInUtc) {
  World world(small_schedule());
  auto slots = [&](const std::string& name) {
    return world.api({.target = "/schedule/sessions/" + name + "?expand=slots"}).json()["slots"];
  };
  Json opening = slots("opening");
  ASSERT_EQ(opening.size(), 1u);
  EXPECT_EQ(opening[0]["start"], "2026-10-24T10:00:00+02:00");
  EXPECT_EQ(opening[0]["start_utc"], "2026-10-24T08:00:00Z");
  EXPECT_EQ(opening[0]["end_utc"], "2026-10-24T09:00:00Z");
  EXPECT_EQ(opening[0]["zone"], "CEST");
  EXPECT_EQ(opening[0]["minutes"], 60);
  EXPECT_EQ(opening[0]["uid"], "opening@days");
  EXPECT_EQ(opening[0]["id"], nullptr);
  // The clock is set back while it lasts, and the night belongs to the day before.
  Json party = slots("party")[0];
  EXPECT_EQ(party["minutes"], 150);
  EXPECT_EQ(party["end"], "2026-10-25T02:30:00+01:00");
  EXPECT_EQ(party["day"], "2026-10-24");
  Json tour = slots("tour");
  ASSERT_EQ(tour.size(), 2u);
  EXPECT_EQ(tour[1]["id"], "b");
  EXPECT_EQ(tour[1]["zone"], "CET");
  EXPECT_NE(tour[0]["uid"], tour[1]["uid"]);
  EXPECT_EQ(slots("idea")[0]["start"], nullptr);
  EXPECT_EQ(slots("tiles")[0]["minutes"], 45) << "as long as its type says";
}

TEST(SessionList, IsByWhenTheyFirstTakePlaceHoweverThatIsWritten) {
  World world(small_schedule());
  world.patch("/schedule/sessions/layers",
              R"({"front_matter": {"start": "2026-10-24T13:00:00Z", "end": null}})");
  Told told = world.api({.target = "/schedule/sessions?fields=name"});
  std::string text;
  const Json items = told.json()["items"];
  for (const Json& item : items) text += item["name"].get<std::string>() + " ";
  EXPECT_EQ(text, "idea opening tiles layers tour party ");
}

TEST(SessionList, ShowsClashesToThoseWhoHaveAToken) {
  World world(small_schedule());
  world.patch("/schedule/sessions/tiles", R"({"front_matter": {"room": "Cellar"}})");
  world.patch("/schedule/sessions/layers", R"({"front_matter": {"start": "2026-10-24T10:30"}})");
  Json items = world.api({.target = "/schedule/sessions?sort=path&expand=clashes"}).json()["items"];
  ASSERT_EQ(items.size(), 6u);
  EXPECT_EQ(items[0]["clashes"], Json::array());
  EXPECT_EQ(items[1]["clashes"][0]["kind"], "room");
  EXPECT_EQ(items[1]["clashes"][0]["other"]["name"], "opening");
  EXPECT_EQ(items[2]["clashes"][0]["other"]["name"], "layers") << "from its own side";
  EXPECT_EQ(items[4]["clashes"][0]["kind"], "fit");
  Told told = world.admin({.target = "/api/v1/schedule/sessions?expand=clashes"});
  EXPECT_EQ(told.status, 401);
  told = world.admin({.target = "/api/v1/schedule/sessions/opening?expand=slots"});
  EXPECT_EQ(told.json()["slots"][0]["start_utc"], "2026-10-24T08:00:00Z") << told.body;
  EXPECT_EQ(world.api({.target = "/posts?expand=slots"}).status, 400);
}

TEST(SessionList, WhatIsHiddenIsNoWayToFindAnythingWithoutAToken) {
  auto files = small_schedule();
  files["_config.yml"] = "title: T\nstet: {api: {anonymous: true, hidden: [room, speakers]}}\n";
  World world(files);
  for (const char* query : {"room=Main", "speaker=ada"}) {
    Told told = world.admin({.target = std::string("/api/v1/schedule/sessions?") + query});
    EXPECT_EQ(told.status, 400) << query;
    EXPECT_EQ(world.api({.target = std::string("/schedule/sessions?") + query}).status, 200);
  }
  Told told = world.admin({.target = "/api/v1/schedule/sessions?day=2026-10-24&expand=slots"});
  EXPECT_EQ(told.json()["total"], 5);
  EXPECT_FALSE(told.json()["items"][0].contains("slots"));
}

// YAML has no way to say "in UTC" that is not also "by the clock on the wall".
TEST(SessionList, ATimeInUtcThatIsWrittenStaysThatInstant) {
  World world(small_schedule());
  Told told = world.patch("/schedule/sessions/tiles",
                          R"({"front_matter": {"start": "2026-10-24T13:00:00Z"}})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(file_of(world, "_schedule/tiles.md"), HasSubstr("2026-10-24T13:00:00Z"));
  EXPECT_EQ(names(world, "from=2026-10-24T13:00:00Z&until=2026-10-24T13:01:00Z"), "tiles ");
  told = world.patch("/schedule/sessions/idea",
                     R"({"front_matter": {"slots": [{"id": "a",
                         "start": "2026-10-25T10:00:00Z", "end": "2026-10-25T11:00:00Z"}]}})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(names(world, "from=2026-10-25T10:00:00Z&until=2026-10-25T10:01:00Z"), "idea ");
  told = world.patch("/schedule/sessions/tiles",
                     R"({"front_matter": {"start": "2026-10-25 02:30 +02:00"}})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(names(world, "from=2026-10-25T00:30:00Z&until=2026-10-25T00:31:00Z"), "party tiles ");
}

}  // namespace
}  // namespace stet::api
