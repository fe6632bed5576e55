// Reads a schedule from a calendar (.ics, RFC 5545).
//
// Each VEVENT is a session. Times are UTC, or of the zone that TZID names: IANA's, one of Windows,
// or what the VTIMEZONE says of itself; floating ones are of the event's zone. What repeats comes
// in once, and is told. People are not taken over: a calendar knows them by their mails. Threads:
// pure; cost linear. Input may be any bytes.
#pragma once

#include <string_view>

#include "cms/schedule_import/schedule.h"
#include "storage/base/result.h"

namespace stet::schedule_import {

// kInvalidInput: there is no VCALENDAR.
Result<Schedule> read_calendar(std::string_view bytes, const Wishes& wishes);

}  // namespace stet::schedule_import
