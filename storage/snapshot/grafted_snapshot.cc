#include "storage/snapshot/grafted_snapshot.h"

#include <algorithm>

namespace stet::storage {
namespace {

class GraftedSnapshot final : public Snapshot {
 public:
  GraftedSnapshot(SnapshotPtr base, SnapshotPtr graft, std::vector<RepoPath> paths)
      : base_(std::move(base)), graft_(std::move(graft)), paths_(std::move(paths)) {}

  Result<std::optional<SnapshotEntry>> find(const RepoPath& path) const override {
    return is_grafted(path) ? graft_->find(path) : base_->find(path);
  }

  Result<std::string> read(const BlobId& blob) const override {
    auto bytes = base_->read(blob);
    bool is_elsewhere = !bytes && bytes.error().code == ErrorCode::kNotFound;
    return is_elsewhere ? graft_->read(blob) : bytes;
  }

  bool is_lasting() const override { return base_->is_lasting(); }

  // Both are in byte order: what is grafted is merged in as the base goes by.
  Status walk(std::string_view folder, const Visit& visit) const override {
    std::vector<SnapshotEntry> grafted;
    for (const RepoPath& path : paths_) TRY(gather(path, folder, grafted));
    auto is_before = [](const SnapshotEntry& a, const SnapshotEntry& b) { return a.path < b.path; };
    std::sort(grafted.begin(), grafted.end(), is_before);
    auto next = grafted.begin();
    TRY(base_->walk(folder, [&](const SnapshotEntry& entry) -> Status {
      for (; next != grafted.end() && next->path < entry.path; ++next) TRY(visit(*next));
      return is_grafted(entry.path) ? Status() : visit(entry);
    }));
    for (; next != grafted.end(); ++next) TRY(visit(*next));
    return {};
  }

  Problems problems() const override { return base_->problems(); }

 private:
  bool is_grafted(const RepoPath& path) const {
    return std::any_of(paths_.begin(), paths_.end(), [&](const RepoPath& one) {
      return path == one || path.is_below(one.view());
    });
  }

  Status gather(const RepoPath& path,
                std::string_view folder,
                std::vector<SnapshotEntry>& entries) const {
    auto add = [&](const SnapshotEntry& entry) -> Status {
      if (entry.path.is_below(folder)) entries.push_back(entry);
      return {};
    };
    auto file = TRY(graft_->find(path));
    return file ? add(*file) : graft_->walk(path.view(), add);
  }

  const SnapshotPtr base_, graft_;
  const std::vector<RepoPath> paths_;
};

}  // namespace

SnapshotPtr make_grafted_snapshot(SnapshotPtr base,
                                  SnapshotPtr graft,
                                  std::vector<RepoPath> paths) {
  return std::make_shared<GraftedSnapshot>(std::move(base), std::move(graft), std::move(paths));
}

}  // namespace stet::storage
