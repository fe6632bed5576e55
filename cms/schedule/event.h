// The event that a schedule is for, as `_data/event.yml` has it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cms/liquid/value.h"
#include "storage/base/problem.h"
#include "storage/base/zone.h"

namespace stet::schedule {

inline constexpr char kEventPath[] = "_data/event.yml";

struct Event {
  std::string title;
  TimeZone zone;                           // where wall times of sessions are
  std::optional<Date> start, end;          // the first and the last day
  std::vector<std::string> rooms, tracks;  // names; none: anything goes
};

// What can't be read is left out, and a problem of `path`.
Event read_event(const liquid::Value& data, Problems& problems);

}  // namespace stet::schedule
