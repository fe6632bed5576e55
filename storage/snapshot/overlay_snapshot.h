// A snapshot with edits laid over it: the tree that a commit of them would have, without the
// commit.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "storage/snapshot/snapshot.h"

namespace stet::storage {

struct Overlay {
  std::map<RepoPath, std::optional<SnapshotEntry>> files;  // none: deleted
  std::unordered_map<BlobId, std::string> contents;        // of blobs that `base` cannot read
};
SnapshotPtr make_overlay_snapshot(SnapshotPtr base, Overlay overlay);

// Each path with its new content; none: deleted. `stored`: others by their content's name alone,
// which the base need not be able to read. `base` is kept alive.
SnapshotPtr make_overlay_snapshot(SnapshotPtr base,
                                  const std::map<RepoPath, std::optional<std::string>>& edits,
                                  const std::map<RepoPath, BlobId>& stored = {});

}  // namespace stet::storage
