#include "cms/schedule/session.h"

#include <gtest/gtest.h>

#include "cms/schedule/uid.h"

namespace stet::schedule {
namespace {

std::string read(const liquid::Value& value, const char* zone = "America/New_York") {
  std::string message;
  auto time = read_session_time(value, *TimeZone::find(zone), message);
  return time ? iso_time(*time) : message;
}

TEST(SessionTime, IsAWallTimeOfTheEventOrHasAnOffset) {
  const std::string no_time = "is no time; write it as 2020-10-12T10:00";
  struct {
    std::string text, out;
  } cases[] = {
      {"2020-10-12T10:00", "2020-10-12T10:00:00-04:00"},
      {"2020-12-12T10:00", "2020-12-12T10:00:00-05:00"},
      {"2020-10-12 10:00", "2020-10-12T10:00:00-04:00"},
      {"2020-10-12T10:00:30", "2020-10-12T10:00:30-04:00"},
      {"2020-10-12T10:00Z", "2020-10-12T06:00:00-04:00"},
      {"2020-10-12T10:00+02:00", "2020-10-12T04:00:00-04:00"},
      {"2020-11-01T05:30Z", "2020-11-01T01:30:00-04:00"},
      {"2020-11-01T06:30Z", "2020-11-01T01:30:00-05:00"},
      // The clock is set back: the first of the two half past ones is meant.
      {"2020-11-01T01:30", "2020-11-01T01:30:00-04:00"},
      // The clock is set forward from two to three.
      {"2020-03-08T02:30", "does not exist in America/New_York: the clock is set forward over it"},
      {"2020-03-08T03:00", "2020-03-08T03:00:00-04:00"},
      {"2020-03-08T01:59", "2020-03-08T01:59:00-05:00"},
      {"10:00", no_time},
      {"2020-13-12T10:00", no_time},
      {"2020-10-12T25:00", no_time},
      {"", no_time},
  };
  for (const auto& c : cases) EXPECT_EQ(read(liquid::Value(c.text)), c.out) << c.text;
  EXPECT_EQ(read(liquid::Value()), no_time);
  EXPECT_EQ(read(liquid::Value(7)), no_time);
}

// YAML reads a full timestamp for a time of its own.
TEST(SessionTime, OfYamlIsAWallTimeWhereItNamesNoZone) {
  Time bare{.seconds = seconds_as_utc({{2020, 10, 12}, 10, 0, 0}), .is_utc = true};
  EXPECT_EQ(read(liquid::Value(bare)), "2020-10-12T10:00:00-04:00");
  Time offset{.seconds = seconds_as_utc({{2020, 10, 12}, 8, 0, 0}), .offset_seconds = 7200};
  EXPECT_EQ(read(liquid::Value(offset)), "2020-10-12T04:00:00-04:00");
  EXPECT_EQ(read(liquid::Value(bare), "Asia/Kolkata"), "2020-10-12T10:00:00+05:30");
}

TEST(Uid, StaysWithThePathUnderWhichTheSessionFirstAppeared) {
  EXPECT_EQ(uid_of_path("_schedule/opening.md"), uid_of_path("_schedule/opening.md"));
  EXPECT_NE(uid_of_path("_schedule/opening.md"), uid_of_path("_schedule/closing.md"));
}

}  // namespace
}  // namespace stet::schedule
