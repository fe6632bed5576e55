// What the date filters take for a time, and how they print it.
//
// The present (site.time, "now", a text such as "10:00" that lacks the day) is seen only through
// what is printed of it: print() tells Host::saw_instant `how` it was made, and print_instant()
// makes it again for another instant, so that a page is dirty only when it would print something
// else. Threads: values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "cms/liquid/value.h"
#include "storage/base/zone.h"

namespace stet::liquid {

class Host;

struct Moment {
  std::variant<Time, Date> when;
  bool is_live = false;        // made from the live instant
  std::string live_text = {};  // the text that the instant completed; "" is the instant itself
};

// Utils.to_date of Liquid: times and dates, integers and digits as seconds, "now" and "today", what
// parse_time reads; none for anything else.
std::optional<Moment> moment_of(const Value& value, Host& host);

// As `filter` ("date", "date_to_string" ...) prints it with that argument: the format of `date`,
// the "ordinal,US" of date_to_string.
std::string print(std::string_view filter,
                  std::string_view argument,
                  const Moment& moment,
                  Host& host);

// What a template that saw the live instant by `how` (Host::saw_instant) would see of `now`.
std::string print_instant(std::string_view how, const Time& now, const TimeZone& zone);

}  // namespace stet::liquid
