// How a branch and its upstream stand to each other: for /status, metrics, events and the log.
//
// Values; nothing here has a secret in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/object_id.h"
#include "storage/base/problem.h"

namespace stet::remote {

enum class RemoteState {
  kNever,    // nothing was tried yet
  kInStep,   // both sides have the same, as of the last look
  kAhead,    // ours has more: it is not pushed (yet), or shall not be
  kParked,   // both have moved, and somebody has to merge
  kGone,     // the remote's branch is not there any more
  kFailing,  // the remote cannot be reached, or does not take what we push
};

// "in_step", ...
std::string_view name_of(RemoteState state);

// Commits that are on no branch that is served, kept on a branch of their own.
struct ParkedBranch {
  std::string branch;  // "stet/parked-0123456789ab", "stet/replaced-..."
  CommitId commit;
  std::string reason;  // one sentence
  Problems conflicts;  // the files' paths in ours

  friend bool operator==(const ParkedBranch&, const ParkedBranch&) = default;
};

struct RemoteReport {
  std::string url;            // without a secret
  std::string remote_branch;  // "": not known yet
  RemoteState state = RemoteState::kNever;
  std::optional<CommitId> upstream;  // the head of the remote's branch, as of the last look
  std::size_t ahead = 0, behind = 0;
  std::optional<Instant> last_fetch, last_push;  // the last look that succeeded; and push
  std::optional<Instant> next_try;               // none: when somebody says so
  std::string last_error;                        // "": the last round went well
  std::optional<Instant> failing_since;
  // Theirs that could not be merged; and ours that a rewritten history has replaced. The first go
  // when the branch has them, the others when somebody deletes them.
  std::vector<ParkedBranch> parked, replaced;
  struct Counts {
    std::uint64_t rounds = 0, fetches = 0, pushes = 0, merges = 0, failures = 0;
  } counts;
};

}  // namespace stet::remote
