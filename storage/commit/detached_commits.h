// Commits that no branch of ours has: made for a branch elsewhere, or to be given one afterwards.
//
// Each call writes what it made as one pack. Threads: one at a time. Durability: what a call made
// survives a power cut when it returns. git's collection leaves it alone for as long as this lives;
// by then something has to name it.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storage/commit/change_set.h"
#include "storage/commit/pack_place.h"
#include "storage/git/repository.h"

namespace stet::storage {

class DetachedCommits {
 public:
  explicit DetachedCommits(const Repository& repository) : repository_(repository) {}

  // The ids of contents, in their order; those that the repository has are not written again.
  Result<std::vector<BlobId>> write_blobs(std::span<const std::string_view> contents);

  // On top of `parent`; none: of nothing. Any number of edits. Else as Committer::commit.
  Result<Committed> commit(const std::optional<CommitId>& parent,
                           ChangeSet change_set,
                           const Signature& committer);

 private:
  const Repository repository_;
  std::vector<PackKeep> kept_;
};

}  // namespace stet::storage
