#include "cms/schedule/event.h"

#include "tests/cms/site/made_site.h"

namespace stet::schedule {
namespace {

Event event(const std::string& yaml, Problems& problems) {
  site::MadeSite site({{"_data/event.yml", yaml}});
  const liquid::Value* data = site->data()->hash().find("event");
  return read_event(data ? *data : liquid::Value(), problems);
}

TEST(Event, IsReadFromItsFile) {
  Problems problems;
  Event read = event(
      "title: Meeting\ntime_zone: America/New_York\nstart: 2020-10-12\n"
      "end: 2020-10-13 23:00:00\nrooms: [{name: Main}, Side, 7, {seats: 3}]\n"
      "tracks: [{name: Science, color: red}]\n",
      problems);
  EXPECT_EQ(site::show(problems), "");
  EXPECT_EQ(read.title, "Meeting");
  EXPECT_EQ(read.zone.name(), "America/New_York");
  EXPECT_EQ(iso_date(*read.start), "2020-10-12");
  EXPECT_EQ(iso_date(*read.end), "2020-10-13");
  ASSERT_EQ(read.rooms.size(), 3u);
  EXPECT_EQ(read.rooms[0].name, "Main");
  EXPECT_EQ(read.rooms[1].name, "Side");
  EXPECT_EQ(read.rooms[2].name, "7");
  ASSERT_EQ(read.tracks.size(), 1u);
  EXPECT_EQ(read.tracks[0].name, "Science");
  EXPECT_EQ(read.tracks[0].color, "");  // a name of a colour says nothing to programs
}

TEST(Event, RoomsTracksAndTypesSayMoreOfThemselves) {
  Problems problems;
  Event read = event(
      "acronym: PTIM\ncolor: '#0A0'\n"
      "rooms: [{name: Main Hall, capacity: 300, description: Upstairs}, main hall, Зал, '!!']\n"
      "tracks: [{name: A, color: '#AA00ff'}, {name: B, color: '#12345'}, {name: A}]\n"
      "types: [talk, {name: workshop, minutes: 90}]\n",
      problems);
  EXPECT_EQ(site::show(problems), "");
  EXPECT_EQ(read.acronym, "PTIM");
  EXPECT_EQ(read.color, "#00aa00");
  EXPECT_EQ(read.find_room("Main Hall")->capacity, 300);
  EXPECT_EQ(read.find_room("Main Hall")->description, "Upstairs");
  EXPECT_EQ(read.find_room("Main Hall")->slug, "main-hall");
  EXPECT_EQ(read.find_room("main hall")->slug, "main-hall-2");
  EXPECT_EQ(read.find_room("Зал")->slug, "зал");
  EXPECT_EQ(read.find_room("!!")->slug, "room");
  EXPECT_FALSE(read.find_room("Attic"));
  EXPECT_EQ(read.find_track("A")->color, "#aa00ff");
  EXPECT_EQ(read.find_track("B")->color, "");
  EXPECT_EQ(read.tracks.size(), 2u);
  EXPECT_EQ(read.find_type("workshop")->minutes, 90);
  EXPECT_EQ(read.find_type("talk")->minutes, 0);
}

TEST(Event, HasAsManyRoomsAsCanBeLookedAt) {
  std::string rooms = "rooms: [";
  for (std::size_t i = 0; i <= kNamedMax; ++i) rooms += "r" + std::to_string(i) + ", ";
  Problems problems;
  EXPECT_EQ(event(rooms + "]\n", problems).rooms.size(), kNamedMax);
  EXPECT_EQ(site::show(problems),
            "_data/event.yml: an event has at most 1000 rooms; further ones are left out\n");
}

TEST(Event, WhatCannotBeReadIsAProblemAndLeftOut) {
  struct {
    std::string yaml, problems;
  } cases[] = {
      {"start: soon", "_data/event.yml: start is no date; write it as 2020-10-12\n"},
      {"end: 7", "_data/event.yml: end is no date; write it as 2020-10-12\n"},
      {"start: ~", ""},
      {"rooms: Main", ""},
      {"[]", ""},
  };
  for (const auto& c : cases) {
    Problems problems;
    Event read = event(c.yaml, problems);
    EXPECT_EQ(site::show(problems), c.problems) << c.yaml;
    EXPECT_FALSE(read.start || read.end);
    EXPECT_TRUE(read.rooms.empty());
  }
  Problems problems;
  EXPECT_EQ(event("time_zone: Middle/Earth", problems).zone.offset_at(0).seconds, 0);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(problems[0].message.starts_with("time_zone: "));
}

}  // namespace
}  // namespace stet::schedule
