#include "storage/history/merge_base.h"

#include "storage/git/objects.h"

namespace stet::storage {

Result<std::optional<CommitId>> merge_base(const Repository& repository,
                                           const CommitId& a,
                                           const CommitId& b) {
  auto lease = TRY(repository.objects().lease());
  git_oid found, first = to_git(a), second = to_git(b);
  Status status = call(
      "find where histories part", git_merge_base, &found, lease.repository(), &first, &second);
  if (status) return std::optional(from_git<CommitId>(found));
  if (status.error().code == ErrorCode::kNotFound) return std::optional<CommitId>();
  return std::move(status).error();
}

Result<std::vector<CommitId>> merge_bases(const Repository& repository,
                                          const CommitId& a,
                                          const CommitId& b) {
  auto lease = TRY(repository.objects().lease());
  git_oid first = to_git(a), second = to_git(b);
  git_oidarray found{};
  Status status = call(
      "find where histories part", git_merge_bases, &found, lease.repository(), &first, &second);
  std::vector<CommitId> bases;
  if (!status && status.error().code != ErrorCode::kNotFound) return std::move(status).error();
  if (status) {
    for (std::size_t i = 0; i < found.count; ++i) {
      bases.push_back(from_git<CommitId>(found.ids[i]));
    }
    git_oidarray_dispose(&found);
  }
  return bases;
}

Result<bool> is_ancestor(const Repository& repository,
                         const CommitId& ancestor,
                         const CommitId& descendant) {
  auto base = TRY(merge_base(repository, ancestor, descendant));
  return base == ancestor;
}

Result<Distance> distance(const Repository& repository, const CommitId& a, const CommitId& b) {
  auto lease = TRY(repository.objects().lease());
  git_oid first = to_git(a), second = to_git(b);
  Distance distance;
  TRY(call("count commits",
           git_graph_ahead_behind,
           &distance.ahead,
           &distance.behind,
           lease.repository(),
           &first,
           &second));
  return distance;
}

}  // namespace stet::storage
