#include "api/git/claims.h"

#include <algorithm>
#include <span>

#include "api/changes/notes.h"
#include "storage/base/utf8.h"
#include "storage/history/commit_range.h"

namespace stet::git {
namespace {

constexpr std::string_view kActorKeys[] = {"Stet-User", "Stet-Token"};
// What a pusher may note of a change, as the change's own rights are (judge_schedule).
constexpr std::string_view kNoteKeys[] = {
    "Stet-Change", "Stet-Title", "Stet-Publish-At", "Stet-Publish-Method"};
constexpr std::string_view kOurs = "stet-";
constexpr std::size_t kShownBytesMax = 100, kShortId = 12;

bool is_ours(std::string_view key) {
  return key.size() > kOurs.size() &&
         std::equal(kOurs.begin(), kOurs.end(), key.begin(), [](char ours, char theirs) {
           return ours == theirs || ours - 'a' + 'A' == theirs;
         });
}

bool is_one_of(std::span<const std::string_view> keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool is_pushers(std::string_view key, std::string_view value, std::string_view actor) {
  if (is_one_of(kActorKeys, key)) return !actor.empty() && value == actor;
  return is_one_of(kNoteKeys, key) && !(key == "Stet-Change" && value == "publish");
}

}  // namespace

std::string claim_of(std::string_view message, std::string_view actor) {
  for (const auto& [key, value] : changes::trailers_of(message)) {
    if (!is_ours(key) || is_pushers(key, value, actor)) continue;
    return printable(std::string(key).append(": ").append(value), kShownBytesMax);
  }
  return "";
}

Status judge_claims(const storage::Repository& repository,
                    const GateSettings& settings,
                    const RefUpdate& update,
                    Verdict& verdict) {
  if (settings.may_all() || !update.after) return {};
  auto commits = storage::commits_unknown(repository, *update.after, kNewCommitsMax);
  if (!commits && commits.error().code == ErrorCode::kInvalidInput) {
    verdict.refuse(commits.error().message + "; push them in parts");
    return {};
  }
  if (!commits) return std::move(commits).error();
  for (const CommitId& id : *commits) {
    storage::CommitRecord commit = TRY(repository.read_commit(id));
    std::string claim = claim_of(commit.message, settings.actor);
    if (claim.empty()) continue;
    verdict.refuse("commit " + id.hex().substr(0, kShortId) + " says '" + claim +
                   "', which only the server says: take that line out of its message ('git commit "
                   "--amend', 'git rebase -i'), merge instead of rebasing, or let an "
                   "administrator push it");
  }
  return {};
}

}  // namespace stet::git
