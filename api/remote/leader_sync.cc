#include "api/remote/leader_sync.h"

#include <algorithm>
#include <utility>

#include "storage/history/merge_base.h"
#include "storage/remote/epoch.h"

namespace stet::remote {
namespace {

using storage::ReferenceMove;
using storage::References;

constexpr std::string_view kRefs = "refs/", kHeads = "refs/heads/";
constexpr char kHeadMet[] = "refs/stet/met/head";  // the leader's, as of the last round
constexpr char kFollowsNobody[] = "this server follows nobody any more";
constexpr std::size_t kUnsharedShownMax = 100;

// Whole folders of references, and those of one name where they are there.
std::vector<std::string> patterns() {
  const std::string to = ":" + std::string(kMirror);
  return {"+refs/heads/*" + to + "heads/*",
          "+refs/tags/*" + to + "tags/*",
          "+refs/stet/live/*" + to + "live/*",
          "+refs/stet/site*" + to + "site*",
          "+refs/stet/epoch*" + to + "epoch*"};
}

// "refs/stet/mirror/heads/main" is theirs, and becomes "refs/heads/main". Nothing else of theirs
// becomes ours by itself.
Result<References> mirrored(const storage::Repository& repository) {
  References theirs;
  for (std::string_view kind : {"heads/", "tags/"}) {
    const std::string prefix = std::string(kMirror).append(kind);
    for (const auto& [name, id] : TRY(storage::references_below(repository, prefix))) {
      theirs[std::string(kRefs) + name.substr(kMirror.size())] = id;
    }
  }
  return theirs;
}

Result<References> own(const storage::Repository& repository) {
  References ours = TRY(storage::references_below(repository, kHeads));
  ours.merge(TRY(storage::references_below(repository, "refs/tags/")));
  return ours;
}

// Where it is from now on.
Result<std::string> keep(const storage::Repository& repository,
                         const std::string& reference,
                         const CommitId& commit) {
  std::string kept =
      std::string(kUnshared) + reference.substr(kHeads.size()) + "-" + commit.hex().substr(0, 12);
  TRY(storage::set_reference(repository, kept, commit));
  return kept;
}

}  // namespace

LeaderSync::LeaderSync(Parts parts)
    : parts_(std::move(parts)),
      served_(std::string(kHeads) + parts_.branch),
      has_own_(parts_.leadership.term() > 0) {
  report_.url = parts_.leader.url();
  parts_.leader.remove_locks("refs/");
  auto live = read_live(parts_.repository, kMirror);
  if (live && *live) parts_.site_clock.tell((*live)->instant);
}

void LeaderSync::note(const std::string& text) const {
  if (parts_.note) parts_.note("follow: " + text);
}

Status LeaderSync::round() {
  ++report_.counts.looks;
  Status done = synchronize();
  if (!done && parts_.leader.is_stopped()) return done;  // that is no failure
  if (done) {
    if (report_.failing_since) note("the leader is followed again");
    report_.last_error.clear();
    report_.failing_since.reset();
    report_.last_look = parts_.clock.now();
  } else {
    ++report_.counts.failures;
    if (report_.last_error != done.error().message) note(done.error().message);
    report_.last_error = done.error().message;
    if (!report_.failing_since) report_.failing_since = parts_.clock.now();
  }
  fill_report();
  return done;
}

Status LeaderSync::synchronize() {
  TRY(parts_.leader.mirror(patterns()));
  if (parts_.leadership.has_changed()) return unavailable(kFollowsNobody);
  TRY(look_at_facts());
  TRY(check_epoch());
  live_ = TRY(read_live(parts_.repository, kMirror));
  const std::vector<ReferenceMove> moves = TRY(plan());
  // Whoever was promoted meanwhile has a branch of its own.
  if (parts_.leadership.has_changed()) return unavailable(kFollowsNobody);
  const Instant before = parts_.site_clock.now();
  if (live_) {
    parts_.site_clock.tell(live_->instant);
  } else {
    parts_.site_clock.forget();
  }
  TRY(move(moves));
  if (has_own_) TRY(parts_.leadership.forget_term());
  has_own_ = false;
  report_.counts.moves += moves.empty() ? 0 : 1;
  const bool is_news = !moves.empty() || (live_ && live_->instant != before);
  if (is_news && parts_.moved) parts_.moved();
  return {};
}

// First what goes: a branch may have become a folder of branches.
Status LeaderSync::move(const std::vector<ReferenceMove>& moves) {
  constexpr char kReason[] = "stet: as the leader has it";
  std::vector<ReferenceMove> gone, come;
  for (const ReferenceMove& move : moves) (move.to ? come : gone).push_back(move);
  TRY(parts_.leader.move_references(gone, kReason));
  return parts_.leader.move_references(come, kReason);
}

// One that leads in an earlier epoch was replaced, by somebody who is to be followed.
Status LeaderSync::check_epoch() {
  report_.epoch = TRY(storage::read_epoch(parts_.repository, kMirroredEpoch));
  std::uint64_t ours = TRY(storage::read_epoch(parts_.repository));
  if (report_.epoch > ours) {
    note("the site is in epoch " + std::to_string(report_.epoch) + " now");
    TRY(storage::raise_epoch(parts_.repository, report_.epoch));
    ours = report_.epoch;
  }
  const std::uint64_t led = report_.term > 0 ? report_.term : report_.epoch;
  if (led >= ours) return {};
  return conflict("it has led in epoch " + std::to_string(led) +
                  ", and another leads since epoch " + std::to_string(ours) +
                  ": follow that one ([follow] url, --follow)");
}

Status LeaderSync::look_at_facts() {
  const auto facts = TRY(read_facts(parts_.repository, kMirror));
  report_.admin_url = facts ? facts->admin : "";
  report_.term = facts ? facts->term : 0;
  const std::string settings = parts_.settings ? parts_.settings() : "";
  const bool is_alike = !facts || settings.empty() || facts->settings == settings;
  if (report_.is_alike && !is_alike) {
    note("the leader renders pages by another version, address (it has '" + facts->url +
         "') or other settings: pages here may differ from its");
  }
  report_.is_alike = is_alike;
  return {};
}

Result<std::vector<ReferenceMove>> LeaderSync::plan() {
  References theirs = TRY(mirrored(parts_.repository));
  const References ours = TRY(own(parts_.repository));
  auto head = theirs.find(served_);
  if (head == theirs.end()) {
    return not_found("the leader has no branch '" + parts_.branch + "'; what is here stays");
  }
  report_.head = head->second;
  TRY(keep_what_it_had(head->second));
  if (has_own_) TRY(keep_unshared(theirs, ours));
  if (live_) head->second = live_->commit;
  std::vector<ReferenceMove> moves;
  for (const auto& [name, id] : ours) {
    if (!theirs.contains(name)) moves.push_back({.name = name, .from = id, .to = std::nullopt});
  }
  for (const auto& [name, id] : theirs) {
    const auto here = ours.find(name);
    if (here != ours.end() && here->second == id) continue;
    std::optional<CommitId> from;
    if (here != ours.end()) from = here->second;
    moves.push_back({.name = name, .from = from, .to = id});
  }
  return moves;
}

Status LeaderSync::keep_unshared(const References& theirs, const References& ours) {
  for (const auto& [name, commit] : ours) {
    if (!name.starts_with(kHeads)) continue;
    const auto there = theirs.find(name);
    const bool is_there = there != theirs.end() &&
                          TRY(storage::is_ancestor(parts_.repository, commit, there->second));
    if (is_there) continue;
    const std::string kept = TRY(keep(parts_.repository, name, commit));
    note("'" + name.substr(kHeads.size()) +
         "' had commits that the leader has not; they are kept at " + kept);
  }
  return {};
}

// A leader that has lost its disk may serve an older backup: what it acknowledged is here still.
Status LeaderSync::keep_what_it_had(const CommitId& head) {
  const References met = TRY(storage::references_below(parts_.repository, kHeadMet));
  const auto before = met.find(kHeadMet);
  if (before != met.end() && before->second == head) return {};
  if (before != met.end() && !TRY(storage::is_ancestor(parts_.repository, before->second, head))) {
    const std::string kept = TRY(keep(parts_.repository, served_, before->second));
    note("the leader has no longer all that it had: commits of '" + parts_.branch +
         "' are kept at " + kept);
  }
  return storage::set_reference(parts_.repository, kHeadMet, head);
}

void LeaderSync::fill_report() {
  auto shown = parts_.repository.head_of(parts_.branch);
  const bool is_known = shown && *shown && report_.head;
  auto distance = is_known ? storage::distance(parts_.repository, **shown, *report_.head)
                           : Result<storage::Distance>(not_found("nothing yet"));
  if (distance) report_.behind = distance->behind;
  report_.unshared.clear();
  if (auto unshared = storage::references_below(parts_.repository, kUnshared)) {
    for (const auto& [name, commit] : *unshared) {
      if (report_.unshared.size() < kUnsharedShownMax) report_.unshared.push_back(name);
    }
  }
  auto epoch = storage::read_epoch(parts_.repository);
  const std::uint64_t led = report_.term > 0 ? report_.term : report_.epoch;
  const bool is_outdated = led > 0 && epoch && led < *epoch;
  report_.state = is_outdated                  ? LeaderState::kOutdated
                  : report_.last_error.empty() ? LeaderState::kInStep
                                               : LeaderState::kFailing;
}

namespace {

// Goes on from a head of the leader's where that is beyond ours; keeps it where it is beside it.
Status take(const storage::Repository& repository,
            const std::string& served,
            const CommitId& head,
            Adopted& adopted) {
  const References ours = TRY(storage::references_below(repository, served));
  const auto shown = ours.find(served);
  if (shown == ours.end()) return storage::set_reference(repository, served, head);
  if (TRY(storage::is_ancestor(repository, shown->second, head))) {
    adopted.gained += TRY(storage::distance(repository, shown->second, head)).behind;
    return storage::move_reference(repository, served, shown->second, head);
  }
  if (!TRY(storage::is_ancestor(repository, head, shown->second))) {
    adopted.kept.push_back(TRY(keep(repository, served, head)));
  }
  return {};
}

}  // namespace

Result<Adopted> adopt_mirror(const storage::Repository& repository, const std::string& branch) {
  References heads = TRY(storage::references_below(repository, kMirror));
  heads.merge(TRY(storage::references_below(repository, kHeadMet)));
  const std::string served = std::string(kHeads) + branch;
  const auto theirs = heads.find(std::string(kMirror) + "heads/" + branch);
  const auto met = heads.find(kHeadMet);
  Adopted adopted;
  if (theirs != heads.end()) TRY(take(repository, served, theirs->second, adopted));
  // It may have lost some between the last round and a fetch after that.
  const bool is_within =
      met == heads.end() ||
      (theirs != heads.end() && TRY(storage::is_ancestor(repository, met->second, theirs->second)));
  if (!is_within) TRY(take(repository, served, met->second, adopted));
  for (const auto& [name, id] : heads) TRY(storage::remove_reference(repository, name));
  return adopted;
}

}  // namespace stet::remote
