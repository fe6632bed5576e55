// One round between a branch of ours and its upstream: look, fetch, take, give.
//
// Take: a branch that only they have moved follows them; one that both have moved is merged, field
// by field, while others commit (merge_into.h); what cannot be merged is parked (parked.h), and
// ours stays as it is. Give: what was committed here is
// pushed, never by force; where they were first, it is fetched, merged and pushed again with
// nothing else between, kAttemptsMax times in all. Each time is as likely to win as theirs is to
// pause for as long as a fetch, a merge and a push take; what has not won is tried again in the
// next round.
//
// What else a remote does: its history was rewritten (by a force-push): we follow where nothing of
// ours would be lost, and keep the branch as it was on a branch of its own; else theirs is parked.
// Its branch is gone: ours stays, and nothing is pushed until it is back. Its default branch was
// renamed: we follow it under the new name, unless the settings name the old one. Histories that
// have nothing in common: theirs is parked. It is empty: it gets all that we have.
//
// References: refs/stet/upstream/BRANCH is the last commit of theirs that ours has dealt with,
// refs/stet/fetched/BRANCH the last one that was fetched. Stopped at any moment, the next round
// goes on. Threads: one call at a time. Failure: an error leaves ours as it was; report() says it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/remote/parked.h"
#include "api/remote/report.h"
#include "storage/base/clock.h"
#include "storage/commit/committer.h"
#include "storage/git/repository.h"
#include "storage/remote/upstream.h"

namespace stet::remote {

struct SyncOptions {
  std::string remote_branch = {};  // theirs; "": of the same name, else the remote's default
  bool is_pushing = true;
  bool is_following_rewrites = true;                    // else they are parked
  std::string name = "stet", email = "stet@localhost";  // the author of merges
};

class UpstreamSync {
 public:
  static constexpr int kAttemptsMax = 20;

  // All must outlive it. `committer`: of our branch.
  struct Parts {
    const storage::Repository& repository;
    storage::Committer& committer;
    storage::Upstream& upstream;
    const Clock& clock;
    std::function<void()> moved;                 // called as soon as our branch has moved
    std::function<void(std::string_view)> note;  // of what an operator should know
  };
  UpstreamSync(Parts parts, SyncOptions options);

  // kForbidden: the remote does not take what we push. Other errors may pass by themselves.
  // `adopts`: somebody has decided that theirs shall stand in place of ours where it would be
  // parked; ours is kept as where a history was rewritten.
  Status round(bool adopts = false);

  const RemoteReport& report() const { return report_; }

 private:
  enum class Step {
    kTaken,  // ours has all that theirs has
    kStays,  // nothing is to be pushed
    kAgain,  // somebody moved our branch
  };
  Status synchronize();
  Result<Step> take();
  Result<Step> take_at_once();
  Status choose_branch();
  Status look_for_renamed(const storage::UpstreamListing& listing);
  Error gone(const storage::UpstreamListing& listing);
  Status fetch();
  Result<Step> reconcile();
  Result<bool> is_rewritten(const CommitId& ours, const std::optional<CommitId>& seen) const;
  Result<Step> take_rewritten(const CommitId& ours, const CommitId& seen);
  Result<Step> follow(const std::optional<CommitId>& ours, const std::string& reason);
  Result<Step> merge(const CommitId& ours);
  Result<Step> park(const CommitId& ours, std::string reason, Problems conflicts);
  Result<Step> settle(const CommitId& ours);
  Result<bool> give();
  Status remember(const CommitId& theirs);
  std::optional<CommitId> seen() const;
  std::optional<CommitId> ours() const;
  void fill_report();
  void note(const std::string& text) const;

  const Parts parts_;
  const SyncOptions options_;
  const std::string branch_, seen_ref_, fetched_ref_;
  ParkedBranches parked_;
  std::string name_;                // of their branch
  std::optional<CommitId> theirs_;  // its head; none: the remote is empty
  // What could not be merged is not tried again until one of both has moved.
  std::optional<std::pair<CommitId, CommitId>> unmerged_;
  bool is_parked_ = false, is_gone_ = false, adopts_ = false;
  bool is_raced_ = false;  // a push of this round came too late
  RemoteReport report_;
};

}  // namespace stet::remote
