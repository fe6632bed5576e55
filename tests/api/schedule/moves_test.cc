// Sessions moved: several by one commit, a set by so much, one copied.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/schedule/small_schedule.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSwap[] = R"({"moves": [
    {"session": "opening", "if_match": "*", "start": "2026-10-24T11:00"},
    {"session": "layers", "if_match": "*", "start": "2026-10-24T10:00"}]})";

std::string clock_of(World& world, const std::string& name, int slot = 0) {
  Json json = world.api({.target = "/schedule/sessions/" + name + "?expand=slots"}).json();
  const Json& found = json["slots"][slot];
  return found["start"].dump() + " " + found["end"].dump() + " " + found["room"].dump();
}

TEST(Moves, TwoSessionsSwapTheirPlacesWhereClashesAreRefused) {
  World world(small_schedule("refuse"));
  Told alone = world.patch("/schedule/sessions/opening",
                           R"({"front_matter": {"start": "2026-10-24T11:00",
                                                "end": "2026-10-24T12:00"}})");
  EXPECT_EQ(alone.status, 422) << "alone it clashes";
  std::size_t commits = world.commits();
  Told told = post(world, "/schedule/moves", kSwap);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.commits(), commits + 1);
  EXPECT_EQ(told.json()["actions"].size(), 2u);
  EXPECT_EQ(clock_of(world, "opening"),
            R"("2026-10-24T11:00:00+02:00" "2026-10-24T12:00:00+02:00" "Main")");
  EXPECT_EQ(clock_of(world, "layers"),
            R"("2026-10-24T10:00:00+02:00" "2026-10-24T11:00:00+02:00" "Main")");
  EXPECT_EQ(file_of(world, "_schedule/opening.md"),
            "---\ntitle: Opening   # kept\nstart: 2026-10-24T11:00\nend: 2026-10-24T12:00\n"
            "room: Main\ntrack: Maps\ntype: talk\nspeakers: [ada]\nuid: opening@days\n---\n"
            "Welcome.\n");
}

TEST(Moves, ACommitOfPatchesIsJudgedByWhatItLeavesToo) {
  World world(small_schedule("refuse"));
  Told told = post(world, "/commits", R"({"actions": [
      {"action": "patch", "resource": "schedule/sessions", "name": "opening", "if_match": "*",
       "front_matter": {"start": "2026-10-24T11:00", "end": "2026-10-24T12:00"}},
      {"action": "patch", "resource": "schedule/sessions", "name": "layers", "if_match": "*",
       "front_matter": {"start": "2026-10-24T10:00", "end": "2026-10-24T11:00"}}]})");
  EXPECT_EQ(told.status, 200) << told.body;
  // Each is fine where the other has been; both are not.
  told = post(world, "/commits", R"({"actions": [
      {"action": "patch", "resource": "schedule/sessions", "name": "opening", "if_match": "*",
       "front_matter": {"start": "2026-10-24T18:00", "end": "2026-10-24T19:00"}},
      {"action": "patch", "resource": "schedule/sessions", "name": "layers", "if_match": "*",
       "front_matter": {"start": "2026-10-24T18:30", "end": "2026-10-24T19:30"}}]})");
  EXPECT_EQ(told.status, 422) << told.body;
  EXPECT_EQ(told.json()["entries"].size(), 2u);
  told = world.api({.method = "PATCH",
                    .target = "/schedule/sessions?filter[room]=Main",
                    .body = R"({"front_matter": {"start": "2026-10-24T18:00", "end": null}})",
                    .headers = {{"If-Match", "*"}}});
  EXPECT_EQ(told.status, 422) << "an edit of many puts them into one place";
}

