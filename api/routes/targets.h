// Where the site is published to, and how each of these places stands. Threads: any.
#pragma once

#include <vector>

#include "api/routes/call.h"
#include "api/targets/target_follower.h"

namespace stet::api {

Json targets_json(const std::vector<targets::TargetReport>& reports);

Answer list_targets(const Call& call);
// 202: a round begins at once, whatever has failed before.
Answer run_target(const Call& call);

}  // namespace stet::api
