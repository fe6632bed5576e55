#include "storage/commit/commit_chain.h"

namespace stet::storage {

Status rehearse(const Repository& repository,
                const std::optional<CommitId>& head,
                ChangeSet change_set,
                const CommitLimits& limits) {
  PreparedChange change = TRY(prepare(std::move(change_set), limits));
  CommitChain chain = TRY(CommitChain::start(repository, head));
  TRY(chain.add(change, change.author_line));
  return {};
}

Result<CommitChain> CommitChain::start(const Repository& repository,
                                       const std::optional<CommitId>& head) {
  CommitChain chain(repository, head);
  if (head) chain.tree_ = TRY(repository.read_commit(*head)).tree;
  return chain;
}

Result<Committed> CommitChain::add(const PreparedChange& change,
                                   const std::string& committer_line) {
  std::size_t mark = objects_.mark();
  auto added = add_checked(change, committer_line);
  if (!added) objects_.roll_back(mark);
  return added;
}

Status CommitChain::check(const Precondition& precondition) const {
  auto spot = TRY(look_up(objects_, tree_, precondition.path));
  const std::string& path = precondition.path.string();
  if (!precondition.blob) {
    if (spot) return conflict("'" + path + "' is there already");
    return {};
  }
  if (!spot) return conflict("'" + path + "' is no longer there");
  if (spot->id != *precondition.blob) {
    return conflict("'" + path + "' has changed: it is now " + spot->id.hex() + ", not " +
                    precondition.blob->hex());
  }
  return {};
}

Result<Committed> CommitChain::add_checked(const PreparedChange& change,
                                           const std::string& committer_line) {
  for (const Precondition& precondition : change.change_set.preconditions) {
    TRY(check(precondition));
  }
  TreeId tree = TRY(edit_tree(objects_, tree_, change.edits));
  Committed committed;
  for (const TreeEdit& edit : change.edits) committed.blobs.emplace_back(edit.path, edit.blob);
  auto merged = change.change_set.merged;
  if (merged == newest_) merged.reset();
  if (newest_ && tree == tree_ && !merged && !change.change_set.may_be_empty) {
    committed.commit = *newest_;
    committed.is_unchanged = true;
    return committed;
  }
  std::string bytes = "tree " + tree.hex() + "\n";
  if (newest_) bytes += "parent " + newest_->hex() + "\n";
  if (merged) bytes += "parent " + merged->hex() + "\n";
  bytes +=
      "author " + change.author_line + "\ncommitter " + committer_line + "\n\n" + change.message;
  committed.parent = newest_;
  committed.commit = objects_.add_commit(std::move(bytes));
  newest_ = committed.commit;
  tree_ = tree;
  has_moved_ = true;
  is_forwarded_ = false;
  return committed;
}

Result<Committed> CommitChain::forward(const CommitId& commit) {
  Committed committed{.commit = commit, .parent = newest_, .blobs = {}};
  committed.is_unchanged = newest_ == commit;
  if (committed.is_unchanged) return committed;
  tree_ = TRY(repository_.read_commit(commit)).tree;
  newest_ = commit;
  has_moved_ = is_forwarded_ = true;
  return committed;
}

}  // namespace stet::storage
