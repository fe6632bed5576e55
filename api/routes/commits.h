// POST /commits: several files, one commit; all of it, or nothing.
//
// Each action is checked as the single write is, and names the version that it knows: if_match, or
// if_none_match of what is to be made. Problems name the action: "/actions/2/front_matter/date".
// Threads: any. Limits: change::kActionsMax actions; the body's.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer make_commit(const Call& call);

}  // namespace stet::api
