#include "cms/schedule_import/read_calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/schedule_import/calendar_lines.h"
#include "tests/cms/schedule_import/shown.h"

namespace stet::schedule_import {
namespace {

using testing::ElementsAre;
using Kind = Finding::Kind;

Schedule read(const std::string& events, const std::string& head = "") {
  auto schedule =
      read_calendar("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + head + events + "END:VCALENDAR\r\n", {});
  EXPECT_TRUE(schedule) << schedule.error().message;
  return schedule ? *schedule : Schedule();
}

TEST(ReadCalendar, ReadsEventsWithTheirZones) {
  Schedule schedule = read(
      "BEGIN:VEVENT\r\nUID:one@example.org\r\nSUMMARY:Ropes\\, "
      "knots\r\nDTSTART;TZID=America/Halifax:20210513T100"
      "000\r\nDTEND;TZID=America/Halifax:20210513T110000\r\nLOCATION:Hall\r\nCATEGORIES:Craft\\, "
      "hand,Other\r\n"
      "DESCRIPTION:Two\\nlines of a long \r\n "
      "text\r\nSTATUS:CANCELLED\r\nSEQUENCE:4\r\nURL:https://example.org/r\r\n"
      "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDESCRIPTION:Ring\r\nEND:VALARM\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\nSUMMARY:Sails\nDTSTART:20210513T150000Z\nDURATION:PT90M\nEND:VEVENT\n",
      "X-WR-CALNAME:Harbour Days\r\n");
  EXPECT_EQ(schedule.title, "Harbour Days");
  EXPECT_EQ(schedule.zone.name(), "America/Halifax");
  EXPECT_THAT(
      shown(schedule),
      ElementsAre("2021-05-13T13:00:00Z/14:00 Ropes, knots", "2021-05-13T15:00:00Z/16:30 Sails"));
  const Session& session = schedule.sessions[0];
  EXPECT_EQ(session.uid, "one@example.org");
  EXPECT_EQ(session.track, "Craft, hand");
  EXPECT_EQ(session.description, "Two\nlines of a long text");
  EXPECT_EQ(session.status, "cancelled");
  EXPECT_EQ(session.sequence, 4);
  EXPECT_EQ(session.links.size(), 1u);
  EXPECT_TRUE(schedule.findings.empty());
}

TEST(ReadCalendar, KnowsZonesByWhatTheirDefinitionSays) {
  Schedule schedule = read(
      "BEGIN:VTIMEZONE\r\nTZID:Custom\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:"
      "VTIMEZONE\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:Ropes\r\nDTSTART;TZID=Custom:20210513T100000\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:Sails\r\nDTSTART;TZID=Nowhere:20210513T100000\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:Masts\r\nDTSTART:20210513T100000\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:Walk\r\nDTSTART;VALUE=DATE:20210514\r\nEND:VEVENT\r\n");
  EXPECT_THAT(shown(schedule),
              ElementsAre("2021-05-13T08:00:00Z Ropes",
                          "2021-05-13T08:00:00Z Sails",
                          "2021-05-13T08:00:00Z Masts",
                          "2021-05-13T22:00:00Z/22:00 Walk"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "15 nobody knows the time zone 'Nowhere'"));
  EXPECT_TRUE(tells(schedule, Kind::kAssumed, "times without a zone"));
  EXPECT_TRUE(tells(schedule, Kind::kAssumed, "'Walk' is a whole day"));
}

TEST(ReadCalendar, TellsWhatItDoesNotTakeOver) {
  Schedule schedule = read(
      "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Ropes\r\nDTSTART:20210513T100000Z\r\nRRULE:FREQ=DAILY;"
      "COUNT=3\r\n"
      "ATTENDEE:mailto:ann@example.org\r\nURL:javascript:alert(1)\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Ropes\r\nDTSTART:20210514T120000Z\r\nRECURRENCE-ID:"
      "20210514T100000Z\r\n"
      "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Sails\r\nDTSTART:soon\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:Masts\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:"
      "20210513T100000Z\r\nEND:VEVENT\r\n");
  EXPECT_EQ(schedule.sessions.size(), 4u);
  EXPECT_EQ(schedule.sessions[1].uid, "a-20210514T100000Z");
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "7 'Ropes' repeats (FREQ=DAILY;COUNT=3)"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "'soon' is no time"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "'Masts' has no DTSTART"));
  EXPECT_TRUE(tells(schedule, Kind::kLeftOut, "1 attendees"));
  EXPECT_TRUE(tells(schedule, Kind::kLeftOut, "javascript"));
  EXPECT_TRUE(tells(schedule, Kind::kLeftOut, "no title"));
  for (const Session& session : schedule.sessions) EXPECT_TRUE(session.links.empty());
}

TEST(ReadCalendar, KnowsZonesAsWindowsNamesThem) {
  const std::pair<const char*, const char*> cases[] = {
      {"W. Europe Standard Time", "Europe/Berlin"},
      {"Central Standard Time (Mexico)", "America/Mexico_City"},
      {"AUS Central Standard Time", "Australia/Darwin"},
      {"SE Asia Standard Time", "Asia/Bangkok"},
      {"Japan", "Japan"},
      {"/vendor.example/20200101/Europe/Paris", "Europe/Paris"}};
  for (const auto& [name, zone] : cases) {
    Schedule schedule = read(std::string("BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART;TZID=\"") + name +
                             "\":20210113T100000\r\nEND:VEVENT\r\n");
    EXPECT_EQ(schedule.zone.name(), zone) << name;
    EXPECT_TRUE(told(schedule, Kind::kDoubt).empty()) << name;
  }
}

TEST(ReadCalendar, TimesInUtcAreNoDoubtWithoutAZone) {
  const std::string event =
      "BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:20210513T150000Z\r\nDURATION:-PT1H\r\nEND:VEVENT\r\n";
  Schedule schedule = read(event);
  EXPECT_TRUE(tells(schedule, Kind::kAssumed, "names no time zone"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "6 '-PT1H' is no duration"));
  EXPECT_EQ(told(schedule, Kind::kDoubt).size(), 1u);
  EXPECT_EQ(schedule.zone.name(), "UTC");
}

TEST(ReadCalendar, AWholeDayEndsAtMidnightWhateverClocksDo) {
  Schedule schedule =
      read("BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20210314\r\nEND:VEVENT\r\n",
           "X-WR-TIMEZONE:America/Halifax\r\n");
  EXPECT_EQ(schedule.sessions[0].end->seconds - schedule.sessions[0].start->seconds, 23 * 3600);
}

TEST(CalendarLines, AreUnfoldedAndTakenApart) {
  auto lines = read_calendar_lines("X;A=\"b:c;d\";E=f^'g^n:v\r\n al\r\n\tue\r\nnothing\r\nY:\r\n");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].parameter("A"), "b:c;d");
  EXPECT_EQ(lines[0].parameter("E"), "f\"g\n");
  EXPECT_EQ(lines[0].value, "value");
  EXPECT_EQ(lines[1].place.line, 5);
  EXPECT_EQ(text_of_calendar("a\\, b\\; c\\\\ d\\N\\"), "a, b; c\\ d\n\\");
}

TEST(ReadCalendar, RefusesWhatIsNoCalendar) {
  for (const char* text : {"", "BEGIN:VCARD\n", "hello"})
    EXPECT_FALSE(read_calendar(text, {})) << text;
}

}  // namespace
}  // namespace stet::schedule_import
