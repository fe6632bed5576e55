#include "storage/snapshot/memory_snapshot.h"

#include <algorithm>
#include <unordered_map>

#include "storage/snapshot/blob_id.h"

namespace stet::storage {
namespace {

class MemorySnapshot : public Snapshot {
 public:
  explicit MemorySnapshot(const std::map<RepoPath, std::string>& files) {
    for (const auto& [path, bytes] : files) {
      BlobId blob = blob_id_of(bytes);
      entries_.emplace(path, blob);
      contents_.emplace(blob, bytes);
    }
  }

  Result<std::optional<SnapshotEntry>> find(const RepoPath& path) const override {
    auto entry = entries_.find(path);
    if (entry == entries_.end()) return std::optional<SnapshotEntry>();
    return std::optional(SnapshotEntry{path, entry->second, EntryKind::kFile});
  }

  Result<std::string> read(const BlobId& blob) const override {
    auto content = contents_.find(blob);
    if (content == contents_.end()) return not_found("there is no blob " + blob.hex());
    return content->second;
  }

  bool is_lasting() const override { return true; }

  Status walk(std::string_view folder, const Visit& visit) const override {
    std::string below = folder.empty() ? "" : std::string(folder) + "/";
    auto is_before = [](const auto& entry, std::string_view text) {
      return entry.first.view() < text;
    };
    // A map has no lower_bound by text, for its keys are paths and "x/" is none.
    auto entry = entries_.begin();
    if (!below.empty()) {
      entry =
          std::lower_bound(entries_.begin(), entries_.end(), std::string_view(below), is_before);
    }
    for (; entry != entries_.end() && entry->first.view().starts_with(below); ++entry) {
      TRY(visit(SnapshotEntry{entry->first, entry->second, EntryKind::kFile}));
    }
    return {};
  }

  Problems problems() const override { return {}; }

 private:
  std::map<RepoPath, BlobId> entries_;
  std::unordered_map<BlobId, std::string> contents_;
};

}  // namespace

SnapshotPtr make_memory_snapshot(const std::map<RepoPath, std::string>& files) {
  return std::make_shared<MemorySnapshot>(files);
}

Result<SnapshotPtr> make_memory_snapshot(const std::map<std::string, std::string>& files) {
  std::map<RepoPath, std::string> checked;
  for (const auto& [path, bytes] : files) checked.emplace(TRY(RepoPath::parse(path)), bytes);
  return make_memory_snapshot(checked);
}

}  // namespace stet::storage
