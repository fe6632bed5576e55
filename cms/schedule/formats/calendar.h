// iCalendar (RFC 5545, with RFC 7986's properties of calendars).
//
// One VEVENT a talk, cancelled ones among them. Times are wall times in the event's zone with a
// VTIMEZONE that holds the clock changes from the first talk to the last and no others; a time that
// the clock shows twice is written in UTC: the RFC says that the first is meant, but readers
// differ. `self_url`: where the calendar itself is; "" where nobody knows. Threads: pure function.
// Limits: a program that spans more than kZoneYearsMax years is written in UTC.
#pragma once

#include <string>

#include "cms/schedule/program.h"

namespace stet::schedule {

inline constexpr int kZoneYearsMax = 20;

enum class CalendarTimes { kZone, kUtc };

std::string calendar_text(const Program& program, const std::string& self_url, CalendarTimes times);

}  // namespace stet::schedule
