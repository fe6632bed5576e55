// Reads a time as people write it: what Ruby's Time.parse makes of a text.
//
// "2020-10-11 13:20 -0500", "October 11, 2020", "11 Oct 2020", "Sun, 11 Oct 2020 10:00:00 GMT",
// "10/11/2020"; fields that are not said come from the present ("10:00" is today), those after the
// last one said are at their start ("March 2020" is its first day). Ruby looks for a date anywhere
// in the text, so "see page 5" is the fifth of this month; so it is here. Limits: texts of more
// than 128 bytes are no times, as in Ruby. Threads: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "storage/base/time.h"
#include "storage/base/zone.h"

namespace stet::liquid {

struct TextTime {
  Time time;
  bool is_relative = false;  // the present filled in what the text did not say
};

// None where Ruby raises: no date in it, or fields out of range. Times without a zone, or in one
// that Ruby does not know, are in `zone`.
std::optional<TextTime> parse_time(std::string_view text, const TimeZone& zone, const Time& now);

}  // namespace stet::liquid
