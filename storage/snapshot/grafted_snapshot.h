// A snapshot in which some files and folders are as another one has them.
//
// Threads: as both. Cost: of a walk that meets them, the grafted entries in memory at once.
#pragma once

#include <vector>

#include "storage/snapshot/snapshot.h"

namespace stet::storage {

// What lies at or below `paths`, in byte order, each a file's or a folder's, is that of `graft`;
// all else that of `base`. Both are kept alive. It is as lasting as `base`: the graft is of the
// same repository, or lies in memory.
SnapshotPtr make_grafted_snapshot(SnapshotPtr base, SnapshotPtr graft, std::vector<RepoPath> paths);

}  // namespace stet::storage
