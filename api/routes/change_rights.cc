#include "api/routes/change_rights.h"

#include <algorithm>
#include <map>

#include "api/auth/door.h"
#include "api/changes/changes.h"
#include "cms/change/review_rules.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

using changes::Record;
using storage::ReviewRow;

Result<std::optional<auth::Rights>> rights_of_token(const Backend& backend, const std::string& id) {
  using Found = std::optional<auth::Rights>;
  for (const storage::TokenRow& token : TRY(backend.tokens.list())) {
    if (token.id != id) continue;
    bool has_ended = token.revoked || (token.expires && *token.expires <= backend.clock.now());
    if (has_ended || !token.user.empty()) return Found();
    return Found(auth::Rights{.scopes = TRY(auth::ScopeSet::parse(token.scopes))});
  }
  return Found();
}

// Each reviewer is looked up once.
class Reviewers {
 public:
  Reviewers(const Backend& backend, const Record& record) : backend_(backend), record_(record) {}

  Result<bool> may_count(const ReviewRow& review) {
    auto known = known_.find(review.user);
    if (known == known_.end()) {
      known = known_.emplace(review.user, TRY(may_publish(review.user))).first;
    }
    if (!known->second || review.verdict == storage::Verdict::kAskForChanges) {
      return known->second;
    }
    return !TRY(has_part_in(backend_, record_, review.user, review.mail));
  }

 private:
  Result<bool> may_publish(const std::string& actor) const {
    auto rights = TRY(rights_now(backend_, actor));
    return rights && TRY(publish_faults(backend_, record_, *rights)).empty();
  }

  const Backend& backend_;
  const Record& record_;
  std::map<std::string, bool> known_;
};

}  // namespace

Result<std::optional<auth::Rights>> rights_now(const Backend& backend, const std::string& actor) {
  using Found = std::optional<auth::Rights>;
  if (actor.empty()) return Found();
  auto user = backend.door ? backend.door->people.find_login(actor)
                           : Result<storage::UserRow>(not_found("there are no users"));
  if (!user && user.error().code != ErrorCode::kNotFound) return std::move(user).error();
  if (!user) return rights_of_token(backend, actor);
  if (user->disabled) return Found();
  return Found(TRY(auth::principal_of(*user, "")).rights);
}

Result<std::vector<auth::PathFault>> publish_faults(const Backend& backend,
                                                    const Record& record,
                                                    const auth::Rights& rights) {
  auto footing = TRY(backend.changes->footing_of(record));
  change::Push push;
  push.diff = footing->diff;
  push.after = TRY(storage::open_git_snapshot(backend.repository, record.head));
  push.before = TRY(storage::open_git_snapshot(backend.repository, footing->from));
  return auth::faults_of_push(push, rights);
}

Result<bool> has_part_in(const Backend& backend,
                         const Record& record,
                         const std::string& actor,
                         const std::string& mail) {
  if (changes::has_written(record, actor)) return true;
  bool is_named = std::any_of(record.people.begin(), record.people.end(), [&](const auto& person) {
    return !mail.empty() && person.email == mail;
  });
  auto pushers = TRY(backend.reviews->pushers(record.id));
  return is_named || std::any_of(pushers.begin(), pushers.end(), [&](const auto& pusher) {
           return pusher.actor == actor;
         });
}

Result<bool> has_opened(const Backend& backend, const Record& record, const std::string& actor) {
  if (actor.empty()) return false;
  if (!record.author.user.empty()) return record.author.user == actor;
  auto pushers = TRY(backend.reviews->pushers(record.id));
  return pushers.size() == 1 && pushers.front().actor == actor;
}

Result<changes::Approval> approval_of(const Backend& backend, const Record& record) {
  site::SitePtr site = backend.pipeline.site();
  std::size_t wanted = site ? change::review_rules_of(site->config()).approvals : 0;
  Reviewers reviewers(backend, record);
  return changes::approval_of(
      record, TRY(backend.reviews->reviews(record.id)), wanted, [&](const ReviewRow& review) {
        return reviewers.may_count(review);
      });
}

Result<std::string> fault_of_schedule(const Backend& backend, const Record& record) {
  std::vector<std::string> actors;
  if (!record.scheduled_by.empty()) {
    actors.push_back(record.scheduled_by);
  } else {
    for (auto& pusher : TRY(backend.reviews->pushers(record.id))) actors.push_back(pusher.actor);
  }
  if (actors.empty()) return std::string();  // by a shell
  for (const std::string& actor : actors) {
    auto rights = TRY(rights_now(backend, actor));
    if (rights && TRY(publish_faults(backend, record, *rights)).empty()) return std::string();
  }
  return "'" + actors.front() +
         "', who has set the time, may not publish this change any more; somebody who may sets it "
         "again";
}

}  // namespace stet::api
