// Brings what a remote repository has into ours.
#pragma once

#include "storage/base/result.h"

namespace stet::hooks {

// Threads: one call at a time.
class RemoteSync {
 public:
  virtual ~RemoteSync() = default;
  // Afterwards the branch has what the remote's has. kConflict: both have moved, and somebody has
  // to merge; kUnavailable: the remote could not be reached.
  virtual Status fetch() = 0;
};

}  // namespace stet::hooks
