#include "cms/schedule_import/written_dates.h"

#include <gtest/gtest.h>

#include <string>

#include "cms/schedule_import/written_moments.h"
#include "cms/schedule_import/zone_names.h"

namespace stet::schedule_import {
namespace {

std::string shown(const std::optional<WrittenDate>& date) {
  if (!date) return "none";
  return (date->year ? std::to_string(*date->year) : "?") + "/" + std::to_string(date->month) +
         "/" + std::to_string(date->day) +
         (date->weekday ? " w" + std::to_string(*date->weekday) : "") +
         (date->may_be_swapped ? " ?" : "");
}

TEST(WrittenDates, AreReadAsPeopleWriteThem) {
  const std::pair<const char*, const char*> cases[] = {
      {"October 12", "?/10/12"},
      {"Oct. 12th, 2020", "2020/10/12"},
      {"Monday, 12 October 2020", "2020/10/12 w1"},
      {"Day 1: Monday, October 12", "?/10/12 w1"},
      {"the 3rd of May", "?/5/3"},
      {"2020-10-12", "2020/10/12"},
      {"12.10.2020", "2020/10/12"},
      {"3/4/2020", "2020/3/4 ?"},
      {"25/12/2020", "2020/12/25"},
      {"October 12-16", "none"},
      {"October 12 \u2013 16", "none"},
      {"12-16 October", "none"},
      {"October 12 and November 3", "none"},
      {"October 2020", "none"},
      {"February 30", "none"},
      {"Schedule", "none"},
      {"We may meet", "none"},
      {"10-12", "none"},
      {"", "none"},
  };
  for (const auto& [text, date] : cases) EXPECT_EQ(shown(read_written_date(text)), date) << text;
}

TEST(WrittenDates, FindYearsThatStandAlone) {
  EXPECT_EQ(year_in("Harbour Days 2021"), 2021);
  EXPECT_EQ(year_in("/days2021/"), 2021);
  EXPECT_EQ(year_in("room 12021"), std::nullopt);
  EXPECT_EQ(year_in("since 1066"), std::nullopt);
}

TEST(WrittenMoments, AreADayAndATime) {
  struct Case {
    const char* text;
    const char* date;
    int seconds;  // -1: none
  };
  const Case cases[] = {
      {"2021-05-03 10:30", "2021/5/3", 37800},
      {"2021-05-03T10:30:00+02:00", "2021/5/3", 37800},
      {"5/13/2021 2:30 PM", "2021/5/13", 52200},
      {"May 3, 2021 9:00 AM", "2021/5/3", 32400},
      {"09:15", "none", 33300},
      {"May 3", "?/5/3", -1},
  };
  for (const Case& one : cases) {
    auto moment = read_written_moment(one.text);
    ASSERT_TRUE(moment) << one.text;
    EXPECT_EQ(shown(moment->date), one.date) << one.text;
    EXPECT_EQ(moment->seconds.value_or(-1), one.seconds) << one.text;
  }
  EXPECT_FALSE(read_written_moment("soon"));
  EXPECT_EQ(read_duration("1:30"), 5400);
  EXPECT_EQ(read_duration("00:30:30"), 1830);
  EXPECT_EQ(read_duration("45"), 2700);
  EXPECT_EQ(read_duration("PT1H30M"), 5400);
  EXPECT_EQ(read_duration("P1DT2H"), 93600);
  for (const char* text : {"", "P", "PT", "1:75", "-5", "P1", "99999999999", "PT1D"}) {
    EXPECT_FALSE(read_duration(text)) << text;
  }
}

TEST(ZoneNames, AreWhatPeopleAndProgramsCallThem) {
  const std::pair<const char*, const char*> cases[] = {
      {"America/New_York", "America/New_York"},
      {"EST", "America/New_York"},
      {"Eastern Time", "America/New_York"},
      {"Eastern Standard Time", "America/New_York"},
      {"/vendor.example/20200101/Europe/Berlin", "Europe/Berlin"},
      {"UTC+2", "Etc/GMT-2"},
      {"GMT-05:00", "Etc/GMT+5"},
      {"CEST", "Europe/Berlin"},
  };
  for (const auto& [text, name] : cases) {
    auto zone = zone_of_name(text);
    ASSERT_TRUE(zone) << text;
    EXPECT_EQ(zone->zone.name(), name) << text;
  }
  for (const char* text : {"", "XYZ", "UTC+25", "UTC+5:30", "Somewhere/Else", "../../etc/passwd"}) {
    EXPECT_FALSE(zone_of_name(text)) << text;
  }
  EXPECT_EQ(zone_of_name("EST")->said_offset, -18000);
  EXPECT_TRUE(zone_of_name("IST")->is_one_of_several);
}

TEST(ZoneNames, AreFoundInSentencesThatSpeakOfTimes) {
  EXPECT_EQ(zone_in_sentence("All times in EST")->said, "EST");
  EXPECT_EQ(zone_in_sentence("Times are Pacific Time.")->zone.name(), "America/Los_Angeles");
  EXPECT_EQ(zone_in_sentence("Time zone: Europe/Paris")->zone.name(), "Europe/Paris");
  EXPECT_FALSE(zone_in_sentence("EST is a company"));
  EXPECT_FALSE(zone_in_sentence("Time to meet"));
  EXPECT_EQ(offset_text(-14400), "UTC-04:00");
}

}  // namespace
}  // namespace stet::schedule_import
