#include "storage/history/history.h"

#include <unordered_set>

#include "storage/history/commit_walk.h"

namespace stet::storage {
namespace {

// What lies at a path: the id of a file or a folder, and its mode. Zeros: nothing.
struct Spot {
  BlobId id;
  std::uint32_t mode = 0;
  friend bool operator==(const Spot&, const Spot&) = default;
};

class PathHistory {
 public:
  PathHistory(const Repository& repository, const RepoPath& path)
      : repository_(repository), path_(path), walk_(repository) {}

  Status start(const CommitId& head) {
    seen_.insert(head);
    TRY(walk_.reach(head));
    return {};
  }

  // The next commit that changed the path; none at the end.
  Result<std::optional<HistoryItem>> next() {
    while (!walk_.empty()) {
      CommitRecord record = walk_.take().record;
      Spot here = TRY(spot_in(record.tree));
      bool is_change = TRY(follow_parents(record, here));
      if (!is_change) continue;
      HistoryItem item{std::move(record), std::nullopt};
      if (here.mode != 0 && here.mode != 0040000) item.blob = here.id;
      return std::optional(std::move(item));
    }
    return std::optional<HistoryItem>();
  }

 private:
  // Goes to the first parent that has the same at the path, or else to all of them.
  Result<bool> follow_parents(const CommitRecord& record, const Spot& here) {
    if (record.parents.empty()) return here.mode != 0;
    for (const CommitId& parent : record.parents) {
      TreeId tree = TRY(repository_.read_commit(parent)).tree;
      if (tree != record.tree && TRY(spot_in(tree)) != here) continue;
      TRY(reach(parent));
      return false;
    }
    for (const CommitId& parent : record.parents) TRY(reach(parent));
    return true;
  }

  Status reach(const CommitId& id) {
    if (seen_.insert(id).second) TRY(walk_.reach(id));
    return {};
  }

  Result<Spot> spot_in(const TreeId& root) {
    TreeId folder = root;
    std::string_view rest = path_.view();
    for (;;) {
      TreePtr tree = TRY(repository_.objects().read_tree(folder));
      std::size_t slash = rest.find('/');
      auto index = tree->find(rest.substr(0, slash));
      if (!index) return Spot();
      TreeEntry entry = tree->at(*index);
      if (slash == std::string_view::npos) return Spot{entry.id_as<BlobId>(), entry.mode};
      if (!entry.is_folder()) return Spot();
      folder = entry.id_as<TreeId>();
      rest.remove_prefix(slash + 1);
    }
  }

  const Repository& repository_;
  const RepoPath path_;
  CommitWalk<char> walk_;
  std::unordered_set<CommitId> seen_;
};

}  // namespace

Result<std::vector<HistoryItem>> history(const Repository& repository,
                                         const CommitId& head,
                                         const RepoPath& path,
                                         std::size_t limit,
                                         const std::optional<CommitId>& after) {
  PathHistory changes(repository, path);
  TRY(changes.start(head));
  std::vector<HistoryItem> items;
  bool is_past = !after;
  while (items.size() < limit || !is_past) {
    auto item = TRY(changes.next());
    if (!item) break;
    if (is_past) {
      items.push_back(*std::move(item));
    } else {
      is_past = item->commit.id == *after;
    }
  }
  if (!is_past)
    return not_found("commit " + after->hex() + " did not change '" + path.string() + "'");
  return items;
}

Result<std::vector<CommitRecord>> steps(const Repository& repository,
                                        const CommitId& head,
                                        std::size_t limit,
                                        const std::optional<CommitId>& after) {
  std::vector<CommitRecord> steps;
  std::optional<CommitId> next = head;
  auto go_on_from = [&](const CommitRecord& record) {
    next = record.parents.empty() ? std::nullopt : std::optional(record.parents.front());
  };
  if (after) go_on_from(TRY(repository.read_commit(*after)));
  while (next && steps.size() < limit) {
    steps.push_back(TRY(repository.read_commit(*next)));
    go_on_from(steps.back());
  }
  return steps;
}

}  // namespace stet::storage
