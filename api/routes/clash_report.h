// What sessions that are written clash with, as a member of answers and problems.
//
// Threads: pure functions of immutable values. Limits: change::kFaultsTold clashes.
#pragma once

#include "api/routes/json.h"
#include "cms/change/plan.h"

namespace stet::api {

// Adds "clashes" where sessions are written: of the site as the write leaves it, each pair from the
// side of what is written.
void add_clashes(const site::Site& site, const change::Plan& plan, Json& json);

// Adds those that a write is refused for; `site` is what it would have left.
void add_clashes(const site::Site& site, const change::Refusal& refusal, Json& json);

}  // namespace stet::api
