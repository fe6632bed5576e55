#include "api/remote/upstream_sync.h"

#include "cms/change/merge_into.h"
#include "storage/history/merge_base.h"

namespace stet::remote {
namespace {

using storage::is_ancestor;

constexpr std::size_t kConflictsShownMax = 50;

Problems shown(const std::vector<change::FileConflict>& conflicts) {
  Problems shown;
  for (const change::FileConflict& conflict : conflicts) {
    if (shown.size() == kConflictsShownMax) {
      Problem rest;
      rest.message = "and " + std::to_string(conflicts.size() - shown.size()) + " more";
      shown.push_back(std::move(rest));
      break;
    }
    shown.push_back(conflict.problem());
  }
  return shown;
}

std::string short_id(const CommitId& commit) { return commit.hex().substr(0, 12); }

}  // namespace

UpstreamSync::UpstreamSync(Parts parts, SyncOptions options)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      branch_(parts_.committer.branch()),
      seen_ref_("refs/stet/upstream/" + branch_),
      fetched_ref_("refs/stet/fetched/" + branch_),
      parked_(parts_.repository, parts_.upstream) {
  report_.url = parts_.upstream.url();
  std::size_t locks =
      parts_.upstream.remove_locks("refs/stet/") + parts_.upstream.remove_locks("refs/heads/stet/");
  if (locks > 0)
    note("removed " + std::to_string(locks) + " locks, which a killed process had left");
}

void UpstreamSync::note(const std::string& text) const {
  if (parts_.note) parts_.note("remote: " + text);
}

std::optional<CommitId> UpstreamSync::seen() const {
  auto commit = parts_.repository.resolve(seen_ref_);
  return commit ? std::optional(*commit) : std::nullopt;
}

// None also where the branch is gone: then it is theirs to give.
std::optional<CommitId> UpstreamSync::ours() const {
  auto head = parts_.repository.head_of(branch_);
  return head ? *head : std::nullopt;
}

Status UpstreamSync::round(bool adopts) {
  ++report_.counts.rounds;
  adopts_ = adopts;
  is_gone_ = false;
  Status done = synchronize();
  if (!done && parts_.upstream.is_stopped()) return done;  // that is no failure
  if (done) {
    report_.last_error.clear();
    report_.failing_since.reset();
  } else {
    ++report_.counts.failures;
    if (report_.last_error != done.error().message) note(done.error().message);
    report_.last_error = done.error().message;
    if (!report_.failing_since) report_.failing_since = parts_.clock.now();
  }
  fill_report();
  return done;
}

Status UpstreamSync::synchronize() {
  is_raced_ = false;
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    Step step = TRY(is_raced_ ? take_at_once() : take());
    if (step == Step::kStays) return {};
    if (step != Step::kTaken) continue;
    if (TRY(give())) return {};
    is_raced_ = true;
  }
  return unavailable("both sides kept moving; it will be tried again");
}

Result<UpstreamSync::Step> UpstreamSync::take() {
  TRY(choose_branch());
  report_.last_fetch = parts_.clock.now();
  if (!theirs_) return Step::kTaken;
  auto is_at = [&](const std::string& reference) {
    auto commit = parts_.repository.resolve(reference);
    return commit && *commit == *theirs_;
  };
  if (!is_at(seen_ref_) && !is_at(fetched_ref_)) TRY(fetch());
  return reconcile();
}

// Between what a fetch sees and the push lies nothing but the merge: the shorter that is, the fewer
// others come between.
Result<UpstreamSync::Step> UpstreamSync::take_at_once() {
  TRY(fetch());
  report_.last_fetch = parts_.clock.now();
  return reconcile();
}

// Which branch of theirs, and where it is.
Status UpstreamSync::choose_branch() {
  if (name_.empty()) {
    name_ = options_.remote_branch.empty() ? branch_ : options_.remote_branch;
  }
  auto listing = TRY(parts_.upstream.list(name_));
  theirs_ = listing.branch;
  if (theirs_) return {};
  if (!listing.default_head && !seen()) return {};  // it is empty
  if (!listing.default_head || !options_.remote_branch.empty()) return gone(listing);
  return look_for_renamed(listing);
}

