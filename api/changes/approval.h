// Whether a change has been approved, as it is now.
//
// Of each reviewer the last word counts, and an approval only of the files as they are: of another
// state it is stale. Nobody approves what they have written to. A word counts while its reviewer
// may publish the change, and until it is dismissed. How many are wanted:
// cms/change/review_rules.h. Threads: pure functions.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "api/changes/record.h"
#include "storage/sqlite/reviews.h"

namespace stet::changes {

bool is_stale(const storage::ReviewRow& review, const Record& record);
bool has_written(const Record& record, const std::string& user);

struct Approval {
  std::size_t wanted = 0, given = 0;
  std::vector<std::string> askers;     // who have asked for changes, and not approved since
  std::vector<std::string> reviewers;  // "Name <mail>" of those that count
  // Enough of them, and nobody asks for changes; where none is wanted, always.
  bool is_met() const { return wanted == 0 || (given >= wanted && askers.empty()); }
  std::string reason() const;  // why it is not met
};

// `may_count`: whether its reviewer's word counts now.
Result<Approval> approval_of(
    const Record& record,
    const std::vector<storage::ReviewRow>& reviews,
    std::size_t wanted,
    const std::function<Result<bool>(const storage::ReviewRow&)>& may_count);

}  // namespace stet::changes
