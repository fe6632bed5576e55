// What edits would change in a snapshot, as a diff; `stored`: contents by their names alone.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "storage/diff/diff.h"
#include "storage/snapshot/snapshot.h"

namespace stet::pipeline {

Result<storage::Diff> edit_diff(const storage::Snapshot& base,
                                const std::map<RepoPath, std::optional<std::string>>& edits,
                                const std::map<RepoPath, BlobId>& stored = {});

}  // namespace stet::pipeline
