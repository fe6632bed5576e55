#include "storage/history/commit_range.h"

#include <algorithm>

#include "storage/git/objects.h"
#include "storage/history/merge_base.h"

namespace stet::storage {
namespace {

using RevwalkHandle = Handle<git_revwalk, git_revwalk_free>;

constexpr std::string_view kDoing = "list the commits between two";

Status start(git_revwalk* walk, const CommitId& since, const CommitId& until) {
  TRY(call(kDoing, git_revwalk_sorting, walk, unsigned{GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME}));
  git_oid from = to_git(since), to = to_git(until);
  TRY(call(kDoing, git_revwalk_push, walk, &to));
  return call(kDoing, git_revwalk_hide, walk, &from);
}

}  // namespace

Result<std::vector<CommitId>> commits_between(const Repository& repository,
                                              const CommitId& since,
                                              const CommitId& until,
                                              std::size_t commits_max) {
  std::vector<CommitId> commits;
  if (since == until) return commits;
  TRY(repository.read_commit(since));
  TRY(repository.read_commit(until));
  if (!TRY(is_ancestor(repository, since, until))) {
    return conflict("commit " + since.hex() + " is not in the history of " + until.hex());
  }
  auto lease = TRY(repository.objects().lease());
  auto walk = TRY(make<RevwalkHandle>(kDoing, git_revwalk_new, lease.repository()));
  TRY(start(walk.get(), since, until));
  git_oid id;
  int code;
  while ((code = git_revwalk_next(&id, walk.get())) == 0) {
    if (commits.size() == commits_max) {
      return invalid_input("more than " + std::to_string(commits_max) + " commits lie between " +
                           since.hex() + " and " + until.hex());
    }
    commits.push_back(from_git<CommitId>(id));
  }
  if (code != GIT_ITEROVER) return error_of_git(code, kDoing);
  std::reverse(commits.begin(), commits.end());
  return commits;
}

Result<std::vector<CommitId>> commits_unknown(const Repository& repository,
                                              const CommitId& head,
                                              std::size_t commits_max) {
  constexpr std::string_view kListing = "list what a push brings";
  auto lease = TRY(repository.objects().lease());
  auto walk = TRY(make<RevwalkHandle>(kListing, git_revwalk_new, lease.repository()));
  git_oid id = to_git(head);
  std::vector<CommitId> commits;
  int code = git_revwalk_push(walk.get(), &id);
  if (code == GIT_EINVALIDSPEC || code == GIT_EPEEL) return commits;
  if (code == 0) code = git_revwalk_hide_glob(walk.get(), "refs/*");
  while (code == 0 && (code = git_revwalk_next(&id, walk.get())) == 0) {
    if (commits.size() == commits_max) {
      return invalid_input("more than " + std::to_string(commits_max) + " new commits");
    }
    commits.push_back(from_git<CommitId>(id));
  }
  if (code != GIT_ITEROVER) return error_of_git(code, kListing);
  return commits;
}

}  // namespace stet::storage
