// Whether a push may come in: what it changes, validated as the API's writes are.
//
// Threads: pure function of immutable snapshots.
#pragma once

#include "storage/base/problem.h"
#include "storage/diff/diff.h"
#include "storage/snapshot/snapshot.h"

namespace stet::change {

struct Push {
  storage::Diff diff;                  // from `before` to `after`
  storage::SnapshotPtr before, after;  // before: null where the branch is new
  storage::SnapshotPtr theme;          // the default theme's files, or null
};

// Errors are reasons to refuse the push. What was already wrong with a file before is a warning:
// who mends one thing need not mend all. Deleted files are not asked. An error of the call is a
// repository that cannot be read.
Result<Problems> check_push(const Push& push);

}  // namespace stet::change
