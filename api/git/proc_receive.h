// The conversation of git's proc-receive hook (githooks(5)): what was pushed to refs/for/, with
// which options, and what became of each.
//
// Lines are git's pkt-lines. git sends a version and what it can do, then updates of references,
// then options; the hook answers each update with "ok" and where it has landed, or "ng" and why.
// Threads: one. Limits: kUpdatesMax updates, kOptionsMax options, a line's length. Failure: an
// error says what git has sent that it should not have.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/git/proposal.h"
#include "storage/base/result.h"

namespace stet::git {

inline constexpr std::size_t kOptionsMax = 100;

// Deals with one update; `options` are those of the push ("message=...").
using LandPush =
    std::function<Result<Landed>(const RefUpdate&, const std::vector<std::string>& options)>;

// Reads from and writes to these descriptors, which are git's.
Status converse(int input, int output, const LandPush& land);

// What git is told of one update.
std::string report_of(const RefUpdate& update, const Result<Landed>& landed);

}  // namespace stet::git
