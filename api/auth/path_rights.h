// Whether somebody may write the files that a range of commits changes: a push, a change that is to
// be published.
//
// Threads: pure functions of immutable snapshots.
#pragma once

#include <string>
#include <vector>

#include "api/auth/roles.h"
#include "cms/change/gate.h"

namespace stet::auth {

// Why the path may not be written, or proposed; "": it may. What is `own` must be so before and
// after.
Result<std::string> fault_of_path(const change::PathScope& needed,
                                  const change::Push& push,
                                  const Rights& rights,
                                  Action action = Action::kWrite);

struct PathFault {
  std::string path, reason;
};

// Of all that the push changes; kFaultsMax at most.
inline constexpr std::size_t kFaultsMax = 50;
Result<std::vector<PathFault>> faults_of_push(const change::Push& push,
                                              const Rights& rights,
                                              Action action = Action::kWrite);

}  // namespace stet::auth
