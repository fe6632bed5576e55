#include "api/changes/approval.h"

#include <algorithm>
#include <map>

namespace stet::changes {

bool is_stale(const storage::ReviewRow& review, const Record& record) {
  return review.tree != record.tree.hex();
}

bool has_written(const Record& record, const std::string& user) {
  if (user.empty()) return false;
  if (record.author.user == user) return true;
  return std::any_of(record.people.begin(), record.people.end(), [&](const Person& person) {
    return person.user == user;
  });
}

std::string Approval::reason() const {
  if (!askers.empty()) return "changes are asked for by " + askers.front();
  return "it needs " + std::to_string(wanted) + (wanted == 1 ? " approval" : " approvals") +
         " of the files as they are now, and has " + std::to_string(given);
}

Result<Approval> approval_of(
    const Record& record,
    const std::vector<storage::ReviewRow>& reviews,
    std::size_t wanted,
    const std::function<Result<bool>(const storage::ReviewRow&)>& may_count) {
  std::map<std::string, const storage::ReviewRow*> last;
  for (const storage::ReviewRow& review : reviews) last[review.user] = &review;
  Approval approval{.wanted = wanted, .given = 0, .askers = {}, .reviewers = {}};
  for (const auto& [user, review] : last) {
    bool asks = review->verdict == storage::Verdict::kAskForChanges;
    bool is_void = !review->dismissed_by.empty() ||
                   (!asks && (is_stale(*review, record) || has_written(record, user)));
    if (is_void || !TRY(may_count(*review))) continue;
    if (asks) {
      approval.askers.push_back(user);
    } else {
      ++approval.given;
      approval.reviewers.push_back(review->name + " <" + review->mail + ">");
    }
  }
  return approval;
}

}  // namespace stet::changes