TEST(Moves, ASwapIsTakenBackAsOne) {
  World world(small_schedule("refuse"));
  std::string before = file_of(world, "_schedule/opening.md");
  ASSERT_EQ(post(world, "/schedule/moves", kSwap).status, 200);
  Told told = post(world, "/revert", R"({"commit": ")" + world.head() + "\"}");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(file_of(world, "_schedule/opening.md"), before);
  ASSERT_EQ(post(world,
                 "/schedule/moves",
                 R"({"moves": [{"session": "opening", "if_match": "*", "room": "Side"}]})")
                .status,
            200);
  std::string moved = world.head();
  ASSERT_EQ(post(world,
                 "/schedule/moves",
                 R"({"moves": [{"session": "idea", "if_match": "*", "room": "Main",
                                "start": "2026-10-24T10:00"}]})")
                .status,
            200);
  told = post(world, "/revert", R"({"commit": ")" + moved + "\"}");
  EXPECT_EQ(told.status, 422) << "its place is taken: " << told.body;
}

TEST(Moves, WhatClashesIsNamedByItsMove) {
  World world(small_schedule("refuse"));
  std::string head = world.head();
  Told told = post(world, "/schedule/moves", R"({"moves": [
      {"session": "tiles", "if_match": "*", "start": "2026-10-24T15:00"},
      {"session": "tour", "slot": "a", "if_match": "*", "start": "2026-10-24T10:30",
       "room": "Main"}]})");
  ASSERT_EQ(told.status, 422) << told.body;
  Json json = told.json();
  EXPECT_EQ(json["move"], 1);
  EXPECT_EQ(json["errors"][0]["pointer"], "/moves/1/room");
  EXPECT_THAT(json["errors"][0]["detail"].get<std::string>(), HasSubstr("is taken by 'Opening'"));
  EXPECT_EQ(json["entries"][0]["path"], "_schedule/tour.md");
  EXPECT_EQ(world.head(), head);
}

TEST(Moves, OneSlotOfSeveralMovesAndTheOthersKeepTheirBytes) {
  World world(small_schedule());
  Told told = post(world, "/schedule/moves", R"({"moves": [
      {"session": "tour", "slot": "b", "if_match": "*", "start": "2026-10-25T09:00",
       "room": "Side"}]})");
  ASSERT_EQ(told.status, 200) << told.body;
  std::string file = file_of(world, "_schedule/tour.md");
  EXPECT_THAT(
      file,
      HasSubstr("{id: a, start: 2026-10-24T16:00, end: 2026-10-24T17:00, room: Side} # first\n"));
  EXPECT_EQ(clock_of(world, "tour", 1),
            R"("2026-10-25T09:00:00+01:00" "2026-10-25T10:00:00+01:00" "Side")");
  for (const char* slot : {"", R"("slot": "c",)"}) {
    told = post(world,
                "/schedule/moves",
                R"({"moves": [{"session": "tour", )" + std::string(slot) +
                    R"("if_match": "*", "room": null}]})");
    EXPECT_EQ(told.status, 422);
    EXPECT_EQ(told.json()["errors"][0]["pointer"], "/moves/0/slot") << told.body;
    EXPECT_THAT(told.body, HasSubstr("a, b"));
  }
}

TEST(Moves, ATimeKeepsTheFormThatTheFileHasForIt) {
  World world(small_schedule());
  ASSERT_EQ(post(world,
                 "/schedule/moves",
                 R"({"moves": [{"session": "tiles", "if_match": "*",
                                "start": "2026-10-24T15:30"}]})")
                .status,
            200);
  EXPECT_THAT(file_of(world, "_schedule/tiles.md"), HasSubstr("start: 2026-10-24 15:30:00\n"));
  EXPECT_EQ(clock_of(world, "tiles"),
            R"("2026-10-24T15:30:00+02:00" "2026-10-24T16:15:00+02:00" "Side")");
}

TEST(Moves, TakenOutOfThePlanItKeepsItsLengthAndComesBack) {
  World world(small_schedule());
  ASSERT_EQ(post(world,
                 "/schedule/moves",
                 R"({"moves": [{"session": "opening", "if_match": "*", "start": null}]})")
                .status,
            200);
  std::string file = file_of(world, "_schedule/opening.md");
  EXPECT_THAT(file, Not(HasSubstr("end:")));
  EXPECT_THAT(file, HasSubstr("duration: 60\n"));
  ASSERT_EQ(post(world,
                 "/schedule/moves",
                 R"({"moves": [{"session": "opening", "if_match": "*",
                                "start": "2026-10-24T12:00", "room": "Side"}]})")
                .status,
            200);
  EXPECT_EQ(clock_of(world, "opening"),
            R"("2026-10-24T12:00:00+02:00" "2026-10-24T13:00:00+02:00" "Side")");
}

