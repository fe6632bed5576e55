#include "api/git/push_gate.h"

#include <algorithm>

#include "api/auth/path_rights.h"
#include "api/changes/record.h"
#include "api/git/change_gate.h"
#include "api/git/claims.h"
#include "cms/change/review_rules.h"
#include "cms/change/validate.h"
#include "storage/base/utf8.h"
#include "storage/commit/blob_writer.h"
#include "storage/history/merge_base.h"
#include "storage/remote/epoch.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::git {
namespace {

using storage::Repository;

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";
constexpr std::string_view kKept =
    "refs/heads/stet/";  // what no other branch has: api/remote/parked
constexpr std::size_t kNameBytesMax = 200;

// 40 zeros stand for nothing; none of an optional where the text is no id.
std::optional<std::optional<CommitId>> id_of(std::string_view hex) {
  if (hex.size() == 40 && hex.find_first_not_of('0') == std::string_view::npos) {
    return std::optional<CommitId>();
  }
  auto id = CommitId::parse(hex);
  if (!id) return std::nullopt;
  return std::optional(*id);
}

std::string line_of(const Problem& problem) {
  std::string line = printable(problem.path, kNameBytesMax);
  if (problem.line > 0) line += ":" + std::to_string(problem.line);
  line += problem.severity == Severity::kWarning ? ": warning: " : ": ";
  return line + problem.message;
}

// What the push may be said to have changed: not what the served branch has just so.
std::vector<change::PathScope> without_known(std::vector<change::PathScope> scopes,
                                             const change::Push& push,
                                             const storage::Snapshot& served) {
  std::erase_if(scopes, [&](const change::PathScope& needed) {
    auto there = served.find(needed.path);
    auto pushed = push.after->find(needed.path);
    return there && pushed && *there == *pushed;
  });
  return scopes;
}

Result<std::optional<CommitId>> head_if_there(const Repository& repository,
                                              const std::string& branch) {
  auto head = repository.head_of(branch);
  if (!head && head.error().code == ErrorCode::kNotFound) return std::optional<CommitId>();
  return head;
}

// What the push is compared with: the reference itself, or where a new branch has left the served.
Result<std::optional<CommitId>> ground_of(const Repository& repository,
                                          const std::optional<CommitId>& before,
                                          const std::optional<CommitId>& served,
                                          const CommitId& after) {
  if (before || !served) return before;
  return storage::merge_base(repository, *served, after);
}

Status judge_removal(const GateSettings& settings,
                     const RefUpdate& update,
                     bool is_served,
                     Verdict& verdict) {
  std::string name = printable(update.name, kNameBytesMax);
  if (is_served) {
    verdict.refuse(name + ": this branch is what the site is made of; it is never deleted");
  } else {
    verdict.apply(settings.policy.deletion, name + ": deleting branches and tags is not allowed");
  }
  return {};
}

Status judge_branch(const Repository& repository,
                    const GateSettings& settings,
                    const RefUpdate& update,
                    Verdict& verdict) {
  bool is_served = std::string_view(update.name).substr(kHeads.size()) == settings.branch;
  bool is_kept = (update.name + "/").starts_with(kKept);
  if (is_kept && !settings.may_all()) {
    verdict.refuse(printable(update.name, kNameBytesMax) +
                   ": stet keeps there what is nowhere else; for that the token needs admin");
    return {};
  }
  bool is_confined = settings.rights && settings.rights->is_confined();
  if (is_confined && !update.after) {
    verdict.refuse(printable(update.name, kNameBytesMax) + ": authors delete no branches");
    return {};
  }
  if (!update.after) return judge_removal(settings, update, is_served, verdict);
  if (is_served && update.before &&
      !TRY(storage::is_ancestor(repository, *update.before, *update.after))) {
    verdict.apply(is_confined ? PushAction::kRefuse : settings.policy.force,
                  printable(update.name, kNameBytesMax) +
                      ": this would take commits away that are published; pull, merge or rebase, "
                      "and push again without force");
  }
  std::string_view branch = std::string_view(update.name).substr(kHeads.size());
  if (is_served || !branch.starts_with(changes::kBranches)) {
    BranchKind kind = is_served ? BranchKind::kServed : BranchKind::kOther;
    return verdict.check(repository, settings, update.before, *update.after, kind);
  }
  TRY(verdict.check(repository, settings, update.before, *update.after, BranchKind::kChange));
  TRY(judge_notes(repository, settings, update, verdict));
  return judge_schedule(repository, settings, update, verdict);
}

// Whether it can be merged at all: the rest is seen when it is.
Status judge_proposal(const Repository& repository,
                      const GateSettings& settings,
                      const RefUpdate& update,
                      Verdict& verdict) {
  std::string name = printable(update.name, kNameBytesMax);
  std::string branch = update.name.substr(kForRefs.size());
  auto head = repository.head_of(branch);
  if (!settings.is_merging) {
    verdict.refuse(name + ": nothing merges pushes here: `stet serve` sets it up when it starts");
  } else if (!update.after) {
    verdict.refuse(name + ": there is nothing to merge");
  } else if (!head) {
    verdict.refuse(name + ": there is no branch '" + printable(branch, kNameBytesMax) +
                   "' to merge into");
  } else if (!repository.read_commit(*update.after)) {
    verdict.refuse(name + ": only commits can be merged");
  } else if (*head) {
    TRY(verdict.check_sizes(
        repository,
        settings,
        TRY(storage::compare(
            repository, TRY(ground_of(repository, {}, *head, *update.after)), *update.after))));
  }
  if (!verdict.is_refused() && head && branch.starts_with(changes::kBranches) && *head) {
    RefUpdate moved{std::string(kHeads) + branch, **head, update.after};
    return judge_notes(repository, settings, moved, verdict);
  }
  return {};
}

// Who raises it ends the leadership of this server, whoever may push else.
Status judge_epoch(const Repository& repository,
                   const GateSettings& settings,
                   const RefUpdate& update,
                   Verdict& verdict) {
  Status raised = update.after ? storage::check_raised(repository, *update.after)
                               : Status(conflict("an epoch is raised, and never taken away"));
  if (!settings.may_all()) {
    verdict.refuse(update.name + ": for that the token needs admin");
  } else if (!raised) {
    verdict.refuse(update.name + ": " + raised.error().message);
  }
  return {};
}

Status judge_one(const Repository& repository,
                 const GateSettings& settings,
                 const RefUpdate& update,
                 Verdict& verdict) {
  std::string_view ref = update.name;
  if (ref == storage::kEpochRef) return judge_epoch(repository, settings, update, verdict);
  if (!settings.read_only.empty()) {
    verdict.refuse(printable(ref, kNameBytesMax) + ": " + settings.read_only);
    return {};
  }
  if (ref.starts_with(kHeads)) return judge_branch(repository, settings, update, verdict);
  std::string name = printable(ref, kNameBytesMax);
  if (ref.starts_with(kForRefs)) return judge_proposal(repository, settings, update, verdict);
  bool is_tag = ref.starts_with(kTags);
  bool is_confined = settings.rights && settings.rights->is_confined();
  if (is_tag && is_confined) {
    verdict.refuse(name + ": authors push branches, and no tags");
  } else if (!is_tag && !settings.may_all()) {
    verdict.refuse(name + ": branches and tags can be pushed; for others the token needs admin");
  } else if (is_tag && !update.after) {
    return judge_removal(settings, update, false, verdict);
  } else if (is_tag && update.before) {
    verdict.apply(settings.policy.force, name + ": this tag is there, and names something else");
  }
  return {};
}

}  // namespace

