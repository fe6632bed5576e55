#include "cms/pipeline/edit_diff.h"

#include "storage/snapshot/blob_id.h"

namespace stet::pipeline {

Result<storage::Diff> edit_diff(const storage::Snapshot& base,
                                const std::map<RepoPath, std::optional<std::string>>& edits) {
  storage::Diff diff;
  for (const auto& [path, content] : edits) {
    storage::FileChange change{path, std::nullopt, std::nullopt};
    auto entry = TRY(base.find(path));
    if (entry) change.before = {entry->blob, entry->kind};
    if (content) change.after = {storage::blob_id_of(*content), storage::EntryKind::kFile};
    if (change.before != change.after) diff.push_back(std::move(change));
  }
  return diff;
}

}  // namespace stet::pipeline
