// The files that one commit has changed, with those that have moved put together.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "storage/diff/diff.h"
#include "storage/git/repository.h"
#include "storage/snapshot/snapshot.h"

namespace stet::events {

struct FileMove {
  std::optional<RepoPath> from, to;  // the same path where it has not moved
  std::optional<storage::FileState> before, after;
};

// In byte order of the path that there is, or was. `before` and `after` are the snapshots of the
// first parent (null: there is none) and of the commit.
struct CommitFiles {
  storage::SnapshotPtr before, after;
  std::vector<FileMove> files;
};
Result<CommitFiles> files_of(const storage::Repository& repository,
                             const storage::CommitRecord& commit,
                             std::size_t moves_max);

// The file's text; "" of what is none or is not to be read, such as a link.
Result<std::string> text_of(const storage::SnapshotPtr& snapshot,
                            const RepoPath& path,
                            const storage::FileState& state);

}  // namespace stet::events
