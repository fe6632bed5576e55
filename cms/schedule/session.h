// A session of the schedule: when and where, read from its front matter.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cms/liquid/value.h"
#include "cms/schedule/event.h"

namespace stet::schedule {

struct SessionTimes {
  std::optional<Time> start, end;  // at the offset that the event's zone has then
};

// A wall time in the event's zone ("2020-10-12T10:00"), or one with an offset. None, and the reason
// in `message`, for what is no time, and for a wall time that the zone's clocks skip. Of a wall
// time that comes twice the first is meant.
std::optional<Time> read_session_time(const liquid::Value& value,
                                      const TimeZone& zone,
                                      std::string& message);

}  // namespace stet::schedule
