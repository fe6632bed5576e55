// Where a session could take place: free places for it, the earliest first.
//
// Threads: pure function. Limits: kSuggestionsMax places, kTriesMax of those looked at, so that a
// full schedule answers too.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cms/schedule/timetable.h"

namespace stet::schedule {

inline constexpr std::size_t kSuggestionsMax = 100, kTriesMax = 200'000;

struct Wish {
  std::string path = {};  // of the session, which may stay where it is; "" of a new one
  int minutes = kMinutesUnsaid;
  std::vector<std::string> speakers = {};
  std::vector<std::string> rooms = {};        // any of these; none: any of the event's
  std::optional<Date> first = {}, last = {};  // days; none: the event's
  int from_minute = 9 * 60;                   // of the day, by the clock on the wall
  int until_minute = 18 * 60;                 // when it has ended; up to 24 * 60
  int step_minutes = 15;                      // where sessions begin
  std::size_t count = 10;
};

struct Place {
  Time start, end;
  std::string room;  // "" where the event has none
};

// By time, then the event's order of rooms. kInvalidInput says which part of the wish makes no
// sense.
Result<std::vector<Place>> suggest(const Wish& wish,
                                   const Event& event,
                                   const Timetable& timetable);

}  // namespace stet::schedule
