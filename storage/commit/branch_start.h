// The beginning of a branch, and its end.
//
// A branch begins with a commit of its own on top of any other; whoever sees the branch sees that
// commit. Threads: any. Durability: as a commit's. Failure: the branch is as it was; what was
// written for it is named by nothing, and goes with git's own collection.
#pragma once

#include <string>

#include "storage/base/clock.h"
#include "storage/commit/change_set.h"
#include "storage/git/repository.h"

namespace stet::storage {

struct BranchStart {
  std::string branch;
  CommitId base;
  ChangeSet first;      // the commit on top of `base`
  Signature committer;  // of it, and of the reference's log
};

// kConflict: the branch is there, or lies where a folder of branches is. kUnavailable: its lock is
// held, or the disk is full. Else as Committer::commit.
Result<CommitId> begin_branch(const Repository& repository, BranchStart start);

// kConflict: the branch is at another commit by now. kNotFound: it is gone.
Status end_branch(const Repository& repository, const std::string& branch, const CommitId& head);

}  // namespace stet::storage
