#include "cms/pipeline/edit_diff.h"

#include <algorithm>

#include "storage/snapshot/blob_id.h"

namespace stet::pipeline {

Result<storage::Diff> edit_diff(const storage::Snapshot& base,
                                const std::map<RepoPath, std::optional<std::string>>& edits,
                                const std::map<RepoPath, BlobId>& stored) {
  storage::Diff diff;
  auto add = [&](const RepoPath& path, const std::optional<BlobId>& blob) -> Status {
    storage::FileChange change{path, std::nullopt, std::nullopt};
    auto entry = TRY(base.find(path));
    if (entry) change.before = {entry->blob, entry->kind};
    if (blob) change.after = {*blob, storage::EntryKind::kFile};
    if (change.before != change.after) diff.push_back(std::move(change));
    return {};
  };
  for (const auto& [path, content] : edits) {
    if (stored.contains(path)) continue;
    TRY(add(path, content ? std::optional(storage::blob_id_of(*content)) : std::nullopt));
  }
  for (const auto& [path, blob] : stored) TRY(add(path, blob));
  std::sort(diff.begin(), diff.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return diff;
}

}  // namespace stet::pipeline
