// Somebody who speaks, as far as the plan has to know: when they can.
//
// Front matter of `_speakers/ada.md`: `available: [2020-10-12, {from: 2020-10-13T09:00, until:
// 2020-10-13T12:00}]`, in the event's zone; who says nothing always can. Threads: values. Limits:
// kAvailableMax; what is beyond is left out, with a fault.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cms/schedule/session.h"

namespace stet::schedule {

inline constexpr std::size_t kAvailableMax = 200;

// From one second to another, which is not part of it.
struct Interval {
  std::int64_t start = 0, end = 0;
  friend auto operator<=>(const Interval&, const Interval&) = default;
};

struct Speaker {
  std::string slug;
  bool is_limited = false;          // says when
  std::vector<Interval> available;  // ascending; they neither overlap nor touch
};

// What can't be read is left out, and a fault; where nothing can, the speaker always can.
Speaker read_speaker(const Fields& fields,
                     const std::string& path,
                     const Event& event,
                     Faults& faults);

// Whether all of `when` lies in what is available.
bool is_available(const Speaker& speaker, const Interval& when);

}  // namespace stet::schedule
