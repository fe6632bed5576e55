#include "storage/snapshot/overlay_snapshot.h"

#include <unordered_map>

#include "storage/snapshot/blob_id.h"

namespace stet::storage {
namespace {

class OverlaySnapshot : public Snapshot {
 public:
  OverlaySnapshot(SnapshotPtr base, const std::map<RepoPath, std::optional<std::string>>& edits)
      : base_(std::move(base)) {
    for (const auto& [path, content] : edits) {
      std::optional<BlobId> blob;
      if (content) {
        blob = blob_id_of(*content);
        contents_.emplace(*blob, *content);
      }
      edits_.emplace(path, blob);
    }
  }

  Result<std::optional<SnapshotEntry>> find(const RepoPath& path) const override {
    auto edit = edits_.find(path);
    if (edit == edits_.end()) return base_->find(path);
    return entry_of(*edit);
  }

  Result<std::string> read(const BlobId& blob) const override {
    auto content = contents_.find(blob);
    return content == contents_.end() ? base_->read(blob) : content->second;
  }

  // Both are in byte order: the edits are merged in as the base goes by.
  Status walk(std::string_view folder, const Visit& visit) const override {
    auto edit = edits_.begin();
    auto pass = [&](const RepoPath* until) -> Status {
      for (; edit != edits_.end() && (!until || edit->first < *until); ++edit) {
        auto entry = entry_of(*edit);
        if (entry && entry->path.is_below(folder)) TRY(visit(*entry));
      }
      return {};
    };
    TRY(base_->walk(folder, [&](const SnapshotEntry& entry) -> Status {
      TRY(pass(&entry.path));
      return edits_.contains(entry.path) ? Status() : visit(entry);
    }));
    return pass(nullptr);
  }

  Problems problems() const override { return base_->problems(); }

 private:
  using Edit = std::pair<const RepoPath, std::optional<BlobId>>;
  static std::optional<SnapshotEntry> entry_of(const Edit& edit) {
    if (!edit.second) return std::nullopt;
    return SnapshotEntry{edit.first, *edit.second, EntryKind::kFile};
  }

  const SnapshotPtr base_;
  std::map<RepoPath, std::optional<BlobId>> edits_;
  std::unordered_map<BlobId, std::string> contents_;
};

}  // namespace

SnapshotPtr make_overlay_snapshot(SnapshotPtr base,
                                  const std::map<RepoPath, std::optional<std::string>>& edits) {
  return std::make_shared<OverlaySnapshot>(std::move(base), edits);
}

}  // namespace stet::storage
