// A push to refs/for/<branch>: merged by the server onto the branch as it is now.
//
// Whoever's clone is behind need not fetch first, and git never refuses the push as no
// fast-forward. What is merged and how is cms/change/merge_into.h's; here stand the gate, which
// looks at the result as it looks at any push, and the words. The process that does it needs the
// repository alone: it may be git's hook, with a server running beside it or without one. Threads:
// any; processes likewise. Failure: where it is refused, no branch has moved; what git has taken of
// the push is named by nothing, and goes with git's own collection.
#pragma once

#include <optional>
#include <string>

#include "api/git/push_gate.h"
#include "storage/base/clock.h"
#include "storage/git/repository.h"

namespace stet::git {

struct Landed {
  // What to tell of it: where it went, conflicts, the gate's lines.
  Judgement judgement;
  std::string branch;                     // "refs/heads/main"
  std::optional<CommitId> before, after;  // of the branch; the same: it had all this already
};

struct LandSettings {
  std::string message = {};  // of a merge commit; "": says what was pushed
  std::string name = "stet", email = "stet@localhost";  // the committer's
};

// `update` is one of refs/for/<branch>. An error is a repository that cannot be read or written.
Result<Landed> land(const storage::Repository& repository,
                    const GateSettings& gate,
                    const LandSettings& settings,
                    const RefUpdate& update,
                    const Clock& clock);

}  // namespace stet::git
