// What is wrong with a plan, and where there is room in it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/schedule/small_schedule.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

// A kind and the sessions, one line each.
std::string clashes(World& world, const std::string& query = "") {
  Told told = world.api({.target = "/schedule/clashes" + query});
  if (told.status != 200) return told.body;
  std::string text;
  const Json items = told.json()["items"];
  for (const Json& item : items) {
    text += item["kind"].get<std::string>() + " " + item["severity"].get<std::string>() + " " +
            item["session"]["name"].get<std::string>() + item["pointer"].get<std::string>();
    if (!item["other"].is_null()) text += " " + item["other"]["name"].get<std::string>();
    text += "\n";
  }
  return text;
}

void make_clashes(World& world) {
  world.patch("/schedule/sessions/layers",
              R"({"front_matter": {"start": "2026-10-24T10:30", "speakers": ["ada"]}})");
  world.patch("/schedule/sessions/tiles",
              R"({"front_matter": {"start": "2026-10-25T09:00", "speakers": ["bob", "eve"]}})");
}

TEST(ScheduleClashes, TellsEachPairOnceAndWhatDoesNotFit) {
  World world(small_schedule());
  EXPECT_EQ(clashes(world), "");
  make_clashes(world);
  EXPECT_EQ(clashes(world),
            "room warning layers/front_matter/room opening\n"
            "speaker warning layers/front_matter/start opening\n"
            "fit warning tiles/front_matter/speakers/1\n"
            "unavailable warning tiles/front_matter/start\n");
  EXPECT_EQ(clashes(world, "?room=Side"),
            "fit warning tiles/front_matter/speakers/1\n"
            "unavailable warning tiles/front_matter/start\n");
  Json json = world.api({.target = "/schedule/clashes?limit=1"}).json();
  EXPECT_EQ(json["total"], 4);
  EXPECT_EQ(json["items"].size(), 1u);
  EXPECT_EQ(json["policy"], "warn");
  EXPECT_EQ(json["items"][0]["from"], "2026-10-24T10:30:00+02:00");
  EXPECT_EQ(json["items"][0]["until"], "2026-10-24T11:00:00+02:00");
}

TEST(ScheduleClashes, TimesThatCannotBeAreTold) {
  auto files = small_schedule();
  files["_schedule/lost.md"] = "---\ntitle: Lost\nstart: 2026-03-29T02:30\n---\n";
  files["_schedule/twice.md"] = "---\ntitle: Twice\nstart: 2026-10-25T02:30\n---\n";
  World world(files);
  EXPECT_EQ(clashes(world),
            "field error lost/front_matter/start\nfield warning twice/front_matter/start\n");
}

TEST(ScheduleClashes, TheSitesPolicySaysHowMuchTheyMatter) {
  auto files = small_schedule("off");
  files["_schedule/layers.md"] = files["_schedule/opening.md"];
  World world(files);
  EXPECT_EQ(clashes(world), "");
  world.repository.commit({{"_config.yml", "stet: {schedule: {clashes: refuse}}\n"}});
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  EXPECT_THAT(clashes(world), HasSubstr("room error layers/front_matter/room opening\n"));
}

// Those of an answer, or of a refusal: kind, pointer, name, other.
std::string told_clashes(const Json& json) {
  std::string text;
  for (const Json& clash : json.value("clashes", Json::array())) {
    text += clash["kind"].get<std::string>() + " " + clash["session"]["name"].get<std::string>() +
            clash["pointer"].get<std::string>() + " " + clash["name"].dump();
    if (!clash["other"].is_null()) text += " " + clash["other"]["title"].get<std::string>();
    text += "\n";
  }
  return text;
}

TEST(ScheduleClashes, AWriteTellsThoseOfTheSessionsThatItWrites) {
  World world(small_schedule());
  constexpr char kMove[] = R"({"moves": [
      {"session": "tiles", "if_match": "*", "start": "2026-10-24T10:15", "room": "Main"}]})";
  const std::string room = "room tiles/front_matter/room \"Main\" Opening\n";
  Told told = post(world, "/schedule/moves?dry_run=1", kMove);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told_clashes(told.json()), room);
  EXPECT_EQ(told.json()["clashes"][0]["from"], "2026-10-24T10:15:00+02:00");
  EXPECT_EQ(told_clashes(post(world, "/schedule/moves", kMove).json()), room);
  told = world.patch("/schedule/sessions/layers",
                     R"({"front_matter": {"start": "2026-11-24T10:30", "end": null, "room": "Hut",
                                          "track": "Sea", "speakers": ["bob", "eve"]}})");
  EXPECT_EQ(told_clashes(told.json()),
            "fit layers/front_matter/room \"Hut\"\nfit layers/front_matter/start null\n"
            "fit layers/front_matter/track \"Sea\"\nfit layers/front_matter/speakers/1 \"eve\"\n"
            "unavailable layers/front_matter/start \"bob\"\n");
  told = world.patch("/posts/2020-01-01-first", R"({"front_matter": {"title": "Else"}})");
  EXPECT_FALSE(told.json().contains("clashes")) << "it is no session";
}

