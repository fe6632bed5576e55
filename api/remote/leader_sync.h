// One look of a follower at its leader: all that matters is fetched, and becomes what is here.
//
// Fetched are branches, tags and what the leader says of itself (live_mark.h), below
// refs/stet/mirror/: from then on it is on this disk. Then branches and tags are moved to where
// theirs are, rewritten histories with them, and what they have not any more goes. The served
// branch is where the leader's pages are, which may be a moment behind its head; whoever is
// promoted goes on from the head (adopt_mirror). Of a repository that no stet serves, the head is
// shown, at this machine's time.
//
// What was committed here before another became the leader, and is not there, is kept at
// refs/stet/unshared/; so is what the leader's served branch had and has no more. A leader of an
// earlier epoch than is known here is followed no more. Threads: one call at a time. Failure: an
// error leaves what is shown as it was, and report() says it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/remote/leader_clock.h"
#include "api/remote/leadership.h"
#include "api/remote/live_mark.h"
#include "storage/remote/references.h"
#include "storage/remote/upstream.h"

namespace stet::remote {

inline constexpr std::string_view kUnshared = "refs/stet/unshared/";

class LeaderSync {
 public:
  // All must outlive it.
  struct Parts {
    const storage::Repository& repository;
    storage::Upstream& leader;
    Leadership& leadership;
    LeaderClock& site_clock;
    const Clock& clock;
    std::string branch;                          // that is served
    std::function<void()> moved;                 // called when there is something else to show
    std::function<void(std::string_view)> note;  // of what an operator should know
    // By what pages are rendered here, as SiteFacts has it; "": not known yet. May be empty.
    std::function<std::string()> settings = {};
  };
  explicit LeaderSync(Parts parts);

  Status round();
  const LeaderReport& report() const { return report_; }

 private:
  Status synchronize();
  Status check_epoch();
  Result<std::vector<storage::ReferenceMove>> plan();
  Status move(const std::vector<storage::ReferenceMove>& moves);
  Status keep_what_it_had(const CommitId& head);
  Status keep_unshared(const storage::References& theirs, const storage::References& ours);
  Status look_at_facts();
  void fill_report();
  void note(const std::string& text) const;

  const Parts parts_;
  const std::string served_;      // the reference
  std::optional<LiveMark> live_;  // of the leader; none: it says nothing of that
  bool has_own_;                  // commits of its own may be here
  LeaderReport report_;
};

struct Adopted {
  std::size_t gained = 0;         // commits
  std::vector<std::string> kept;  // references of those that could not be taken
};
// What a follower had of its leader beyond what was shown becomes its own, and the mirror goes: for
// one that leads from now on. Where somebody has written here since, that stands, and what the
// leader had beside it is kept at refs/stet/unshared/. kConflict: somebody writes at the moment.
Result<Adopted> adopt_mirror(const storage::Repository& repository, const std::string& branch);

}  // namespace stet::remote
