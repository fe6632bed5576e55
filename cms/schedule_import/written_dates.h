// Days as people write them: "October 12", "Monday, 12 Oct. 2020", "12.10.2020", "2020-10-12".
//
// Months and weekdays are English ones. A range of days ("October 12-16") is no day. Threads: pure.
#pragma once

#include <optional>
#include <string_view>

#include "storage/base/time.h"

namespace stet::schedule_import {

struct WrittenDate {
  std::optional<int> year;
  int month = 0, day = 0;      // a day that there is in some year
  std::optional<int> weekday;  // 0 is Sunday
  // "3/4/2020": `month` and `day` may be the other way round.
  bool may_be_swapped = false;
};

// A day somewhere in a short text, such as a heading; none where there are none or several.
std::optional<WrittenDate> read_written_date(std::string_view text);

// Of numbers: "12/10/2020", "12.10.2020", "12/10"; points mean that the day stands first.
std::optional<WrittenDate> read_numeric_date(std::string_view text);

// A year from 1990 to 2100 that stands alone in a text, or ends a word of it: "ptim2020".
std::optional<int> year_in(std::string_view text);

}  // namespace stet::schedule_import
