// Names of the schedule that sessions go by though nothing has them: rooms, tracks and types of the
// event, and speakers.
//
// Threads: pure functions of immutable values. Limits: kLostNamesMax. Cost: nothing is lost, none;
// else all sessions, once.
#pragma once

#include <cstddef>

#include "cms/change/gate.h"
#include "cms/site/site.h"

namespace stet::change {

inline constexpr std::size_t kLostNamesMax = 50;

// That the push takes away, in the words in which a write that does so is refused (in_use): each an
// error of the file that had the name.
Result<Problems> lost_names(const Push& push);

// Of the event, as it is: each a warning of the event's file. Of speakers a session's own file
// tells.
Problems unknown_names(const site::Site& site);

}  // namespace stet::change
