// Where two lines of history part.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "storage/git/repository.h"

namespace stet::storage {

// The newest commit that both have in their history; where there are several, any one, always the
// same. None: they have nothing in common. The cost is that of the history back to there.
Result<std::optional<CommitId>> merge_base(const Repository& repository,
                                           const CommitId& a,
                                           const CommitId& b);

// All of them, that no other of them has in its history: several where the two have merged one
// another crosswise, each time in another order.
Result<std::vector<CommitId>> merge_bases(const Repository& repository,
                                          const CommitId& a,
                                          const CommitId& b);

// Whether `descendant` has `ancestor` in its history; a commit is its own ancestor.
Result<bool> is_ancestor(const Repository& repository,
                         const CommitId& ancestor,
                         const CommitId& descendant);

struct Distance {
  std::size_t ahead = 0;   // commits that the first has and the second has not
  std::size_t behind = 0;  // and the other way round
};
Result<Distance> distance(const Repository& repository, const CommitId& a, const CommitId& b);

}  // namespace stet::storage
