#include "storage/snapshot/overlay_snapshot.h"

#include "storage/snapshot/blob_id.h"

namespace stet::storage {
namespace {

class OverlaySnapshot : public Snapshot {
 public:
  OverlaySnapshot(SnapshotPtr base, Overlay overlay)
      : base_(std::move(base)), overlay_(std::move(overlay)) {}

  Result<std::optional<SnapshotEntry>> find(const RepoPath& path) const override {
    auto edit = overlay_.files.find(path);
    if (edit == overlay_.files.end()) return base_->find(path);
    return edit->second;
  }

  Result<std::string> read(const BlobId& blob) const override {
    auto content = overlay_.contents.find(blob);
    return content == overlay_.contents.end() ? base_->read(blob) : content->second;
  }

  // Both are in byte order: the edits are merged in as the base goes by.
  Status walk(std::string_view folder, const Visit& visit) const override {
    auto edit = overlay_.files.begin();
    auto pass = [&](const RepoPath* until) -> Status {
      for (; edit != overlay_.files.end() && (!until || edit->first < *until); ++edit) {
        const auto& entry = edit->second;
        if (entry && entry->path.is_below(folder)) TRY(visit(*entry));
      }
      return {};
    };
    TRY(base_->walk(folder, [&](const SnapshotEntry& entry) -> Status {
      TRY(pass(&entry.path));
      return overlay_.files.contains(entry.path) ? Status() : visit(entry);
    }));
    return pass(nullptr);
  }

  Problems problems() const override { return base_->problems(); }

 private:
  const SnapshotPtr base_;
  const Overlay overlay_;
};

}  // namespace

SnapshotPtr make_overlay_snapshot(SnapshotPtr base, Overlay overlay) {
  return std::make_shared<OverlaySnapshot>(std::move(base), std::move(overlay));
}

SnapshotPtr make_overlay_snapshot(SnapshotPtr base,
                                  const std::map<RepoPath, std::optional<std::string>>& edits,
                                  const std::map<RepoPath, BlobId>& stored) {
  Overlay overlay;
  for (const auto& [path, content] : edits) {
    std::optional<SnapshotEntry> entry;
    if (content) {
      entry = SnapshotEntry{path, blob_id_of(*content), EntryKind::kFile};
      overlay.contents.emplace(entry->blob, *content);
    }
    overlay.files.emplace(path, std::move(entry));
  }
  for (const auto& [path, blob] : stored) {
    overlay.files.insert_or_assign(path, SnapshotEntry{path, blob, EntryKind::kFile});
  }
  return make_overlay_snapshot(std::move(base), std::move(overlay));
}

}  // namespace stet::storage
