#include "storage/diff/diff.h"

#include <algorithm>

#include "storage/base/utf8.h"
#include "storage/git/objects.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::storage {
namespace {

constexpr std::size_t kLeftOutBytesMax = 300;

class TreeComparison {
 public:
  // `below`: looks at what lies at or below these alone; null: at all.
  TreeComparison(Objects& objects,
                 const DiffLimits& limits,
                 const std::vector<RepoPath>* below = nullptr)
      : objects_(objects), limits_(limits), below_(below) {}

  // None is the empty folder. Both orders are git's, which is the byte order of full paths.
  Status compare(const std::optional<TreeId>& from,
                 const std::optional<TreeId>& to,
                 const std::string& prefix) {
    if (from == to) return {};
    TreePtr before = TRY(read(from));
    TreePtr after = TRY(read(to));
    std::size_t i = 0, j = 0;
    while (i < before->size() || j < after->size()) {
      int order = order_at(*before, i, *after, j);
      std::optional<TreeEntry> old_entry, new_entry;
      if (order <= 0) old_entry = before->at(i++);
      if (order >= 0) new_entry = after->at(j++);
      TRY(compare_entries(old_entry, new_entry, prefix));
      TRY(check_limits());
    }
    return {};
  }

  const std::vector<std::string>& left_out() const { return left_out_; }
  Diff take() && { return std::move(diff_); }

 private:
  Result<TreePtr> read(const std::optional<TreeId>& id) {
    if (!id) return TreePtr(std::make_shared<const Tree>());
    return objects_.read_tree(*id);
  }

  Status check_limits() {
    bool is_beyond =
        ++entries_ > limits_.entries_max || diff_.size() + left_out_.size() > limits_.changes_max;
    if (!is_beyond) return {};
    return invalid_input("the two commits differ in more than " +
                         std::to_string(limits_.changes_max) +
                         " files, or in folders that hold too many; make the change in parts");
  }

  static int order_at(const Tree& before, std::size_t i, const Tree& after, std::size_t j) {
    if (i == before.size()) return 1;
    if (j == after.size()) return -1;
    TreeEntry a = before.at(i), b = after.at(j);
    return storage::compare_entries(a.name, a.is_folder(), b.name, b.is_folder());
  }

  // Of one name, and both folders or neither.
  Status compare_entries(const std::optional<TreeEntry>& before,
                         const std::optional<TreeEntry>& after,
                         const std::string& prefix) {
    if (before && after && before->id == after->id && before->mode == after->mode) return {};
    const TreeEntry& any = before ? *before : *after;
    auto path = RepoPath::parse(prefix + std::string(any.name));
    if (!path) {
      left_out_.push_back(printable(prefix + std::string(any.name), kLeftOutBytesMax));
      return {};
    }
    if (below_ && !is_wanted(*path)) return {};
    if (any.is_folder()) {
      return compare(id_of(before), id_of(after), path->string() + "/");
    }
    FileChange change{*path, state_of(before), state_of(after)};
    if (change.before != change.after) diff_.push_back(std::move(change));
    return {};
  }

  // At or below one of them, or a folder that leads to one.
  bool is_wanted(const RepoPath& path) const {
    return std::any_of(below_->begin(), below_->end(), [&](const RepoPath& wanted) {
      return path.is_below(wanted.view()) || wanted.is_below(path.view());
    });
  }

  static std::optional<TreeId> id_of(const std::optional<TreeEntry>& entry) {
    return entry ? std::optional(entry->id_as<TreeId>()) : std::nullopt;
  }
  static std::optional<FileState> state_of(const std::optional<TreeEntry>& entry) {
    if (!entry) return std::nullopt;
    return FileState{entry->id_as<BlobId>(), kind_of_mode(entry->mode)};
  }

  Objects& objects_;
  const DiffLimits limits_;
  const std::vector<RepoPath>* const below_;
  std::size_t entries_ = 0;
  Diff diff_;
  std::vector<std::string> left_out_;
};

Status compare_trees(const Repository& repository,
                     const std::optional<CommitId>& from,
                     const CommitId& to,
                     TreeComparison& comparison) {
  std::optional<TreeId> before;
  if (from) before = TRY(repository.read_commit(*from)).tree;
  TreeId after = TRY(repository.read_commit(to)).tree;
  return comparison.compare(before, after, "");
}

std::optional<FileState> state_in(const std::optional<SnapshotEntry>& entry) {
  if (!entry) return std::nullopt;
  return FileState{entry->blob, entry->kind};
}

Result<std::vector<SnapshotEntry>> list(const Snapshot& snapshot) {
  std::vector<SnapshotEntry> entries;
  TRY(snapshot.walk("", [&](const SnapshotEntry& entry) {
    entries.push_back(entry);
    return Status();
  }));
  return entries;
}

}  // namespace

Result<Diff> compare(const Repository& repository,
                     const std::optional<CommitId>& from,
                     const CommitId& to) {
  std::vector<std::string> ignored;
  return compare(repository, from, to, ignored);
}

Result<Diff> compare(const Repository& repository,
                     const std::optional<CommitId>& from,
                     const CommitId& to,
                     std::vector<std::string>& left_out,
                     const DiffLimits& limits) {
  if (from == to) return Diff();
  TreeComparison comparison(repository.objects(), limits);
  TRY(compare_trees(repository, from, to, comparison));
  left_out = comparison.left_out();
  return std::move(comparison).take();
}

Result<Diff> compare_below(const Repository& repository,
                           const std::optional<CommitId>& from,
                           const CommitId& to,
                           const std::vector<RepoPath>& paths) {
  TreeComparison comparison(repository.objects(), {}, &paths);
  TRY(compare_trees(repository, from, to, comparison));
  return std::move(comparison).take();
}

Result<Diff> compare_files(const Repository& repository,
                           const CommitId& from,
                           const CommitId& to,
                           const std::set<RepoPath>& paths) {
  SnapshotPtr before = TRY(open_git_snapshot(repository, from));
  SnapshotPtr after = TRY(open_git_snapshot(repository, to));
  Diff diff;
  for (const RepoPath& path : paths) {
    FileChange change{path, state_in(TRY(before->find(path))), state_in(TRY(after->find(path)))};
    if (change.before != change.after) diff.push_back(std::move(change));
  }
  return diff;
}

Result<Diff> compare(const Snapshot& from, const Snapshot& to) {
  auto before = TRY(list(from));
  auto after = TRY(list(to));
  auto state_of = [](const SnapshotEntry& entry) { return FileState{entry.blob, entry.kind}; };
  Diff diff;
  auto old_entry = before.begin(), new_entry = after.begin();
  while (old_entry != before.end() || new_entry != after.end()) {
    bool has_old = old_entry != before.end() &&
                   (new_entry == after.end() || old_entry->path <= new_entry->path);
    bool has_new = new_entry != after.end() &&
                   (old_entry == before.end() || new_entry->path <= old_entry->path);
    FileChange change{has_old ? old_entry->path : new_entry->path, std::nullopt, std::nullopt};
    if (has_old) change.before = state_of(*old_entry++);
    if (has_new) change.after = state_of(*new_entry++);
    if (change.before != change.after) diff.push_back(std::move(change));
  }
  return diff;
}

}  // namespace stet::storage