bool GateSettings::may_all() const {
  return !rights || rights->may(auth::Area::kServer, auth::Action::kWrite);
}

void Verdict::add(std::string line) {
  if (lines_.size() >= kLinesMax) {
    ++lines_left_out_;
  } else {
    lines_.push_back(printable(line, kLineBytesMax));
  }
}

void Verdict::refuse(std::string line) {
  is_refused_ = true;
  ++refusals_;
  add(std::move(line));
}

void Verdict::warn(std::string line) { add(std::move(line)); }

void Verdict::apply(PushAction action, std::string line) {
  if (action == PushAction::kRefuse) return refuse(std::move(line));
  if (action == PushAction::kWarn) warn(std::move(line));
}

Judgement Verdict::finish() {
  if (lines_left_out_ > 0) {
    lines_.push_back("... and " + std::to_string(lines_left_out_) + " more");
  }
  std::string summary;
  if (is_refused_) {
    summary = "refused for " + std::to_string(refusals_) +
              (refusals_ == 1 ? " reason" : " reasons") + "; nothing was changed";
  }
  return {is_refused_, std::move(lines_), std::move(summary)};
}

Status Verdict::check(const Repository& repository,
                      const GateSettings& settings,
                      const std::optional<CommitId>& before,
                      const CommitId& after,
                      BranchKind kind) {
  const bool is_served = kind == BranchKind::kServed;
  if (!repository.read_commit(after)) {
    refuse(after.hex() + " is no commit; only commits can be on a branch");
    return {};
  }
  auto served = is_served ? before : TRY(head_if_there(repository, settings.branch));
  auto ground = TRY(ground_of(repository, before, served, after));
  change::Push push;
  push.after = TRY(storage::open_git_snapshot(repository, after));
  if (ground) push.before = TRY(storage::open_git_snapshot(repository, *ground));
  push.diff = TRY(storage::compare(repository, ground, after));
  TRY(check_sizes(repository, settings, push.diff));
  storage::SnapshotPtr there;
  if (!is_served && served) there = TRY(storage::open_git_snapshot(repository, *served));
  return check(push, settings, kind, there.get());
}

