// What the schedule makes of a session, as JSON: when its slots are, and what clashes.
//
// Threads: pure functions of immutable values.
#pragma once

#include <vector>

#include "api/routes/json.h"
#include "cms/change/sessions.h"

namespace stet::api {

// [{id, uid, start, end, start_utc, end_utc, zone, day, minutes, room}]; of one without a start all
// that is of time is null.
Json slots_json(const schedule::Session& session, const TimeZone& zone);

Json fault_json(const site::Site& site, const change::ScheduleFault& fault, const TimeZone& zone);
Json faults_json(const site::Site& site,
                 const std::vector<change::ScheduleFault>& faults,
                 const TimeZone& zone);

// {path, name, self, title}.
Json session_reference(const site::Site& site, const std::string& path, const std::string& title);

}  // namespace stet::api