TEST(ScheduleClashes, ARefusalTellsWhatItIsRefusedForAndNotWhatWasSoBefore) {
  auto files = small_schedule("refuse");
  files["_schedule/early.md"] =
      "---\ntitle: Early\nstart: 2026-10-24T10:00\nend: 2026-10-24T11:00\nroom: Main\n---\n";
  World world(files);
  Told told = post(world, "/schedule/moves", R"({"moves": [
      {"session": "early", "if_match": "*", "minutes": 90}]})");
  ASSERT_EQ(told.status, 422) << told.body;
  EXPECT_EQ(told_clashes(told.json()), "room early/front_matter/room \"Main\" Layers\n");
  std::string head = world.head();
  told = world.patch("/schedule/sessions/tiles",
                     R"({"front_matter": {"start": "2026-10-24T11:00", "room": "Main"}})");
  ASSERT_EQ(told.status, 422) << told.body;
  EXPECT_EQ(told_clashes(told.json()), "room tiles/front_matter/room \"Main\" Layers\n");
  EXPECT_EQ(told.json()["entries"][0]["path"], "_schedule/tiles.md");
  told = world.api({.method = "POST",
                    .target = "/schedule/sessions",
                    .body = R"({"front_matter": {"title": "New", "room": "Main",
                                                 "start": "2026-10-24T11:00"}})"});
  ASSERT_EQ(told.status, 422) << told.body;
  EXPECT_EQ(told_clashes(told.json()), "room new/front_matter/room \"Main\" Layers\n");
  EXPECT_EQ(world.head(), head);
}

std::string places(World& world, const std::string& query) {
  Told told = world.api({.target = "/schedule/slots?" + query});
  if (told.status != 200) return told.body;
  std::string text;
  const Json items = told.json()["items"];
  for (const Json& item : items) {
    text += item["start"].get<std::string>().substr(5, 11) + " " + item["room"].dump() + "\n";
  }
  return text;
}

TEST(FreePlaces, AreWhereRoomAndSpeakersAreFree) {
  World world(small_schedule());
  EXPECT_EQ(places(world, "session=opening&rooms=Main&limit=3&step=30"),
            "10-24T09:00 \"Main\"\n10-24T09:30 \"Main\"\n10-24T10:00 \"Main\"\n")
      << "it may stay, and begin before";
  // Ada speaks until 11:00, and from 16:00 on.
  EXPECT_EQ(places(world, "minutes=60&speakers=ada&rooms=Side&last=2026-10-24&step=60&from=10:00"),
            "10-24T11:00 \"Side\"\n10-24T12:00 \"Side\"\n10-24T13:00 \"Side\"\n"
            "10-24T15:00 \"Side\"\n10-24T17:00 \"Side\"\n");
  EXPECT_EQ(places(world, "minutes=60&speakers=bob&first=2026-10-25"), "");
  EXPECT_EQ(places(world, "minutes=30&seats=100&limit=1"), "10-24T09:00 \"Main\"\n");
  Json json = world.api({.target = "/schedule/slots?session=idea&limit=1"}).json();
  EXPECT_EQ(json["minutes"], 20) << "as long as it says";
  EXPECT_EQ(json["items"][0]["end_utc"], "2026-10-24T07:20:00Z");
  EXPECT_EQ(json["items"][0]["zone"], "CEST");
}

TEST(FreePlaces, NobodyIsSentIntoAnHourThatComesTwice) {
  World world(small_schedule());
  EXPECT_EQ(places(world,
                   "minutes=30&rooms=Side&first=2026-10-25&last=2026-10-25&from=01:30&until=04:00"
                   "&step=30"),
            "10-25T01:30 \"Side\"\n10-25T03:00 \"Side\"\n10-25T03:30 \"Side\"\n");
}

TEST(FreePlaces, AWishThatCannotBeNamesItsParameter) {
  World world(small_schedule());
  struct {
    std::string query, parameter;
  } cases[] = {{"minutes=0", "minutes"},
               {"minutes=x", "minutes"},
               {"rooms=Cellar", "rooms"},
               {"seats=1000", "seats"},
               {"first=soon", "first"},
               {"from=9", "from"},
               {"until=25:00", "until"},
               {"from=18:00&until=09:00", "until"},
               {"step=0", "step"},
               {"limit=1000", "limit"}};
  for (const auto& c : cases) {
    Told told = world.api({.target = "/schedule/slots?" + c.query});
    EXPECT_EQ(told.status, 400) << c.query << told.body;
    EXPECT_EQ(told.json()["parameter"], c.parameter) << c.query;
  }
  EXPECT_EQ(world.api({.target = "/schedule/slots?session=none"}).status, 404);
  World without;
  EXPECT_EQ(without.api({.target = "/schedule/slots"}).status, 404);
  EXPECT_EQ(without.api({.target = "/schedule/clashes"}).json()["total"], 0);
}

}  // namespace
}  // namespace stet::api
