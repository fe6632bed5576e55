#include "storage/snapshot/git_snapshot.h"

#include <mutex>

#include "storage/base/utf8.h"
#include "storage/git/objects.h"

namespace stet::storage {
namespace {

constexpr std::size_t kProblemsMax = 1000;

class GitSnapshot : public Snapshot {
 public:
  GitSnapshot(Repository repository, const TreeId& root)
      : repository_(std::move(repository)), root_(root) {}

  Result<std::optional<SnapshotEntry>> find(const RepoPath& path) const override {
    TreePtr folder = TRY(folder_at(path.folder()));
    if (!folder) return std::optional<SnapshotEntry>();
    auto index = folder->find(path.filename());
    if (!index || folder->at(*index).is_folder()) return std::optional<SnapshotEntry>();
    TreeEntry entry = folder->at(*index);
    return std::optional(SnapshotEntry{path, entry.id_as<BlobId>(), kind_of_mode(entry.mode)});
  }

  Result<std::string> read(const BlobId& blob) const override {
    return repository_.objects().read_blob(blob, kReadBytesMax);
  }

  bool is_lasting() const override { return true; }

  Status walk(std::string_view folder, const Visit& visit) const override {
    TreePtr tree = TRY(folder_at(folder));
    if (!tree) return {};
    Walk walk{&visit, nullptr};
    return walk_tree(*tree, folder.empty() ? "" : std::string(folder) + "/", walk);
  }

  Problems problems() const override {
    std::call_once(problems_once_, [this] {
      Walk walk{nullptr, &problems_};
      Status walked;
      auto tree = repository_.objects().read_tree(root_);
      walked = tree ? walk_tree(**tree, "", walk) : Status(std::move(tree).error());
      if (!walked) {
        problems_.push_back({Severity::kError,
                             "",
                             0,
                             0,
                             "A folder cannot be read: " + walked.error().message + "."});
      }
    });
    return problems_;
  }

 private:
  struct Walk {
    const Visit* visit;
    Problems* problems;
  };

  // Null where there is no such folder.
  Result<TreePtr> folder_at(std::string_view folder) const {
    TreePtr tree = TRY(repository_.objects().read_tree(root_));
    while (!folder.empty()) {
      std::size_t slash = folder.find('/');
      auto index = tree->find(folder.substr(0, slash));
      if (!index || !tree->at(*index).is_folder()) return TreePtr();
      tree = TRY(repository_.objects().read_tree(tree->at(*index).id_as<TreeId>()));
      folder = slash == std::string_view::npos ? "" : folder.substr(slash + 1);
    }
    return tree;
  }

  // Git's order of entries is the byte order of full paths. As deep as a RepoPath can be.
  Status walk_tree(const Tree& tree, const std::string& prefix, const Walk& walk) const {
    for (std::size_t i = 0; i < tree.size(); ++i) {
      TreeEntry entry = tree.at(i);
      auto path = RepoPath::parse(prefix + std::string(entry.name));
      if (!path) {
        report(path.error(), prefix, walk);
        continue;
      }
      if (entry.is_folder()) {
        TreePtr below = TRY(repository_.objects().read_tree(entry.id_as<TreeId>()));
        TRY(walk_tree(*below, path->string() + "/", walk));
      } else if (walk.visit) {
        TRY((*walk.visit)({*path, entry.id_as<BlobId>(), kind_of_mode(entry.mode)}));
      }
    }
    return {};
  }

  static void report(const Error& error, const std::string& prefix, const Walk& walk) {
    if (!walk.problems || walk.problems->size() >= kProblemsMax) return;
    std::string folder = prefix.empty() ? "" : prefix.substr(0, prefix.size() - 1);
    walk.problems->push_back(
        {Severity::kError, std::move(folder), 0, 0, "Left out, rename it: " + error.message + "."});
  }

  const Repository repository_;
  const TreeId root_;
  mutable std::once_flag problems_once_;
  mutable Problems problems_;
};

}  // namespace

EntryKind kind_of_mode(std::uint32_t mode) {
  if (mode == 0120000) return EntryKind::kSymlink;
  if (mode == 0160000) return EntryKind::kSubmodule;
  return (mode & 0100) != 0 ? EntryKind::kExecutable : EntryKind::kFile;
}

Result<SnapshotPtr> open_git_snapshot(const Repository& repository, const CommitId& commit) {
  CommitRecord record = TRY(repository.read_commit(commit));
  return SnapshotPtr(std::make_shared<GitSnapshot>(repository, record.tree));
}

}  // namespace stet::storage
