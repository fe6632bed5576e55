// How many people have to approve a change before it is published: what `_config.yml` says.
//
//     stet:
//       review:
//         approvals: 1          # 0 to kApprovalsMax; nothing: 0
//         admins_bypass: false  # whether admins may write what is live all the same
//
// Where approvals are wanted, what is live changes by published changes alone; drafts, which nobody
// is shown, are written as ever. Whoever writes it wants to be asked: what is no such number counts
// as one approval at least, and is a fault. Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>

#include "cms/document/data.h"
#include "cms/site/config.h"

namespace stet::change {

inline constexpr std::size_t kApprovalsMax = 20;
inline constexpr char kReviewPointer[] = "/stet/review";

struct ReviewRules {
  std::size_t approvals = 0;
  bool may_admins_bypass = false;
  std::string pointer, fault;  // "": there is none
};

// `stet`: the configuration's value of that key; null: it has none.
ReviewRules review_rules_of(const document::Data* stet);
ReviewRules review_rules_of(const site::Config& config);

// What stands against writing a file of what is live by a client's own write, and the mend.
std::string must_be_a_change(const ReviewRules& rules);

}  // namespace stet::change
