// The rule by which times of one table of one day are read: the entries follow one another.
//
// Of all combinations of what the entries can mean (clock_times.h) the cheapest counts: each
// reading has its price, and so has each step to the next entry: 4 where it begins before the one
// above it, 1 where it begins within it, or more than three hours after it. An entry is settled
// where any other reading of it would make the whole dearer by 2 at least; else it is for a person
// to say. Threads: pure. Cost: entries times the square of their readings, 12 at most.
#pragma once

#include <vector>

#include "cms/schedule_import/clock_times.h"

namespace stet::schedule_import {

struct SettledTime {
  Reading reading;
  Reading other;               // the next best; of the same times where there is none
  bool is_settled = false;     // there is no doubt left
  bool needed_a_rule = false;  // what is written alone would not have said it
};

// In the order of the table.
std::vector<SettledTime> settle_day(const std::vector<ClockRange>& ranges, bool are_of_24_hours);

}  // namespace stet::schedule_import