// Another default branch is the same one under a new name where it has all that we know of.
Status UpstreamSync::look_for_renamed(const storage::UpstreamListing& listing) {
  const std::string before = name_;
  name_ = listing.default_branch;
  theirs_ = listing.default_head;
  Status fetched = fetch();
  auto seen = this->seen();
  auto is_same =
      fetched && seen ? is_ancestor(parts_.repository, *seen, *theirs_) : fetched.has_value();
  if (is_same && *is_same) {
    note("its branch '" + before + "' is not there; '" + name_ + "' is followed");
    return {};
  }
  name_ = before;
  theirs_.reset();
  return fetched ? Status(gone(listing)) : fetched;
}

Error UpstreamSync::gone(const storage::UpstreamListing& listing) {
  is_gone_ = true;
  std::string message = "the remote has no branch '" + name_ + "'";
  if (seen()) message += " any more; what is here stays, and nothing is pushed until it is back";
  if (!listing.default_branch.empty()) {
    message += " (its default branch is '" + listing.default_branch +
               "'; branch in [remote] says "
               "which one is followed)";
  }
  return not_found(std::move(message));
}

Status UpstreamSync::fetch() {
  ++report_.counts.fetches;
  TRY(parts_.upstream.fetch(name_, fetched_ref_));
  theirs_ = TRY(parts_.repository.resolve(fetched_ref_));
  return {};
}

Result<UpstreamSync::Step> UpstreamSync::reconcile() {
  const auto ours = this->ours();
  const auto seen = this->seen();
  if (!ours) {
    if (seen) note("'" + branch_ + "' was gone here; it is made anew, of what is there");
    return follow(ours, "from the upstream");
  }
  if (TRY(is_rewritten(*ours, seen))) return take_rewritten(*ours, *seen);
  return merge(*ours);
}

// Theirs has not what it had, and ours has. Where ours has what is new in theirs as well, somebody
// has merged it.
Result<bool> UpstreamSync::is_rewritten(const CommitId& ours,
                                        const std::optional<CommitId>& seen) const {
  const storage::Repository& repository = parts_.repository;
  if (!seen || *seen == *theirs_ || TRY(is_ancestor(repository, *seen, *theirs_))) return false;
  if (!TRY(is_ancestor(repository, *seen, ours))) return false;
  bool has_news = !TRY(is_ancestor(repository, *theirs_, *seen));
  return !has_news || !TRY(is_ancestor(repository, *theirs_, ours));
}

Result<UpstreamSync::Step> UpstreamSync::take_rewritten(const CommitId& ours,
                                                        const CommitId& seen) {
  if (options_.is_following_rewrites && ours == seen) {
    TRY(parked_.keep_replaced(ours));
    note("its history was rewritten; it is followed, and what was here until now is kept on '" +
         std::string(kReplacedPrefix) + short_id(ours) + "'");
    return follow(ours, "the upstream's history was rewritten");
  }
  std::string own = ours == seen ? "the settings do not follow that"
                                 : "commits that were made here are not in it";
  return park(ours, "the upstream's history was rewritten, and " + own, {});
}

Result<UpstreamSync::Step> UpstreamSync::follow(const std::optional<CommitId>& ours,
                                                const std::string& reason) {
  Status moved = parts_.upstream.move_reference(
      {.name = "refs/heads/" + branch_, .from = ours, .to = *theirs_, .reason = "stet: " + reason});
  if (!moved && moved.error().code == ErrorCode::kConflict) return Step::kAgain;
  TRY(std::move(moved));
  if (parts_.moved) parts_.moved();
  return settle(*theirs_);
}

