// What the sessions of a commit clash with when all of it is done.
//
// Two sessions that swap their places clash with nobody, though each alone would; two that go to
// one place do, though each alone would not. Threads: pure functions. Cost: the next site, and for
// each session of the commit those that share a room or a speaker with it; from kFewSessions on all
// sessions once.
#pragma once

#include <cstddef>
#include <map>
#include <optional>

#include "cms/change/draft.h"

namespace stet::change {

inline constexpr std::size_t kFewSessions = 20;

// A refusal with the first such action, and all entries that clash; else warnings are the draft's.
// A room, track or type that goes while sessions name it is refused too (session_use.h).
// `renames`: from new path to old. Clashes that a session had before the commit are warnings.
Result<std::optional<Refusal>> judge_clashes(Draft& draft,
                                             const std::map<RepoPath, RepoPath>& renames);

}  // namespace stet::change
