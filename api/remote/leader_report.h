// How a follower stands to its leader, or a leader to those that it looks at: for /status, metrics
// and the log. Values; nothing here has a secret in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/object_id.h"

namespace stet::remote {

enum class LeaderState {
  kNever,     // nothing was tried yet
  kInStep,    // what it shows is shown here, as of the last look
  kFailing,   // it cannot be reached, or has not what a leader has
  kOutdated,  // it leads in an earlier epoch than is known here: somebody else is to be followed
};

// "in_step", ...
std::string_view name_of(LeaderState state);

struct LeaderReport {
  std::string url;        // without a secret; "": none was named
  std::string admin_url;  // where it takes writes, without a slash at its end; "": not known
  LeaderState state = LeaderState::kNever;
  std::uint64_t epoch = 0;       // its own, as of the last look; 0: not known
  std::uint64_t term = 0;        // in which it leads, as it says itself; 0: it does not
  std::optional<CommitId> head;  // of its branch, likewise
  std::size_t behind = 0;        // commits of that which are not shown here
  // Whether it renders pages as they are rendered here: version, address and settings are the same.
  bool is_alike = true;
  std::optional<Instant> last_look;  // that succeeded
  std::optional<Instant> next_try, failing_since;
  std::string last_error;             // "": the last look went well
  std::vector<std::string> unshared;  // references to commits that were made here and are not there
  struct Counts {
    std::uint64_t looks = 0, moves = 0, failures = 0;
  } counts;
};

}  // namespace stet::remote