Status Verdict::check_sizes(const Repository& repository,
                            const GateSettings& settings,
                            const storage::Diff& diff) {
  for (const storage::FileChange& change : diff) {
    if (!change.after || !is_readable(change.after->kind)) continue;
    const std::uint64_t bytes = TRY(storage::blob_size(repository, change.after->blob));
    if (bytes <= settings.file_bytes_max) continue;
    refuse(printable(change.path.string(), kNameBytesMax) + ": it has " +
           std::to_string(bytes >> 20) + " MiB, and a file may have " +
           std::to_string(settings.file_bytes_max >> 20) +
           " (git.file_mib of the server's settings); Git LFS is for larger ones");
  }
  return {};
}

Status Verdict::check(change::Push push,
                      const GateSettings& settings,
                      const storage::SnapshotPtr& served) {
  return check(push, settings, served ? BranchKind::kOther : BranchKind::kServed, served.get());
}

Status Verdict::check(change::Push& push,
                      const GateSettings& settings,
                      BranchKind kind,
                      const storage::Snapshot* served) {
  push.theme = settings.theme;
  auto action = kind == BranchKind::kChange ? auth::Action::kPropose : auth::Action::kWrite;
  if (!settings.may_all()) TRY(check_rights(push, *settings.rights, action, served));
  if (kind == BranchKind::kServed) TRY(check_review(push, settings));
  for (const change::PushProblem& found : TRY(change::check_push(push))) {
    PushAction policy = settings.policy.of(found);
    if (policy == PushAction::kRefuse && kind != BranchKind::kServed) policy = PushAction::kWarn;
    apply(policy, line_of(found.problem));
  }
  return {};
}

// As the API asks it of its own writes; whoever has a shell is not asked.
Status Verdict::check_review(const change::Push& push, const GateSettings& settings) {
  if (!settings.rights || !push.before) return {};
  auto before = TRY(change::Surroundings::of(push.before, nullptr));
  change::ReviewRules rules = change::review_rules_of(before.config());
  bool may_bypass = rules.may_admins_bypass && settings.may_all();
  if (rules.approvals == 0 || may_bypass) return {};
  for (const change::PathScope& path : TRY(change::write_scopes_of(push))) {
    if (auth::area_of(*path.resource) == auth::Area::kDrafts) continue;
    refuse(printable(path.path.string(), kNameBytesMax) + ": " + change::must_be_a_change(rules) +
           "; push to refs/heads/change/<a name>, and have it approved");
  }
  return {};
}

Status Verdict::check_rights(const change::Push& push,
                             const auth::Rights& rights,
                             auth::Action action,
                             const storage::Snapshot* served) {
  auto needed = TRY(change::write_scopes_of(push));
  if (served) needed = without_known(std::move(needed), push, *served);
  for (const change::PathScope& path : needed) {
    std::string fault = TRY(auth::fault_of_path(path, push, rights, action));
    if (!fault.empty()) refuse(printable(path.path.string(), kNameBytesMax) + ": " + fault);
  }
  return {};
}

std::string change_of(const RefUpdate& update) {
  std::string_view name = update.name;
  for (std::string_view folder : {kHeads, kForRefs}) {
    if (!name.starts_with(folder)) continue;
    name.remove_prefix(folder.size());
    if (!name.starts_with(changes::kBranches)) return "";
    name.remove_prefix(changes::kBranches.size());
    return changes::is_id(name) ? std::string(name) : "";
  }
  return "";
}

Result<std::vector<RefUpdate>> parse_updates(std::string_view text) {
  std::vector<RefUpdate> updates;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    std::size_t first = line.find(' ');
    std::size_t second = first == line.npos ? first : line.find(' ', first + 1);
    if (second == line.npos || second + 1 == line.size()) {
      return invalid_input("git tells a hook '<before> <after> <name>'; this is none: '" +
                           printable(line, kNameBytesMax) + "'");
    }
    auto before = id_of(line.substr(0, first));
    auto after = id_of(line.substr(first + 1, second - first - 1));
    if (!before || !after) {
      return invalid_input("'" + printable(line, kNameBytesMax) + "' has no ids of git's");
    }
    if (updates.size() == kUpdatesMax) {
      return invalid_input("a push moves at most " + std::to_string(kUpdatesMax) +
                           " branches and tags; push them in parts");
    }
    updates.push_back({std::string(line.substr(second + 1)), *before, *after});
  }
  return updates;
}

Result<Judgement> judge(const Repository& repository,
                        const GateSettings& settings,
                        const std::vector<RefUpdate>& updates) {
  Verdict verdict;
  auto is_proposal = [](const RefUpdate& update) { return update.name.starts_with(kForRefs); };
  if (std::count_if(updates.begin(), updates.end(), is_proposal) >
      static_cast<std::ptrdiff_t>(kProposalsMax)) {
    verdict.refuse("one push may ask for " + std::to_string(kProposalsMax) + " merges at most");
    return verdict.finish();
  }
  for (const RefUpdate& update : updates) {
    Status judged = judge_one(repository, settings, update, verdict);
    if (judged) judged = judge_claims(repository, settings, update, verdict);
    if (!judged) return std::move(judged).error().within(printable(update.name, kNameBytesMax));
  }
  return verdict.finish();
}

}  // namespace stet::git
