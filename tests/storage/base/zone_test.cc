#include "storage/base/zone.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

TEST(TimeZone, NewYorkInOctoberIsEdt) {
  auto zone = TimeZone::find("America/New_York");
  ASSERT_TRUE(zone);
  auto at = zone->resolve({{2020, 10, 12}, 10, 0, 0});
  EXPECT_EQ(at.kind, TimeZone::Kind::kUnique);
  EXPECT_EQ(iso_time(at.earlier), "2020-10-12T10:00:00-04:00");
  EXPECT_EQ(zone->offset_at(at.earlier.seconds).abbreviation, "EDT");
}

TEST(TimeZone, TellsTimesThatAreMissingOrTwice) {
  auto zone = *TimeZone::find("America/New_York");
  EXPECT_EQ(zone.resolve({{2020, 3, 8}, 2, 30, 0}).kind, TimeZone::Kind::kMissing);
  auto twice = zone.resolve({{2020, 11, 1}, 1, 30, 0});
  EXPECT_EQ(twice.kind, TimeZone::Kind::kAmbiguous);
  EXPECT_EQ(twice.later.seconds - twice.earlier.seconds, 3600);
}

TEST(TimeZone, AnUnknownNameIsRefusedWithAnExample) {
  auto zone = TimeZone::find("Mars/Olympus");
  ASSERT_FALSE(zone);
  EXPECT_NE(zone.error().message.find("America/New_York"), std::string::npos);
  EXPECT_FALSE(TimeZone::find("../../etc/passwd"));
}

TEST(TimeZone, UtcNeedsNoDatabase) {
  EXPECT_EQ(TimeZone().name(), "UTC");
  EXPECT_TRUE(TimeZone().at(0).is_utc);
  EXPECT_EQ(TimeZone().resolve({{1970, 1, 2}, 0, 0, 0}).earlier.seconds, 86400);
}

}  // namespace
}  // namespace stet
