// A schedule's exports as pages: which there are, what they say, and whose change touches which.

#include "cms/generate/schedule_exports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Files = std::map<std::string, std::string>;

Files files() {
  return {{"_config.yml", "url: https://example.org\nbaseurl: /days\n"},
          {"_data/event.yml",
           "title: Days; of, Trust\nacronym: DT\ntime_zone: America/New_York\nstart: 2020-10-31\n"
           "end: 2020-11-01\nrooms: [{name: Main Hall, capacity: 90}, Side]\n"
           "tracks: [{name: Tools, color: '#AA0000'}]\n"},
          {"_speakers/ada.md", "---\nname: Ada Lovelace\n---\n"},
          {"_schedule/open.md",
           "---\ntitle: Opening\nstart: 2020-10-31T10:00\nend: 2020-10-31T11:30\nroom: Main Hall\n"
           "track: Tools\nspeakers: [ada, bob]\nuid: open@example.org\nsequence: 3\n"
           "links: [{title: Slides, url: 'https://example.org/s'}]\n---\n"
           "Hello *all* & [you](https://example.org/).\n\n- one\n- two\n"},
          {"_schedule/late.md",
           "---\ntitle: \"Late <b>\\\"talk\\\"\"\nstart: 2020-11-01T01:30:00-05:00\n"
           "end: 2020-11-01T03:00\nroom: Side\nstatus: cancelled\n---\n"},
          {"_schedule/some-day.md", "---\ntitle: Some day\nroom: Side\n---\n"}};
}

TEST(ScheduleExports, AreThereForTheWholeAndForEachPart) {
  BuiltSite site(files());
  std::set<std::string> made;
  site.site().for_each_output([&](const std::string& path, const site::Output&) {
    if (!path.ends_with(".html")) made.insert(path);
  });
  EXPECT_EQ(made,
            (std::set<std::string>{"schedule.csv",
                                   "schedule.ics",
                                   "schedule.json",
                                   "schedule.txt",
                                   "schedule.utc.ics",
                                   "schedule.xml",
                                   "schedule/changes.xml",
                                   "schedule/late.ics",
                                   "schedule/late.utc.ics",
                                   "schedule/open.ics",
                                   "schedule/open.utc.ics",
                                   "schedule/rooms/main-hall.ics",
                                   "schedule/rooms/main-hall.utc.ics",
                                   "schedule/rooms/side.ics",
                                   "schedule/rooms/side.utc.ics",
                                   "schedule/some-day.ics",
                                   "schedule/some-day.utc.ics",
                                   "schedule/tracks/tools.ics",
                                   "schedule/tracks/tools.utc.ics",
                                   "schedule/widgets/schedule.json",
                                   "speakers/ada.ics",
                                   "speakers/ada.utc.ics"}));
  Files none = files();
  none.erase("_data/event.yml");
  EXPECT_FALSE(BuiltSite(none).has("schedule.ics"));
}

