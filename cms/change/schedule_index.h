// The schedule of one version of a site, read once for all requests about it.
//
// Costs: all sessions and speakers, at the first look at each version; their clashes likewise. What
// is asked of it then costs what it answers. It lives as long as the version. Threads: any.
#pragma once

#include <memory>
#include <vector>

#include "cms/change/sessions.h"
#include "cms/change/timetables.h"

namespace stet::change {

struct ScheduleIndex {
  schedule::Event event;
  std::vector<schedule::Session> sessions;  // by path; kSessionsMax at most
  TimetablePtr timetable;
};
using ScheduleIndexPtr = std::shared_ptr<const ScheduleIndex>;

// Null: there is no event, and so no schedule.
ScheduleIndexPtr schedule_index_of(const site::Site& site);

// All that clashes, a pair once, by session; nothing where the site's policy is that nobody looks,
// and where there is no event.
using ScheduleFaultsPtr = std::shared_ptr<const std::vector<ScheduleFault>>;
ScheduleFaultsPtr all_faults_of(const site::Site& site);

}  // namespace stet::change
