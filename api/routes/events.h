// GET /events: what commits have done to entries, as JSON by pages; or, for who accepts
// text/event-stream, everything that happens, as it happens.
//
// Threads: any. Limits: kEventsShown and kEventsMax events in one answer.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

inline constexpr std::size_t kEventsShown = 100, kEventsMax = 1000;

Answer read_events(const Call& call);

}  // namespace stet::api