TEST(Moves, TimesAtAClockChangeAreRefusedOrSaidWithTheirOffset) {
  World world(small_schedule());
  auto move = [&](const std::string& start) {
    return post(
        world,
        "/schedule/moves",
        R"({"moves": [{"session": "opening", "if_match": "*", "start": ")" + start + "\"}]}");
  };
  Told told = move("2026-10-25T02:30");
  ASSERT_EQ(told.status, 422) << told.body;
  EXPECT_EQ(told.json()["errors"][0]["pointer"], "/moves/0/start");
  EXPECT_THAT(told.body, HasSubstr("2026-10-25T02:30:00+01:00")) << "the mend";
  told = move("2026-03-29T02:30");
  EXPECT_EQ(told.status, 422);
  EXPECT_THAT(told.body, HasSubstr("does not exist in Europe/Berlin"));
  EXPECT_EQ(move("soon").status, 422);
  for (const char* start : {"2026-10-25 02:30 +02:00", "2026-10-25T00:30:00Z"}) {
    told = move(start);
    ASSERT_EQ(told.status, 200) << told.body;
    EXPECT_THAT(file_of(world, "_schedule/opening.md"), HasSubstr("2026-10-25T02:30+02:00"));
    EXPECT_EQ(clock_of(world, "opening"),
              R"("2026-10-25T02:30:00+02:00" "2026-10-25T02:30:00+01:00" "Main")");
  }
  // An instant in any zone is written by the event's clock.
  ASSERT_EQ(move("2026-10-25T04:00:00-05:00").status, 200);
  EXPECT_THAT(file_of(world, "_schedule/opening.md"), HasSubstr("start: 2026-10-25T10:00\n"));
}

TEST(Moves, EachHasItsPrecondition) {
  World world(small_schedule());
  std::string tag = world.tag_of("/schedule/sessions/opening");
  auto move = [&](const std::string& match) {
    return post(
        world,
        "/schedule/moves",
        R"({"moves": [{"session": "opening", )" + match + R"("start": "2026-10-24T09:00"}]})");
  };
  EXPECT_EQ(move("").status, 428);
  EXPECT_EQ(move(R"("if_match": "x",)").status, 422);
  world.patch("/schedule/sessions/opening", R"({"front_matter": {"title": "Doors"}})");
  Told told = move(R"("if_match": )" + Json(tag).dump() + ",");
  EXPECT_EQ(told.status, 412) << told.body;
  EXPECT_EQ(told.json()["move"], 0);
  tag = world.tag_of("/schedule/sessions/opening");
  EXPECT_EQ(move(R"("if_match": )" + Json(tag).dump() + ",").status, 200);
}

TEST(Moves, ARequestThatCannotBeNamesItsPlace) {
  World world(small_schedule());
  struct {
    std::string json, pointer;
    int status = 422;
  } cases[] = {
      {R"({})", "/moves"},
      {R"({"moves": []})", "/moves"},
      {R"({"moves": [1]})", "/moves/0"},
      {R"({"moves": [{"if_match": "*"}]})", "/moves/0/session"},
      {R"({"moves": [{"session": "none", "if_match": "*"}]})", "/moves/0", 404},
      {R"({"moves": [{"session": "opening", "if_match": "*", "when": 1}]})", "/moves/0/when"},
      {R"({"moves": [{"session": "opening", "if_match": "*", "start": 1}]})", "/moves/0/start"},
      {R"({"moves": [{"session": "opening", "if_match": "*", "room": ""}]})", "/moves/0/room"},
      {R"({"moves": [{"session": "opening", "if_match": "*", "minutes": 0}]})", "/moves/0/minutes"},
      {R"({"moves": [{"session": "opening", "if_match": "*", "end": "2026-10-24T09:00"}]})",
       "/moves/0/end"},
      {R"({"moves": [{"session": "tour", "slot": "a", "room": null,
                      "if_match": "0000000000000000000000000000000000000001"},
                     {"session": "tour", "slot": "b", "room": null,
                      "if_match": "0000000000000000000000000000000000000002"}]})",
       "/moves/1/if_match"},
      {R"({"moves": [{"session": "idea", "if_match": "*", "end": "2026-10-24T09:00"}]})",
       "/moves/0/end"},
      {R"({"moves": [{"session": "opening", "if_match": "*", "room": "Side"},
                     {"session": "_schedule/opening.md", "if_match": "*", "room": "Main"}]})",
       "/moves/1/session"},
  };
  for (const auto& c : cases) {
    Told told = post(world, "/schedule/moves", c.json);
    EXPECT_EQ(told.status, c.status) << c.json << told.body;
    EXPECT_EQ(told.json()["errors"][0]["pointer"], c.pointer) << c.json;
  }
}

