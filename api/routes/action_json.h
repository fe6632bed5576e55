// One action of a commit as JSON, read into what cms/change takes. Threads: any.
#pragma once

#include <string>
#include <variant>

#include "api/routes/call.h"
#include "cms/change/plan.h"

namespace stet::api {

// `at`: the action's pointer, "/actions/2". `merges_if_stale`: what the whole call says.
std::variant<change::Action, ProblemReport> action_of(document::Data& json,
                                                      const site::Site& site,
                                                      bool merges_if_stale,
                                                      const std::string& at);

}  // namespace stet::api
