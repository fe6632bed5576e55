// Ruby's strftime: how `date` and Jekyll's date filters print a time.
//
// All of Ruby 3.1's conversions (%+ and %Q are a Date's alone), its flags (- 0 ^ _ # and : before
// z) and widths. What Ruby does not know stands in the result as it was written. Widths above 1,024
// count as unknown. Threads: pure functions, English names only, whatever the machine's locale.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/time.h"
#include "storage/base/zone.h"

namespace stet::liquid {

// `abbreviation` is what %Z prints; Ruby has none for a time that is only at an offset.
std::string strftime(std::string_view format, const Time& time, std::string_view abbreviation);

// Midnight at +00:00, as Ruby's Date#strftime.
std::string strftime(std::string_view format, const Date& date);

// "UTC" for a time in UTC, the zone's own where `time` is at the offset that `zone` has then, else
// "".
std::string abbreviation_of(const Time& time, const TimeZone& zone);

}  // namespace stet::liquid
