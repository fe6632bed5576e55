// The files of a commit, read from the repository as they are asked for.
#pragma once

#include "storage/git/repository.h"
#include "storage/snapshot/snapshot.h"

namespace stet::storage {

// Keeps the repository open for as long as it lives. kNotFound: there is no such commit. A folder
// that is damaged in the repository is kInternal when it is met, not before.
Result<SnapshotPtr> open_git_snapshot(const Repository& repository, const CommitId& commit);

// What a mode in a git tree means; not of a folder's.
EntryKind kind_of_mode(std::uint32_t mode);

}  // namespace stet::storage
