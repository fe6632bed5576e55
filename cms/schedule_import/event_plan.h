// What `_data/event.yml` becomes when a schedule is imported.
#pragma once

#include <string>

#include "cms/schedule_import/places_there.h"
#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

// The new bytes: what is there, with the rooms, tracks and days that it lacks; or a new file.
Result<std::string> event_after(const Schedule& schedule,
                                const ScheduleThere& there,
                                const TimeZone& zone);

}  // namespace stet::schedule_import