TEST(Moves, ADryRunAKeyAndAChangeAreAsForAllWrites) {
  World world(small_schedule());
  std::string head = world.head();
  Told dry = post(world, "/schedule/moves?dry_run=1", kSwap);
  EXPECT_EQ(dry.status, 200) << dry.body;
  EXPECT_THAT(dry.json()["diff"].get<std::string>(), HasSubstr("+start: 2026-10-24T11:00"));
  EXPECT_EQ(world.head(), head);
  auto with_key = [&] {
    return world.api({.method = "POST",
                      .target = "/schedule/moves",
                      .body = kSwap,
                      .headers = {{"Idempotency-Key", "\"swap\""}}});
  };
  Told first = with_key(), again = with_key();
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.json()["commit"], again.json()["commit"]);
  Told change = post(world, "/changes", R"({"title": "Another day"})");
  std::string id = change.json()["id"];
  head = world.head();
  Told moved = post(world,
                    "/schedule/moves?change=" + id,
                    R"({"moves": [{"session": "idea", "if_match": "*",
                                   "start": "2026-10-25T09:00"}]})");
  EXPECT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(world.head(), head);
  Json there = world.api({.target = "/schedule/sessions?day=2026-10-25&change=" + id}).json();
  EXPECT_EQ(there["total"], 2);
  EXPECT_EQ(world.api({.target = "/schedule/sessions?day=2026-10-25"}).json()["total"], 1);
}

Told shift(World& world,
           const std::string& query,
           const std::string& json,
           const std::string& match = "*") {
  return world.api({.method = "POST",
                    .target = "/schedule/shift?" + query,
                    .body = json,
                    .headers = {{"If-Match", match}}});
}

TEST(Shift, MovesAllThatAFilterMatchesAndKeepsThemApart) {
  World world(small_schedule("refuse"));
  Told told = shift(world, "room=Main&until=2026-10-24T13:00", R"({"minutes": 60})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["actions"].size(), 2u);
  EXPECT_EQ(clock_of(world, "opening"),
            R"("2026-10-24T11:00:00+02:00" "2026-10-24T12:00:00+02:00" "Main")");
  EXPECT_EQ(clock_of(world, "layers"),
            R"("2026-10-24T12:00:00+02:00" "2026-10-24T13:00:00+02:00" "Main")");
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%s", "main"}),
              HasSubstr("Move 2 sessions by 60 minutes"));
}

TEST(Shift, OfSeveralSlotsThoseThatMatch) {
  World world(small_schedule());
  ASSERT_EQ(shift(world, "day=2026-10-24&speaker=ada", R"({"minutes": -15})").status, 200);
  EXPECT_THAT(clock_of(world, "tour", 0), HasSubstr("2026-10-24T15:45:00+02:00"));
  EXPECT_THAT(clock_of(world, "tour", 1), HasSubstr("2026-10-25T16:00:00+01:00"));
}