TEST(ScheduleExports, ACalendarHasItsZoneAndOneEventASlot) {
  BuiltSite site(files());
  EXPECT_EQ(site.bytes("schedule/open.ics"),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//stet//Schedule//EN\r\n"
            "CALSCALE:GREGORIAN\r\nNAME:Days\\; of\\, Trust – Opening\r\n"
            "X-WR-CALNAME:Days\\; of\\, Trust – Opening\r\nX-WR-TIMEZONE:America/New_York\r\n"
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n"
            "SOURCE;VALUE=URI:https://example.org/days/schedule/open.ics\r\n"
            "URL:https://example.org/days/schedule/open/\r\n"
            "BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\nBEGIN:DAYLIGHT\r\n"
            "DTSTART:20201029T200000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT\r\n"
            "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
            "BEGIN:VEVENT\r\nUID:open@example.org\r\nDTSTAMP:19700101T000000Z\r\nSEQUENCE:3\r\n"
            "STATUS:CONFIRMED\r\nDTSTART;TZID=America/New_York:20201031T100000\r\n"
            "DTEND;TZID=America/New_York:20201031T113000\r\nSUMMARY:Opening\r\n"
            "LOCATION:Main Hall\r\nCATEGORIES:Tools\r\n"
            "DESCRIPTION:Ada Lovelace\\, bob\\n\\nHello all & you.\\n\\none\\ntwo\r\n"
            "URL:https://example.org/days/schedule/open/\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(ScheduleExports, ACalendarAcrossAClockChangeHasThatChangeAndNoOther) {
  BuiltSite site(files());
  std::string text = site.bytes("schedule.ics");
  EXPECT_THAT(text,
              HasSubstr("END:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:20201101T020000\r\n"
                        "TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:EST\r\nEND:STANDARD\r\n"
                        "END:VTIMEZONE\r\n"));
  // A wall time means the first half past one; this is the second.
  EXPECT_THAT(text,
              HasSubstr("STATUS:CANCELLED\r\nDTSTART:20201101T063000Z\r\n"
                        "DTEND;TZID=America/New_York:20201101T030000\r\n"));
  std::string utc = site.bytes("schedule.utc.ics");
  EXPECT_THAT(utc, HasSubstr("DTSTART:20201031T140000Z\r\nDTEND:20201031T153000Z\r\n"));
  EXPECT_THAT(utc, Not(HasSubstr("TZID")));
  EXPECT_THAT(utc, Not(HasSubstr("Some day")));
}

TEST(ScheduleExports, XmlAndJsonHaveDaysRoomsAndTalks) {
  BuiltSite site(files());
  std::string xml = site.bytes("schedule.xml");
  for (const char* part : {
           "<acronym>dt_event</acronym>",
           "<start>2020-10-31</start>",
           "<days>2</days>",
           "<time_zone_name>America/New_York</time_zone_name>",
           "<track name=\"Tools\" color=\"#aa0000\" slug=\"tools\"/>",
           "<day index=\"1\" date=\"2020-10-31\" start=\"2020-10-31T04:00:00-04:00\" "
           "end=\"2020-11-01T03:59:00-05:00\">",
           "<room>Main Hall</room>",
           "<date>2020-10-31T10:00:00-04:00</date>",
           "<start>10:00</start>\n        <duration>01:30</duration>",
           "<link href=\"https://example.org/s\" type=\"related\">Slides</link>",
           ">Ada Lovelace</person>",
       }) {
    EXPECT_THAT(xml, HasSubstr(part));
  }
  EXPECT_THAT(xml, Not(HasSubstr("Late")));  // it is cancelled, which the format cannot say
  std::string json = site.bytes("schedule.json");
  for (const char* part : {"\"daysCount\": 2",
                           "\"duration\": \"01:30\"",
                           "\"slug\": \"dt_event-open\"",
                           "\"url\": \"https://example.org/days/schedule/open/\"",
                           "\"capacity\": 90",
                           "\"Main Hall\": ["}) {
    EXPECT_THAT(json, HasSubstr(part));
  }
}

TEST(ScheduleExports, SpreadsheetsTerminalsAndFeedsHaveTheirsToo) {
  BuiltSite site(files());
  std::string csv = site.bytes("schedule.csv");
  EXPECT_THAT(
      csv,
      HasSubstr("open@example.org,Opening,\"\",2020-10-31T10:00:00-04:00,"
                "2020-10-31T11:30:00-04:00,90,America/New_York,Main Hall,Tools,\"\",confirmed,"
                "\"\",Ada Lovelace; bob,https://example.org/days/schedule/open/,"));
  EXPECT_THAT(csv, HasSubstr(",\"Late <b>\"\"talk\"\"\","));
  EXPECT_EQ(site.bytes("schedule.txt"),
            "Days; of, Trust\n\nSaturday, October 31, 2020 (America/New_York, EDT)\n\n"
            "10:00-11:30  Main Hall  Opening (Ada Lovelace, bob)\n"
            "01:30-03:00  Side       Late <b>\"talk\" [cancelled]\n");
  EXPECT_THAT(site.bytes("schedule/changes.xml"),
              HasSubstr("<title>Late &lt;b&gt;&quot;talk&quot; [cancelled]</title>"));
}

TEST(ScheduleExports, PretalxsWidgetFindsTalksByCodesAndRoomsByIds) {
  Files all = files();
  all["_schedule/lunch.md"] =
      "---\ntitle: Lunch\ntype: break\nstart: 2020-10-31T12:00\nend: 2020-10-31T13:00\n"
      "room: Side\n---\n";
  std::string json = BuiltSite(all).bytes("schedule/widgets/schedule.json");
  for (const char* part : {"\"room\": 1,",
                           "\"track\": 1,",
                           "\"duration\": 90,",
                           "\"slot_type\": \"break\"",
                           "\"timezone\": \"America/New_York\"",
                           "\"event_start\": \"2020-10-31\"",
                           "\"name\": \"Ada Lovelace\""}) {
    EXPECT_THAT(json, HasSubstr(part));
  }
  EXPECT_THAT(json, Not(HasSubstr("Late")));
}

TEST(ScheduleExports, APartLooksAtItsOwnSessionsAlone) {
  BuiltSite site(files());
  const std::string main = "schedule/rooms/main-hall.ics";
  EXPECT_THAT(site.bytes(main), HasSubstr("SUMMARY:Opening"));
  EXPECT_THAT(site.bytes(main), Not(HasSubstr("Late")));
  EXPECT_TRUE(site.reads(main, "_schedule/open.md", "start"));
  EXPECT_FALSE(site.reads(main, "_schedule/late.md", "start"));
  EXPECT_FALSE(site.reads("schedule/open.ics", "_schedule/late.md", "start"));
  EXPECT_FALSE(site.reads("speakers/ada.ics", "_schedule/late.md", "start"));
  EXPECT_TRUE(site.reads("schedule.ics", "_schedule/late.md", "start"));
  EXPECT_TRUE(site.reads("schedule.ics", "_schedule/open.md", "#changed"));
  EXPECT_THAT(site.bytes("speakers/ada.ics"), HasSubstr("SUMMARY:Opening"));
  EXPECT_THAT(site.bytes("schedule/tracks/tools.ics"), HasSubstr("SUMMARY:Opening"));
}

TEST(ScheduleExports, ASlotIsInTheCalendarOfItsRoomAlone) {
  Files all = files();
  all["_schedule/twice.md"] =
      "---\ntitle: Twice\nuid: t\nslots: [{id: a, start: 2020-10-31T14:00, room: Side}, "
      "{id: b, start: 2020-11-01T14:00, room: Attic}]\n---\n";
  BuiltSite site(all);
  EXPECT_THAT(site.bytes("schedule/rooms/attic.ics"), HasSubstr(":20201101T140000\r\n"));
  EXPECT_THAT(site.bytes("schedule/rooms/attic.ics"), Not(HasSubstr(":20201031T140000\r\n")));
  EXPECT_THAT(site.bytes("schedule/rooms/side.ics"), HasSubstr(":20201031T140000\r\n"));
}

TEST(ScheduleExports, WhatLastsLongerThanADayIsToldInPieces) {
  Files all = files();
  all["_schedule/open.md"] =
      "---\ntitle: Long\nstart: 2020-10-31T10:00\nend: 2020-11-01T20:00\nroom: Side\n---\n";
  BuiltSite site(all);
  std::string xml = site.bytes("schedule.xml");
  for (const char* date :
       {"2020-10-31T10:00:00-04:00", "2020-10-31T22:00:00-04:00", "2020-11-01T09:00:00-05:00"}) {
    EXPECT_THAT(xml, HasSubstr(std::string("<date>") + date + "</date>"));
  }
  EXPECT_THAT(xml, HasSubstr("<duration>11:00</duration>"));
  EXPECT_THAT(site.bytes("schedule.ics"), HasSubstr("DTEND;TZID=America/New_York:20201101T200000"));
}

TEST(ScheduleExports, LinesAreFoldedByOctetsBetweenCharacters) {
  Files all = files();
  std::string title;
  for (int i = 0; i < 60; ++i) title += i % 2 ? "ж" : "😀";
  all["_schedule/open.md"] =
      "---\ntitle: " + title + "\nstart: 2020-10-31T10:00\nend: 2020-10-31T11:00\n---\n";
  std::string text = BuiltSite(all).bytes("schedule/open.ics");
  std::string unfolded;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    std::string line = text.substr(at, end - at);
    EXPECT_LE(line.size(), 75u);
    EXPECT_NE(static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]) & 0xc0, 0x80) << line;
    unfolded += line[0] == ' ' ? line.substr(1) : "\n" + line;
    at = end + 2;
  }
  EXPECT_THAT(unfolded, HasSubstr("SUMMARY:" + title + "\n"));
}

TEST(ScheduleExports, WhatIsCancelledTakesNoRoom) {
  Files site_files = files();
  site_files["_schedule/nowhere.md"] =
      "---\ntitle: Nowhere\nstart: 2020-10-31T12:00\nend: 2020-10-31T13:00\nstatus: "
      "cancelled\n---\n";
  BuiltSite site(site_files);
  EXPECT_THAT(site.bytes("schedule.xml"), Not(HasSubstr("name=\"-\"")));
  EXPECT_THAT(site.bytes("schedule.json"), Not(HasSubstr("\"name\": \"-\"")));
}

TEST(ScheduleExports, TheSameFilesGiveTheSameBytes) {
  BuiltSite one(files()), other(files());
  for (const char* path :
       {"schedule.ics", "schedule.xml", "schedule.json", "schedule.csv", "schedule.txt"}) {
    EXPECT_EQ(one.bytes(path), other.bytes(path));
    EXPECT_NE(one.bytes(path), "");
  }
}

}  // namespace
}  // namespace stet::generate