Result<UpstreamSync::Step> UpstreamSync::merge(const CommitId& ours) {
  if (unmerged_ == std::pair(ours, *theirs_) && !adopts_) return Step::kStays;
  change::MergeRequest request{.commit = *theirs_, .author = {}, .message = {}};
  request.author.name = options_.name;
  request.author.email = options_.email;
  request.author.when.seconds = parts_.clock.now().seconds;
  request.message = "Merge '" + name_ + "' of " + parts_.upstream.url();
  auto outcome = change::merge_into(parts_.repository, parts_.committer, request);
  if (!outcome) return std::move(outcome).error().within("merge the upstream");
  using Kind = change::MergeOutcome::Kind;
  switch (outcome->kind) {
    case Kind::kMerged: ++report_.counts.merges; [[fallthrough]];
    case Kind::kForwarded:
      if (parts_.moved) parts_.moved();
      [[fallthrough]];
    case Kind::kContained: return settle(*outcome->after);
    case Kind::kConflicts:
      return park(ours, "both sides have changed the same", shown(outcome->conflicts));
    case Kind::kUnrelated:
      return park(ours, "the histories here and there have nothing in common", {});
    case Kind::kRefused:
    case Kind::kDiverged: break;  // nobody judges here, and a merge is fine
  }
  return Step::kAgain;
}

Result<UpstreamSync::Step> UpstreamSync::park(const CommitId& ours,
                                              std::string reason,
                                              Problems conflicts) {
  if (adopts_) {
    TRY(parked_.keep_replaced(ours));
    note("theirs is taken in place of ours, which is kept on '" + std::string(kReplacedPrefix) +
         short_id(ours) + "'");
    return follow(ours, "taken in place of ours");
  }
  bool is_news = unmerged_ != std::pair(ours, *theirs_);
  TRY(parked_.park(*theirs_, reason, std::move(conflicts)));
  unmerged_ = std::pair(ours, *theirs_);
  if (is_news && !is_parked_) {
    note(reason + "; theirs is on '" + std::string(kParkedPrefix) + short_id(*theirs_) +
         "' until somebody merges it");
  }
  is_parked_ = true;
  return Step::kStays;
}

// Ours has all of theirs.
Result<UpstreamSync::Step> UpstreamSync::settle(const CommitId& ours) {
  if (is_raced_) return Step::kTaken;  // the push first
  for (const std::string& branch : TRY(parked_.take_off(ours))) {
    note("'" + branch + "' is merged");
  }
  unmerged_.reset();
  is_parked_ = false;
  TRY(remember(*theirs_));
  return Step::kTaken;
}

Status UpstreamSync::remember(const CommitId& theirs) {
  auto before = seen();
  if (before == theirs) return {};
  return parts_.upstream.move_reference(
      {.name = seen_ref_, .from = before, .to = theirs, .reason = "stet: seen"});
}

// False: they were first.
Result<bool> UpstreamSync::give() {
  const auto ours = this->ours();
  if (!options_.is_pushing || !ours || ours == theirs_) return true;
  auto outcome = TRY(parts_.upstream.push(*ours, name_));
  using Kind = storage::PushOutcome::Kind;
  if (outcome.kind == Kind::kBehind) return false;
  if (outcome.kind == Kind::kRefused) {
    return forbidden("the remote does not take what was committed here: " + outcome.reason);
  }
  ++report_.counts.pushes;
  report_.last_push = parts_.clock.now();
  theirs_ = ours;
  is_raced_ = false;
  TRY(settle(*ours));
  return true;
}

void UpstreamSync::fill_report() {
  const auto ours = this->ours();
  report_.remote_branch = name_;
  if (theirs_) report_.upstream = theirs_;
  report_.ahead = report_.behind = 0;
  const auto& upstream = report_.upstream;
  if (ours && upstream && *ours != *upstream) {
    auto distance = storage::distance(parts_.repository, *ours, *upstream);
    if (distance) report_.ahead = distance->ahead, report_.behind = distance->behind;
  }
  auto parked = parked_.parked(), replaced = parked_.replaced();
  if (parked) report_.parked = *std::move(parked);
  if (replaced) report_.replaced = *std::move(replaced);
  if (is_gone_) {
    report_.state = RemoteState::kGone;
  } else if (!report_.last_error.empty()) {
    report_.state = RemoteState::kFailing;
  } else if (is_parked_) {
    report_.state = RemoteState::kParked;
  } else {
    report_.state = ours == upstream ? RemoteState::kInStep : RemoteState::kAhead;
  }
}

}  // namespace stet::remote
