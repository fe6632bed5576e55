// What a pushed commit says that only the server says: who did something by the API, and what it
// has published.
//
// The server tells by trailers of its commits who asked for them (Stet-User, Stet-Token), which
// change was published, and for whom a time was kept. Approvals ask who has written to a change, so
// such a line counts for something, and anybody can write one. A name of git's proves nothing
// either: committers are as easily forged. So what a push brings is asked for these lines, and
// what the repository has already was asked when it came. A line with the pusher's own name passes.
// Threads: pure functions of the repository. Limits: kNewCommitsMax commits a reference.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/git/push_gate.h"

namespace stet::git {

inline constexpr std::size_t kNewCommitsMax = 200'000;

// The line that is not the pusher's to write; "": there is none. `actor`: the pusher, a user or a
// token; "": nobody that the server knows.
std::string claim_of(std::string_view message, std::string_view actor);

// Refuses an update that brings such commits; whoever may administer the server may bring them, for
// a repository is put back by a push too.
Status judge_claims(const storage::Repository& repository,
                    const GateSettings& settings,
                    const RefUpdate& update,
                    Verdict& verdict);

}  // namespace stet::git
