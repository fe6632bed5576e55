// A version of the schedule that was released: the schedule as it was at a commit.
//
// Threads: a value.
#pragma once

#include <string>

#include "cms/site/schedule_history.h"

namespace stet::site {

struct Release {
  std::string version;  // "0.3"
  std::string notes;
  CommitId commit;                     // the first that names it
  Instant when;                        // the committer's
  ScheduleHistory::Sessions sessions;  // as they were then
  ScheduleHistory::Sessions before;    // as they were in the release before
};

}  // namespace stet::site
