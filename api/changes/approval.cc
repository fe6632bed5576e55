#include "api/changes/approval.h"

#include <algorithm>
#include <map>

namespace stet::changes {

std::size_t approvals_wanted(const site::Config& config) {
  using liquid::Type;
  liquid::Value stet = config.get("stet");
  if (stet.type() != Type::kHash) return 0;
  const liquid::Value* review = stet.as_hash().find("review");
  if (!review || review->type() != Type::kHash) return 0;
  const liquid::Value* approvals = review->as_hash().find("approvals");
  if (!approvals || approvals->type() != Type::kInteger) return 0;
  return static_cast<std::size_t>(
      std::clamp<std::int64_t>(approvals->as_integer(), 0, kApprovalsMax));
}

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

Approval approval_of(const Record& record,
                     const std::vector<storage::ReviewRow>& reviews,
                     std::size_t wanted) {
  std::map<std::string, const storage::ReviewRow*> last;
  for (const storage::ReviewRow& review : reviews) last[review.user] = &review;
  Approval approval{.wanted = wanted, .given = 0, .askers = {}, .reviewers = {}};
  for (const auto& [user, review] : last) {
    if (review->verdict == storage::Verdict::kAskForChanges) {
      approval.askers.push_back(user);
    } else if (!is_stale(*review, record) && !has_written(record, user)) {
      ++approval.given;
      approval.reviewers.push_back(review->name + " <" + review->mail + ">");
    }
  }
  return approval;
}

}  // namespace stet::changes
