// Dates and times of the proleptic Gregorian calendar, as front matter, Liquid and schedules have
// them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/clock.h"

namespace stet {

// A day without a time or a zone.
struct Date {
  std::int32_t year = 1970;
  std::uint8_t month = 1;  // 1 to 12
  std::uint8_t day = 1;    // 1 to 31
  friend auto operator<=>(const Date&, const Date&) = default;
};

// An instant as seen at an offset from UTC: what Ruby's Time is.
struct Time {
  std::int64_t seconds = 0;         // since 1970-01-01T00:00:00Z
  std::int32_t nanoseconds = 0;     // 0 to 999,999,999
  std::int32_t offset_seconds = 0;  // local = UTC + offset
  bool is_utc = false;              // shown as "UTC" rather than "+0000", as Ruby tells them apart

  friend bool operator==(const Time& a, const Time& b) {
    return a.seconds == b.seconds && a.nanoseconds == b.nanoseconds;
  }
  friend auto operator<=>(const Time& a, const Time& b) {
    if (auto order = a.seconds <=> b.seconds; order != 0) return order;
    return a.nanoseconds <=> b.nanoseconds;
  }
};

// What a calendar and a clock on the wall show.
struct CivilTime {
  Date date;
  std::uint8_t hour = 0, minute = 0, second = 0;
  friend auto operator<=>(const CivilTime&, const CivilTime&) = default;
};

bool is_valid(const Date& date);
std::int64_t days_since_epoch(const Date& date);
Date date_of_days(std::int64_t days);
int weekday(const Date& date);      // 0 is Sunday
int day_of_year(const Date& date);  // 1 to 366

// Seconds that a civil time would have in UTC, and back.
std::int64_t seconds_as_utc(const CivilTime& civil);
CivilTime civil_of_seconds(std::int64_t seconds);
inline CivilTime civil_of(const Time& time) {
  return civil_of_seconds(time.seconds + time.offset_seconds);
}

// "2020-10-12" exactly; "2020-10-12T10:00[:00[.5]][Z|+hh:mm]", also with a blank for the T (RFC
// 3339).
std::optional<Date> parse_iso_date(std::string_view text);
struct ParsedTime {
  CivilTime civil;
  std::int32_t nanoseconds = 0;
  // none: wall time, in a zone that the text doesn't say
  std::optional<std::int32_t> offset_seconds;
};
std::optional<ParsedTime> parse_iso_time(std::string_view text);

std::string iso_date(const Date& date);           // "2020-10-12"
std::string iso_instant(const Instant& instant);  // "2020-10-12T14:00:00Z"
std::string iso_time(const Time& time);           // "2020-10-12T10:00:00-04:00"

}  // namespace stet
