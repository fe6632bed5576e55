// Whether a change has been approved, as it is now.
//
// Of each reviewer the last word counts, and an approval only of the files as they are: of another
// state it is stale. Nobody approves what they have written to. Who may approve is asked when they
// do (whoever may publish it). Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "api/changes/record.h"
#include "cms/site/config.h"
#include "storage/sqlite/reviews.h"

namespace stet::changes {

// `stet: review: approvals:` of the site's configuration; 0 where it says nothing. kApprovalsMax.
inline constexpr std::size_t kApprovalsMax = 10;
std::size_t approvals_wanted(const site::Config& config);

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

Approval approval_of(const Record& record,
                     const std::vector<storage::ReviewRow>& reviews,
                     std::size_t wanted);

}  // namespace stet::changes
