#include "cms/schedule_import/read_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/schedule_import/shown.h"

namespace stet::schedule_import {
namespace {

using testing::ElementsAre;
using Kind = Finding::Kind;

Wishes in(const char* zone) {
  Wishes wishes;
  wishes.zone = *TimeZone::find(zone);
  return wishes;
}

TEST(ReadCsv, ReadsTheColumnsOfSched) {
  Schedule schedule = read_csv(
      "\xef\xbb\xbfUniqueID,Title,Published,Start Date & Time,End Date & Time,Event "
      "Type,Description,"
      "Speakers,Venue,Custom\r\n"
      "a1,\"Ropes, and more\",Y,5/13/2021 9:00 AM,5/13/2021 10:00 AM,Craft,\"Two\nlines\",\"Ann "
      "Ash; Bo "
      "Birch\",Hall,7\r\n"
      "a2,Hidden,N,5/13/2021 9:00 AM,5/13/2021 10:00 AM,Craft,,,Hall,\r\n",
      "sched.csv",
      in("America/Halifax"));
  EXPECT_THAT(shown(schedule), ElementsAre("2021-05-13T12:00:00Z/13:00 Ropes, and more"));
  const Session& session = schedule.sessions[0];
  EXPECT_EQ(session.uid, "a1");
  EXPECT_EQ(session.track, "Craft");
  EXPECT_EQ(session.room, "Hall");
  EXPECT_EQ(session.description, "Two\nlines");
  EXPECT_EQ(schedule.speakers.size(), 2u);
  EXPECT_THAT(told(schedule, Kind::kLeftOut),
              ElementsAre("1 columns that are not taken over: Custom",
                          "4 'Hidden' is not published, and is left out"));
}

TEST(ReadCsv, ReadsTheColumnsOfSessionize) {
  Schedule schedule = read_csv(
      "Session Id;Title;Description;Owner;Owner Email;Scheduled At;Scheduled Duration;Room;Session "
      "format\n"
      "77;Ropes;*Hemp*;Ann Ash;ann@example.org;2021-05-13 09:00;45;Hall;Workshop\n",
      "sessions.csv",
      in("UTC"));
  EXPECT_THAT(shown(schedule), ElementsAre("2021-05-13T09:00:00Z/09:45 Ropes"));
  EXPECT_EQ(schedule.sessions[0].type, "Workshop");
  EXPECT_THAT(told(schedule, Kind::kLeftOut),
              ElementsAre("1 columns that are not taken over: Owner, Owner Email"));
}

TEST(ReadCsv, ReadsDayAndTimesInColumnsOfTheirOwn) {
  Schedule schedule =
      read_csv("Date\tTime\tTitle\n13 May 2021\t10:00-11:30\tRopes\n13 May 2021\tnever\tSails\n\n",
               "x.tsv",
               in("UTC"));
  EXPECT_THAT(shown(schedule), ElementsAre("2021-05-13T10:00:00Z/11:30 Ropes", "- Sails"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "3 'never' is no time"));
}

TEST(ReadCsv, KnowsByTheOtherRowsWhetherTheDayStandsFirst) {
  const char* kFirst = "Title,Start\nRopes,3/4/2021 10:00\n";
  Schedule schedule = read_csv(std::string(kFirst) + "Sails,25/4/2021 10:00\n", "x.csv", in("UTC"));
  EXPECT_EQ(shown(schedule)[0], "2021-04-03T10:00:00Z Ropes");
  EXPECT_TRUE(told(schedule, Kind::kDoubt).empty());
  schedule = read_csv(std::string(kFirst) + "Sails,4/25/2021 10:00\n", "x.csv", in("UTC"));
  EXPECT_EQ(shown(schedule)[0], "2021-03-04T10:00:00Z Ropes");
  schedule = read_csv(kFirst, "x.csv", in("UTC"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "2 dates can be read with the month or the day first"));
  Wishes wishes = in("UTC");
  wishes.day_first = true;
  EXPECT_EQ(shown(read_csv(kFirst, "x.csv", wishes))[0], "2021-04-03T10:00:00Z Ropes");
}

TEST(ReadCsv, ReadsWhatSpreadsheetsWriteForOtherCountries) {
  Schedule schedule = read_csv(
      "\xef\xbb\xbfsep=;\r\nTitle;Start;End;Room\r\n\"A; \"\"b\"\"\r\nc\";25.4.2021 10:00;"
      "25.4.2021 11:30;\"1,5\"\r\nSails;never;;\r\n",
      "x.csv",
      in("UTC"));
  EXPECT_EQ(shown(schedule)[0], "2021-04-25T10:00:00Z/11:30 A; \"b\" c");
  EXPECT_EQ(schedule.sessions[0].room, "1,5");
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "5 'never' is no time"));
}

TEST(ReadCsv, SaysWhatIsWrongWithAFile) {
  EXPECT_TRUE(
      tells(read_csv("A,B\n1,2\n", "x.csv", {}), Kind::kDoubt, "no column is called Title"));
  EXPECT_TRUE(tells(read_csv("Title\n\xff\n", "x.csv", {}), Kind::kDoubt, "not UTF-8"));
  EXPECT_TRUE(tells(read_csv("Title,Start\nx,\"y\n", "x.csv", {}), Kind::kDoubt, "CSV"));
  EXPECT_TRUE(read_csv("", "x.csv", {}).sessions.empty());
}

}  // namespace
}  // namespace stet::schedule_import
