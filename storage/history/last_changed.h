// Which commit last changed each file: the dates of files come from here, never from a disk.
//
// A value for one head: for each path, the newest commit that `git log -1 -- path` names. Copies
// are cheap and share structure. Threads: a value. It depends on the commits alone: grown step by
// step or built from nothing, it is the same.
#pragma once

#include "storage/base/persistent_map.h"
#include "storage/base/repo_path.h"
#include "storage/diff/diff.h"
#include "storage/git/repository.h"

namespace stet::storage {

struct LastChange {
  CommitId commit;
  Time when;  // the committer's
  friend bool operator==(const LastChange&, const LastChange&) = default;
};

class LastChanged {
 public:
  LastChanged() = default;  // of no commits

  // What somebody has kept.
  static LastChanged of(PersistentMap<RepoPath, LastChange> changes) {
    return LastChanged(std::move(changes));
  }

  // Walks from `head` back, until every path is known.
  static Result<LastChanged> build(const Repository& repository, const CommitId& head);

  // The value for `to`, from this one for `from`. Costs what lies between them where that is a line
  // of commits; merges cost a pass over all paths; any two commits are right.
  Result<LastChanged> advance(const Repository& repository,
                              const CommitId& from,
                              const CommitId& to) const;

  // The same for one commit whose only parent is this value's, and whose diff is at hand.
  LastChanged advance(const Diff& diff, const LastChange& commit) const;

  // Null where the path is no file of this head.
  const LastChange* find(const RepoPath& path) const { return changes_.find(path); }
  std::size_t size() const { return changes_.size(); }
  const PersistentMap<RepoPath, LastChange>& all() const { return changes_; }

 private:
  explicit LastChanged(PersistentMap<RepoPath, LastChange> changes)
      : changes_(std::move(changes)) {}
  PersistentMap<RepoPath, LastChange> changes_;
};

}  // namespace stet::storage
