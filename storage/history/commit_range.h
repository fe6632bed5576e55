// The commits that lie between two, in the order in which their changes can be told.
#pragma once

#include <cstddef>
#include <vector>

#include "storage/git/repository.h"

namespace stet::storage {

// Every commit that `until` has in its history and `since` has not: parents before children, and of
// lines that run side by side each by the committers' clocks. It depends on the two commits alone,
// so it is the same in every clone. Cost: the commits, read once.
//
// kNotFound: one of them is not there. kConflict: `since` is not in the history of `until`.
// kInvalidInput: there are more than `commits_max`.
Result<std::vector<CommitId>> commits_between(const Repository& repository,
                                              const CommitId& since,
                                              const CommitId& until,
                                              std::size_t commits_max);

// Every commit that `head` has in its history and no branch, tag or other reference has: what a
// push would bring. No order. None where `head` is no commit, nor a tag of one. kInvalidInput:
// there are more than `commits_max`.
Result<std::vector<CommitId>> commits_unknown(const Repository& repository,
                                              const CommitId& head,
                                              std::size_t commits_max);

}  // namespace stet::storage
