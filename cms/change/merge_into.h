// Merges a commit into a branch: a push to refs/for/<branch>, what an upstream has, a change.
//
// Where the branch has the commit in its history, nothing is to be done; where the commit has the
// branch's head in its own, the branch goes on from it; else it gets a merge commit with both as
// parents, made field by field (tree_merge.h). The commit itself stays as it is, so whoever has it
// can fetch and go on by a fast-forward. The result is judged before the branch moves. Whatever
// others commit at the same time, the merge is made anew for the head that it lands on, and lands:
// after three lost races the committer holds the branch's lock. Where it is asked for, the branch
// gets one commit with the merge's files and without the commit as a parent (squash), or goes on
// from the commit or stays where it is (forward).
//
// Threads: any, each with its own request; blocks as Committer::commit does, and only re-makes what
// a new head changes while others wait. Durability: as a commit's. Failure: conflicts, a refusal
// and errors leave the branch as it is.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cms/change/gate.h"
#include "cms/change/tree_merge.h"
#include "storage/commit/committer.h"

namespace stet::change {

enum class MergeShape {
  kMergeOrForward,
  kMerge,    // a merge commit also where the branch could go on from the commit itself
  kSquash,   // one commit with the same files, whose only parent is the branch's head
  kForward,  // the commit itself, and kDiverged where the branch cannot go on from it
};

struct MergeRequest {
  CommitId commit;
  storage::Signature author;  // of the commit that is made
  std::string message;        // likewise, not empty
  std::vector<std::pair<std::string, std::string>> trailers = {};
  MergeShape shape = MergeShape::kMergeOrForward;
  FileChoices choices = {};  // of what both have changed
  // Whether the result may come in: asked in the caller's thread or the committer's, and again
  // where another head changes what comes in. `theme` of the Push is null. Null: anything may.
  std::function<Result<bool>(Push)> judge = {};
};

struct MergeOutcome {
  enum class Kind {
    kMerged,     // `after` is a merge commit, or the one that it was squashed to
    kForwarded,  // `after` is the commit itself
    kContained,  // the branch had it already: `before` and `after` are its head
    kConflicts,  // `conflicts` says where
    kUnrelated,  // the commit and the branch have no history in common
    kRefused,    // by `judge`
    kDiverged,   // the branch has commits that the commit has not, and was to go on from it
  };
  Kind kind = Kind::kContained;
  std::optional<CommitId> before;  // the head that this is about; none: the branch had no commit
  std::optional<CommitId> after;   // where nothing has moved, as `before`
  std::vector<FileConflict> conflicts = {};

  bool has_landed() const { return kind <= Kind::kContained; }
};

// `committer` is the branch's, in `repository`. Errors: the committer's, and a repository that
// cannot be read; kNotFound where it has no such commit.
Result<MergeOutcome> merge_into(const storage::Repository& repository,
                                storage::Committer& committer,
                                const MergeRequest& request);

}  // namespace stet::change
