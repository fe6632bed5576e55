// Commits made one on top of the other, in memory, from a head that somebody may yet move.
#pragma once

#include <optional>
#include <string>

#include "storage/commit/prepared_change.h"
#include "storage/commit/staged_objects.h"

namespace stet::storage {

// Whether the change set can be committed on `head`: refused as the commit would be. Nothing is
// stored.
Status rehearse(const Repository& repository,
                const std::optional<CommitId>& head,
                ChangeSet change_set,
                const CommitLimits& limits);

class CommitChain {
 public:
  // On top of `head`; none: of nothing.
  static Result<CommitChain> start(const Repository& repository,
                                   const std::optional<CommitId>& head);

  // Checks the preconditions on the newest commit and puts one more on it, unless nothing changes.
  // Refusals leave the chain as it was. `change` must outlive the chain's objects.
  Result<Committed> add(const PreparedChange& change, const std::string& committer_line);

  // Goes on from `commit`, which has the newest in its history. The newest itself: nothing happens.
  Result<Committed> forward(const CommitId& commit);

  const std::optional<CommitId>& newest() const { return newest_; }
  const StagedObjects& objects() const { return objects_; }
  bool has_moved() const { return has_moved_; }  // away from the head
  // The newest is a commit that was there already.
  bool is_forwarded() const { return is_forwarded_; }

 private:
  CommitChain(const Repository& repository, const std::optional<CommitId>& head)
      : repository_(repository), objects_(repository.objects()), newest_(head) {}

  Status check(const Precondition& precondition) const;
  Result<Committed> add_checked(const PreparedChange& change, const std::string& committer_line);

  Repository repository_;
  StagedObjects objects_;
  std::optional<CommitId> newest_;
  std::optional<TreeId> tree_;  // of the newest
  bool has_moved_ = false;
  bool is_forwarded_ = false;
};

}  // namespace stet::storage
