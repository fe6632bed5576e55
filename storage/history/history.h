// Who changed a file, when: what `git log -- path` shows; and how a branch came to be what it is.
//
// A merge that took the file as it is from one parent is no change of it, and only that parent is
// followed (git's default history simplification). Newest first, by the committers' clocks.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "storage/base/repo_path.h"
#include "storage/git/repository.h"

namespace stet::storage {

struct HistoryItem {
  CommitRecord commit;
  std::optional<BlobId> blob;  // the file after this commit; none: deleted, or a folder is there
};

// At most `limit` changes to the file (or to what lies in the folder) `path`, as seen from `head`;
// after the change `after`, where given: the last item of the page before. kNotFound: no such
// `head`, or `after` is no change of this path. A path that never was has no history: empty.
Result<std::vector<HistoryItem>> history(const Repository& repository,
                                         const CommitId& head,
                                         const RepoPath& path,
                                         std::size_t limit,
                                         const std::optional<CommitId>& after = std::nullopt);

// The steps by which the branch itself has come to `head`: along first parents, the newest first.
// What was merged is one step, by whoever merged it. kNotFound: no such `head`, or no such `after`.
Result<std::vector<CommitRecord>> steps(const Repository& repository,
                                        const CommitId& head,
                                        std::size_t limit,
                                        const std::optional<CommitId>& after = std::nullopt);

}  // namespace stet::storage
