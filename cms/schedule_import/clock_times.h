// Times of a day as people write them, "10-12PM", and what they can mean.
//
// A reading is minutes from the day's midnight, with a price: nothing where it says just what is
// written, more the less people would mean it. What stands behind the end ("12PM") belongs to the
// end; the start without it is whichever half of the day makes the range shorter than twelve hours.
// Readings that set one mark aside are there too, dearer, for day_order.h to choose where the
// neighbours leave no other. Threads: pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace stet::schedule_import {

enum class Half { kNone, kAm, kPm };

struct ClockPoint {
  int hour = 0, minute = 0;  // as written
  Half half = Half::kNone;
  bool is_of_24_hours = false;  // says so itself: "14:00", "09:00"
  bool has_minutes = false;
};

struct ClockRange {
  ClockPoint start;
  std::optional<ClockPoint> end;
  std::string_view rest;  // behind it: "EST"
};

// The range that a text begins with; none where it begins with something else.
std::optional<ClockRange> read_clock_range(std::string_view text);

struct Reading {
  int start = 0, end = -1;  // minutes; -1: no end is said. Beyond 1440: the next day
  int price = 0;
  friend bool operator==(const Reading&, const Reading&) = default;
};

// Never empty; the cheapest first. `is_of_24_hours`: what has no half is a clock of 24 hours.
std::vector<Reading> readings_of(const ClockRange& range, bool is_of_24_hours);

// Of all ranges of a page together: they are of 24 hours, as at least one shows and none denies.
bool are_of_24_hours(const std::vector<ClockRange>& ranges);

}  // namespace stet::schedule_import
