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
  EXPECT_EQ(read.rooms, (std::vector<std::string>{"Main", "Side"}));
  EXPECT_EQ(read.tracks, std::vector<std::string>{"Science"});
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
