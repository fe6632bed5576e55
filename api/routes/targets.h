// Where the site is published to, and how each of these places stands. Threads: any.
#pragma once

#include "api/routes/call.h"
#include "api/targets/target_follower.h"

namespace stet::api {

// How far long work is.
Json progress_json(const Progress::Step& step);

// Folders and machines, and errors, which name them, are for admins.
Json targets_json(const Call& call);

Answer list_targets(const Call& call);
// 202: a round begins at once, whatever has failed before.
Answer run_target(const Call& call);

}  // namespace stet::api
