#include "cms/pipeline/versions.h"

#include <fstream>
#include <iterator>

#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/git_snapshot.h"
#include "storage/snapshot/overlay_snapshot.h"

namespace stet::pipeline {

Result<std::optional<CommitId>> GitVersions::head(std::string_view branch) const {
  return repository_.head_of(branch);
}

Result<storage::SnapshotPtr> GitVersions::open(const CommitId& commit) const {
  return storage::open_git_snapshot(repository_, commit);
}

Result<storage::Diff> GitVersions::compare(const CommitId& from, const CommitId& to) const {
  return storage::compare(repository_, from, to);
}

Result<storage::LastChanged> GitVersions::last_changed(const storage::LastChanged& before,
                                                       const std::optional<CommitId>& from,
                                                       const CommitId& to) const {
  if (!from) return storage::LastChanged::build(repository_, to);
  if (*from == to) return before;
  return before.advance(repository_, *from, to);
}

Result<site::ScheduleHistory> GitVersions::schedule(const CommitId& commit) const {
  return schedules_.of(commit);
}

Result<std::optional<CommitId>> FolderVersions::head(std::string_view) const {
  std::lock_guard lock(mutex_);
  storage::SnapshotPtr snapshot = TRY(storage::open_folder_snapshot(root_, options_));
  std::map<RepoPath, std::optional<std::string>> borrowed;
  for (const auto& [path, place] : borrowed_) {
    std::ifstream file(place, std::ios::binary);
    if (file) borrowed[path] = std::string(std::istreambuf_iterator<char>(file), {});
  }
  if (!borrowed.empty()) snapshot = storage::make_overlay_snapshot(std::move(snapshot), borrowed);
  std::string listing;
  TRY(snapshot->walk("", [&](const storage::SnapshotEntry& entry) -> Status {
    listing += entry.path.view();
    listing += '\0';
    listing += entry.blob.hex();
    listing += entry.kind == storage::EntryKind::kSymlink ? "@\n" : "\n";
    return {};
  }));
  CommitId id(storage::blob_id_of(listing).bytes());
  // One that is known under the same id stays: somebody may be reading it.
  known_.try_emplace(id, std::move(snapshot));
  return std::optional(id);
}

Result<storage::SnapshotPtr> FolderVersions::open(const CommitId& commit) const {
  std::lock_guard lock(mutex_);
  auto it = known_.find(commit);
  if (it == known_.end()) return not_found("the folder is no longer as it was at that time");
  return it->second;
}

Result<storage::Diff> FolderVersions::compare(const CommitId& from, const CommitId& to) const {
  storage::SnapshotPtr before = TRY(open(from));
  storage::SnapshotPtr after = TRY(open(to));
  {
    std::lock_guard lock(mutex_);
    std::erase_if(
        known_, [&](const auto& version) { return version.first != from && version.first != to; });
  }
  return storage::compare(*before, *after);
}

Result<storage::LastChanged> FolderVersions::last_changed(const storage::LastChanged&,
                                                          const std::optional<CommitId>&,
                                                          const CommitId&) const {
  return storage::LastChanged();
}

Result<site::ScheduleHistory> FolderVersions::schedule(const CommitId&) const {
  return site::ScheduleHistory();
}

}  // namespace stet::pipeline