TEST(Shift, DaysKeepTheClockAndMinutesTheInstant) {
  World world(small_schedule());
  ASSERT_EQ(shift(world, "track=Code", R"({"days": 1})").status, 200);
  EXPECT_EQ(clock_of(world, "layers"),
            R"("2026-10-25T11:00:00+01:00" "2026-10-25T12:00:00+01:00" "Main")");
  ASSERT_EQ(shift(world, "track=Code", R"({"minutes": -1440})").status, 200);
  EXPECT_EQ(clock_of(world, "layers"),
            R"("2026-10-24T12:00:00+02:00" "2026-10-24T13:00:00+02:00" "Main")");
  world.patch("/schedule/sessions/layers",
              R"({"front_matter": {"start": "2026-10-24T02:30", "end": null}})");
  Told told = shift(world, "track=Code", R"({"days": 1})");
  EXPECT_EQ(told.status, 422);
  EXPECT_THAT(told.body, HasSubstr("2026-10-25 02:30 comes twice in Europe/Berlin"));
}

TEST(Shift, TheSetIsTheOneThatWasSeen) {
  World world(small_schedule());
  Told dry = world.api({.method = "POST",
                        .target = "/schedule/shift?room=Main&dry_run=1",
                        .body = R"({"minutes": 5})"});
  ASSERT_EQ(dry.status, 200) << dry.body;
  std::string tag = dry.header("ETag");
  world.patch("/schedule/sessions/tiles", R"({"front_matter": {"room": "Main"}})");
  Told told = shift(world, "room=Main", R"({"minutes": 5})", tag);
  EXPECT_EQ(told.status, 412) << told.body;
  EXPECT_NE(told.header("ETag"), tag);
  told = shift(world, "room=Main", R"({"minutes": 5})", told.header("ETag"));
  EXPECT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["actions"].size(), 4u);
}

TEST(Shift, SaysWhatCannotBe) {
  World world(small_schedule());
  EXPECT_EQ(shift(world, "", R"({"minutes": 5})").status, 400);
  EXPECT_EQ(shift(world, "room=Main", R"({})").status, 422);
  EXPECT_EQ(shift(world, "room=Main", R"({"minutes": 1.5})").status, 422);
  EXPECT_EQ(shift(world, "room=None", R"({"minutes": 5})").status, 404);
  EXPECT_EQ(shift(world, "unscheduled=1", R"({"minutes": 5})").status, 404);
  Told told = world.api(
      {.method = "POST", .target = "/schedule/shift?room=Main", .body = R"({"minutes": 5})"});
  EXPECT_EQ(told.status, 428);
}

TEST(Copy, IsANewSessionWithAUidOfItsOwn) {
  World world(small_schedule());
  Told told = post(world, "/schedule/copy", R"({"session": "opening",
      "start": "2026-10-25T10:00", "room": "Side", "front_matter": {"track": null}})");
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.header("Location"), "/api/v1/schedule/sessions/opening-2");
  Json fields = told.json()["entry"]["front_matter"];
  EXPECT_EQ(fields["title"], "Opening");
  EXPECT_NE(fields["uid"], "opening@days");
  EXPECT_FALSE(fields.contains("track"));
  EXPECT_EQ(told.json()["entry"]["body"], "Welcome.\n");
  EXPECT_EQ(clock_of(world, "opening-2"),
            R"("2026-10-25T10:00:00+01:00" "2026-10-25T11:00:00+01:00" "Side")");
  EXPECT_THAT(clock_of(world, "opening"), HasSubstr("2026-10-24T10:00:00+02:00"));
}

TEST(Copy, IsRefusedWhereItWouldClashAndOfSlotsThatItCannotPlace) {
  World world(small_schedule("refuse"));
  EXPECT_EQ(post(world, "/schedule/copy", R"({"session": "opening"})").status, 422);
  EXPECT_EQ(post(world, "/schedule/copy", R"({"session": "opening", "start": null})").status, 201);
  EXPECT_EQ(post(world, "/schedule/copy", R"({"session": "tour", "start": null})").status, 422);
  EXPECT_EQ(post(world, "/schedule/copy", R"({"session": "none"})").status, 404);
  EXPECT_EQ(post(world, "/schedule/copy", R"({})").status, 422);
}

}  // namespace
}  // namespace stet::api
