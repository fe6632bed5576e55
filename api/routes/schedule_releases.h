// Versions of the schedule: /api/v1/schedule/releases.
//
// A release is a line of `_data/schedule_releases.yml`, so what is shown follows from a commit
// (cms/schedule/history_step.h); the commit that adds it gets an annotated tag, `schedule/VERSION`,
// a mark for people and for git. Where the commit is made and the tag is not, it is made when
// releases are made or listed next. Threads: any.
#pragma once

#include <vector>

#include "api/routes/call.h"
#include "api/routes/route.h"

namespace stet::api {

Answer list_releases(const Call& call);
Answer read_release(const Call& call);
Answer make_release(const Call& call);

void add_release_routes(std::vector<Route>& table);
const Json& release_schemas();

}  // namespace stet::api
