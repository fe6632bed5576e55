#include "storage/base/time.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

TEST(Time, DaysAndDatesAreInverse) {
  for (std::int64_t days = -800000; days < 800000; days += 37) {
    Date date = date_of_days(days);
    ASSERT_TRUE(is_valid(date));
    ASSERT_EQ(days_since_epoch(date), days);
  }
  EXPECT_EQ(days_since_epoch({1970, 1, 1}), 0);
  EXPECT_EQ(days_since_epoch({2000, 3, 1}), 11017);
}

TEST(Time, KnowsWeekdaysAndDaysOfTheYear) {
  EXPECT_EQ(weekday({2020, 10, 12}), 1);
  EXPECT_EQ(weekday({1969, 12, 31}), 3);
  EXPECT_EQ(day_of_year({2020, 12, 31}), 366);
}

TEST(Time, ReadsIsoTimesAndWritesThem) {
  auto parsed = parse_iso_time("2020-10-12T10:30:05.25-04:00");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->nanoseconds, 250'000'000);
  EXPECT_EQ(parsed->offset_seconds, -4 * 3600);
  EXPECT_EQ(
      iso_time({.seconds = seconds_as_utc(parsed->civil) + 4 * 3600, .offset_seconds = -4 * 3600}),
      "2020-10-12T10:30:05-04:00");
  EXPECT_EQ(iso_instant({0}), "1970-01-01T00:00:00Z");
  EXPECT_FALSE(parse_iso_time("2020-10-12T10:00")->offset_seconds);
  EXPECT_EQ(parse_iso_time("2020-11-01 10:00:00 +0000")->offset_seconds, 0);
}

TEST(Time, RefusesWhatIsNoTime) {
  for (const char* text : {"",
                           "2020-10-12",
                           "2020-13-01T00:00",
                           "2020-02-30T00:00",
                           "2020-10-12T24:00",
                           "2020-10-12T10:60",
                           "2020-10-12T10:00:00.",
                           "2020-10-12T10:00x",
                           "2020-10-12T10:00+25",
                           "20-1-1T1:1"}) {
    EXPECT_FALSE(parse_iso_time(text)) << text;
  }
  EXPECT_FALSE(parse_iso_date("2021-02-29"));
  EXPECT_FALSE(parse_iso_date("2021-2-2"));
}

}  // namespace
}  // namespace stet
