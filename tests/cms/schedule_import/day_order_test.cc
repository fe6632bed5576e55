#include "cms/schedule_import/day_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stet::schedule_import {
namespace {

std::string clock(int minutes) {
  std::string text = std::to_string(minutes % 60);
  return std::to_string(minutes / 60) + ":" + (text.size() < 2 ? "0" : "") + text;
}

// "10:00-12:00", with "?" behind what is in doubt and "*" behind what needed a rule.
std::vector<std::string> settled(const std::vector<std::string>& written) {
  std::vector<ClockRange> ranges;
  for (const std::string& text : written) {
    auto range = read_clock_range(text);
    EXPECT_TRUE(range) << text;
    if (range) ranges.push_back(*range);
  }
  std::vector<std::string> texts;
  for (const SettledTime& time : settle_day(ranges, are_of_24_hours(ranges))) {
    std::string text = clock(time.reading.start);
    if (time.reading.end >= 0) text += "-" + clock(time.reading.end);
    texts.push_back(text + (!time.is_settled ? "?" : time.needed_a_rule ? "*" : ""));
  }
  return texts;
}

struct Case {
  std::vector<std::string> written, read;
};

TEST(DayOrder, ReadsTimesByThePlaceThatTheirNeighboursLeave) {
  const Case cases[] = {
      // The half of the day stands at the end of each.
      {{"9-11AM", "11AM-12PM", "1-2PM"}, {"9:00-11:00", "11:00-12:00", "13:00-14:00"}},
      {{"10-12PM", "12-1PM", "1-2PM"}, {"10:00-12:00*", "12:00-13:00", "13:00-14:00"}},
      // As written 22 to 23, but noon follows.
      {{"10-11PM", "11-12PM", "12-1PM"}, {"10:00-11:00*", "11:00-12:00*", "12:00-13:00"}},
      // Midnight for noon.
      {{"10-12AM", "12-1PM"}, {"10:00-12:00*", "12:00-13:00"}},
      // No half at all.
      {{"12-1PM", "1-2:30"}, {"12:00-13:00", "13:00-14:30*"}},
      {{"10-11", "11-12", "12-1", "1-2"},
       {"10:00-11:00*", "11:00-12:00*", "12:00-13:00*", "13:00-14:00*"}},
      // An evening that goes on after midnight.
      {{"8-10PM", "10PM-12AM", "12-1AM"}, {"20:00-22:00", "22:00-24:00", "24:00-25:00*"}},
      // A clock of 24 hours.
      {{"09:00-10:30", "11:00-12:00", "14:00-15:00"}, {"9:00-10:30", "11:00-12:00", "14:00-15:00"}},
      {{"9:00-10:00", "13:30-14:00"}, {"9:00-10:00", "13:30-14:00"}},
      {{"22:00-02:00"}, {"22:00-26:00"}},
      // Rooms side by side begin together.
      {{"10-11AM", "10-11AM", "11-12PM"}, {"10:00-11:00", "10:00-11:00", "11:00-12:00*"}},
      {{"9AM", "10AM", "1PM"}, {"9:00", "10:00", "13:00"}},
  };
  for (const Case& one : cases) EXPECT_EQ(settled(one.written), one.read) << one.written[0];
}

TEST(DayOrder, LeavesToAPersonWhatNothingDecides) {
  const Case cases[] = {
      {{"1-2:30"}, {"13:00-14:30?"}},
      {{"9-10"}, {"9:00-10:00?"}},
      {{"10-12AM"}, {"22:00-24:00?"}},
      // A late evening as well as a morning.
      {{"10-11PM", "11-12PM"}, {"22:00-23:00?", "23:00-24:00?"}},
  };
  for (const Case& one : cases) EXPECT_EQ(settled(one.written), one.read) << one.written[0];
}

TEST(DayOrder, SaysWhatElseADoubtfulTimeCouldBe) {
  auto range = read_clock_range("9-10");
  ASSERT_TRUE(range);
  auto times = settle_day({*range}, false);
  ASSERT_EQ(times.size(), 1u);
  EXPECT_NE(times[0].other, times[0].reading);
  EXPECT_TRUE(settle_day({}, false).empty());
}

TEST(ClockTimes, AreReadAsPeopleWriteThem) {
  struct Written {
    const char* text;
    const char* read;  // of the cheapest reading; "": no time
  };
  const Written cases[] = {
      {"10-12PM", "10:00-12:00"},
      {"10 \u2013 11:30 am", "10:00-11:30"},
      {"10.30 to 11.45 a.m.", "10:30-11:45"},
      {"9:00AM", "9:00"},
      {"14h30-15h", "14:30-15:00"},
      {"noon - 1pm", "12:00-13:00"},
      {"11PM-midnight", "23:00-24:00"},
      {"18:00:00", "18:00"},
      {"10", ""},
      {"10 things to know", ""},
      {"2020-10-12", ""},
      {"25:00", ""},
      {"13PM", ""},
      {"10:75", ""},
      {"", ""},
      {"Lunch", ""},
      {"100-200", ""},
  };
  for (const Written& one : cases) {
    auto range = read_clock_range(one.text);
    std::string read;
    if (range) {
      Reading reading = readings_of(*range, false).front();
      read = clock(reading.start) + (reading.end < 0 ? "" : "-" + clock(reading.end));
    }
    EXPECT_EQ(read, one.read) << one.text;
  }
}

}  // namespace
}  // namespace stet::schedule_import
