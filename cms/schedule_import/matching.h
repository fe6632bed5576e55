// Which session of the repository is which of an imported schedule.
//
// By uid; then by title and start, of several the one in the same room; then by the title alone,
// where it is left once on both sides (something that was moved, in a file without uids). Each is
// matched once. Threads: pure. Cost: a sort.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "cms/schedule_import/places_there.h"
#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

// For each imported session the place among those there; none: it is new.
std::vector<std::optional<std::size_t>> match_sessions(const std::vector<Session>& sessions,
                                                       const std::vector<SessionThere>& there);

}  // namespace stet::schedule_import
