// Judges what a push says of a change (api/changes/notes.h): as the API judges who says it there.
//
// A push is another way to the same branch, so a commit of a pusher's that withdraws a change,
// opens it anew or takes its time away is for who has opened it, or may publish it. Threads: pure
// functions of the repository.
#pragma once

#include "api/git/push_gate.h"

namespace stet::git {

// What the commits note that `update` brings to a change's branch. Of a new one anything: it is the
// pusher's.
Status judge_notes(const storage::Repository& repository,
                   const GateSettings& settings,
                   const RefUpdate& update,
                   Verdict& verdict);

// What is published at its time without anybody asking again must be for the pusher to publish.
Status judge_schedule(const storage::Repository& repository,
                      const GateSettings& settings,
                      const RefUpdate& update,
                      Verdict& verdict);

}  // namespace stet::git
