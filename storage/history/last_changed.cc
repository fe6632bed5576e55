#include "storage/history/last_changed.h"

#include <algorithm>
#include <set>

#include "storage/history/commit_walk.h"

namespace stet::storage {
namespace {

constexpr std::size_t kLineMax = 10'000;  // commits between two values that are followed one by one

using Paths = std::set<RepoPath>;

LastChange change_of(const CommitRecord& record) { return {record.id, record.committer.when}; }

// Carries every path from the head to the commit that made it what it is. A commit keeps the paths
// that none of its parents has the same, and hands each other one to the first parent that has.
class Attribution {
 public:
  // `known`: what is true at `known_head`, where the walk need not go on.
  Attribution(const Repository& repository,
              std::optional<CommitId> known_head,
              const LastChanged& known)
      : repository_(repository), known_head_(known_head), known_(known), walk_(repository) {}

  Status run(const CommitId& head) {
    Diff all = TRY(compare(repository_, std::nullopt, head));
    Paths* paths = TRY(walk_.reach(head));
    for (const FileChange& file : all) paths->insert(paths->end(), file.path);
    while (!walk_.empty()) {
      auto reached = walk_.take();
      TRY(visit(reached.record, std::move(reached.carried)));
    }
    return {};
  }

  std::vector<std::pair<RepoPath, LastChange>> take_sorted() && {
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
      return a.first < b.first;
    });
    return std::move(found_);
  }

 private:
  Status visit(const CommitRecord& record, Paths paths) {
    if (record.id == known_head_) {
      for (const RepoPath& path : paths) {
        const LastChange* change = known_.find(path);
        if (!change) return internal("the index of last changes is not that of " + record.id.hex());
        found_.emplace_back(path, *change);
      }
      return {};
    }
    for (const CommitId& parent : record.parents) {
      if (paths.empty()) return {};
      Paths kept;
      for (const FileChange& file : TRY(changes(parent, record.id, paths))) {
        if (auto node = paths.extract(file.path)) kept.insert(kept.end(), std::move(node));
      }
      if (!paths.empty()) {
        Paths* carried = TRY(walk_.reach(parent));
        if (carried->empty()) {
          carried->swap(paths);
        } else {
          carried->merge(paths);
        }
      }
      paths = std::move(kept);
    }
    for (const RepoPath& path : paths) found_.emplace_back(path, change_of(record));
    return {};
  }

  // Of a commit that has more changes than can be listed, those of these paths.
  Result<Diff> changes(const CommitId& parent, const CommitId& commit, const Paths& paths) const {
    auto diff = compare(repository_, parent, commit);
    bool is_too_large = !diff && diff.error().code == ErrorCode::kInvalidInput;
    if (is_too_large) return compare_files(repository_, parent, commit, paths);
    return diff;
  }

  const Repository& repository_;
  const std::optional<CommitId> known_head_;
  const LastChanged& known_;
  CommitWalk<Paths> walk_;
  std::vector<std::pair<RepoPath, LastChange>> found_;
};

// The commits from `to` back to just after `from`, where each has but one parent; else none.
Result<std::optional<std::vector<CommitRecord>>> line_between(const Repository& repository,
                                                              const CommitId& from,
                                                              const CommitId& to) {
  std::vector<CommitRecord> line;
  for (CommitId id = to; id != from; id = line.back().parents.front()) {
    line.push_back(TRY(repository.read_commit(id)));
    if (line.back().parents.size() != 1 || line.size() > kLineMax) {
      return std::optional<std::vector<CommitRecord>>();
    }
  }
  return std::optional(std::move(line));
}

Result<LastChanged> attributed(const Repository& repository,
                               const std::optional<CommitId>& known_head,
                               const LastChanged& known,
                               const CommitId& head) {
  Attribution attribution(repository, known_head, known);
  TRY(attribution.run(head));
  return LastChanged::of(
      PersistentMap<RepoPath, LastChange>::from_sorted(std::move(attribution).take_sorted()));
}

}  // namespace

Result<LastChanged> LastChanged::build(const Repository& repository, const CommitId& head) {
  return attributed(repository, std::nullopt, LastChanged(), head);
}

Result<LastChanged> LastChanged::advance(const Repository& repository,
                                         const CommitId& from,
                                         const CommitId& to) const {
  auto line = TRY(line_between(repository, from, to));
  if (!line) return attributed(repository, from, *this, to);
  LastChanged grown = *this;
  for (auto record = line->rbegin(); record != line->rend(); ++record) {
    auto diff = compare(repository, record->parents.front(), record->id);
    bool is_too_large = !diff && diff.error().code == ErrorCode::kInvalidInput;
    if (is_too_large) return attributed(repository, from, *this, to);
    grown = grown.advance(TRY(std::move(diff)), change_of(*record));
  }
  return grown;
}

LastChanged LastChanged::advance(const Diff& diff, const LastChange& commit) const {
  LastChanged grown = *this;
  for (const FileChange& file : diff) {
    grown.changes_ =
        file.after ? grown.changes_.set(file.path, commit) : grown.changes_.erase(file.path);
  }
  return grown;
}

}  // namespace stet::storage
