// The JSON that a request brings. Threads: a pure function of the request.
#pragma once

#include <variant>

#include "api/routes/call.h"
#include "cms/document/data.h"

namespace stet::api {

// 415 for another media type than the route's, 400 for what is no JSON.
std::variant<document::Data, ProblemReport> json_of(const Call& call);

}  // namespace stet::api
