#include "api/git/change_gate.h"

#include "api/auth/path_rights.h"
#include "api/changes/approval.h"
#include "storage/base/utf8.h"
#include "storage/history/merge_base.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::git {
namespace {

using changes::Note;
using changes::RecordPtr;
using changes::Verb;
using storage::Repository;

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::size_t kNameBytesMax = 200, kShortId = 12;

Result<std::optional<CommitId>> served_head(const Repository& repository,
                                            const GateSettings& settings) {
  auto head = repository.head_of(settings.branch);
  if (!head && head.error().code == ErrorCode::kNotFound) return std::optional<CommitId>();
  return head;
}

std::string_view id_of(const RefUpdate& update) {
  return std::string_view(update.name).substr(kHeads.size() + changes::kBranches.size());
}

// Of what the change is about, as it is at this commit.
Result<std::vector<auth::PathFault>> faults_of(const Repository& repository,
                                               const GateSettings& settings,
                                               const CommitId& head,
                                               const std::optional<CommitId>& served) {
  auto ground = served ? TRY(storage::merge_base(repository, *served, head)) : std::nullopt;
  change::Push push;
  push.after = TRY(storage::open_git_snapshot(repository, head));
  if (ground) push.before = TRY(storage::open_git_snapshot(repository, *ground));
  push.diff = TRY(storage::compare(repository, ground, head));
  // One that changes nothing yet is for those who may publish at all.
  bool is_publisher = settings.rights->may(auth::Area::kContent, auth::Action::kWrite);
  if (push.diff.empty() && !is_publisher) {
    return std::vector<auth::PathFault>{{"the change", "it is somebody else's"}};
  }
  return auth::faults_of_push(push, *settings.rights);
}

struct Standing {
  bool has_opened = false, has_written = false, may_publish = false;

  bool may_say(Verb verb) const {
    switch (verb) {
      case Verb::kOpen: return has_opened;
      case Verb::kDescribe:
      case Verb::kAskReview:
      case Verb::kUnaskReview: return has_opened || has_written || may_publish;
      case Verb::kWithdraw:
      case Verb::kReopen: return has_opened || may_publish;
      case Verb::kSchedule:
      case Verb::kUnschedule: return may_publish;
      case Verb::kPublish: break;  // claims.h: the server's alone
    }
    return true;
  }

  static std::string_view whose(Verb verb) {
    switch (verb) {
      case Verb::kOpen: return "that is for who has opened it";
      case Verb::kDescribe:
      case Verb::kAskReview:
      case Verb::kUnaskReview:
        return "that is for who has opened it or written to it, or may publish it";
      case Verb::kSchedule:
      case Verb::kUnschedule:
        return "whether it is published at a set time is for who may publish it";
      case Verb::kWithdraw:
      case Verb::kReopen:
      case Verb::kPublish: break;
    }
    return "that is for who has opened it, or may publish it";
  }
};

}  // namespace

Status judge_notes(const Repository& repository,
                   const GateSettings& settings,
                   const RefUpdate& update,
                   Verdict& verdict) {
  bool is_judged = !settings.may_all() && update.before && update.after;
  if (!is_judged || !repository.read_commit(*update.after)) return {};
  auto served = TRY(served_head(repository, settings));
  RecordPtr before = TRY(changes::read_record(repository, id_of(update), *update.before, served));
  if (!before) return {};
  std::optional<Standing> standing;
  for (const storage::CommitRecord& commit :
       TRY(changes::line_of(repository, *update.after, served)).commits) {
    if (commit.id == *update.before) break;
    auto said = changes::note_of(commit.message);
    if (!said) continue;
    if (!standing) {
      bool has_opened = !settings.actor.empty() && before->author.user == settings.actor;
      auto faults = TRY(faults_of(repository, settings, *update.before, served));
      standing =
          Standing{has_opened, changes::has_written(*before, settings.actor), faults.empty()};
    }
    if (standing->may_say(said->verb)) continue;
    verdict.refuse("commit " + commit.id.hex().substr(0, kShortId) + " says '" +
                   std::string(changes::trailer_of(commit.message, "Stet-Change")) +
                   "' of the change '" + printable(id_of(update), kNameBytesMax) +
                   "': " + std::string(Standing::whose(said->verb)) +
                   "; take the line Stet-Change out of its message");
  }
  return {};
}

Status judge_schedule(const Repository& repository,
                      const GateSettings& settings,
                      const RefUpdate& update,
                      Verdict& verdict) {
  if (settings.may_all() || !repository.read_commit(*update.after)) return {};
  auto served = TRY(served_head(repository, settings));
  auto record = TRY(changes::read_record(repository, id_of(update), *update.after, served));
  if (!record || !record->publish_at) return {};
  for (const auth::PathFault& fault : TRY(faults_of(repository, settings, *update.after, served))) {
    verdict.refuse(printable(fault.path, kNameBytesMax) +
                   ": the change is to be published at a set time, and " + fault.reason);
  }
  return {};
}

}  // namespace stet::git
