// iCalendar's content lines (RFC 5545 3.1): unfolded, taken apart, with the line of the file.
//
// Line ends may be LF alone. Threads: pure; cost linear. Limits: kLineBytesMax of one; longer ones
// are cut. Input may be any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

inline constexpr std::size_t kLineBytesMax = 500'000;

struct CalendarLine {
  Place place;
  std::string name;                                             // in capitals
  std::vector<std::pair<std::string, std::string>> parameters;  // names in capitals
  std::string value;                                            // as it stands there

  std::string_view parameter(std::string_view name) const;  // "": none
};

// What is no content line is left out.
std::vector<CalendarLine> read_calendar_lines(std::string_view bytes);

// TEXT without its escapes (RFC 5545 3.3.11).
std::string text_of_calendar(std::string_view value);

}  // namespace stet::schedule_import
