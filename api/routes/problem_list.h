// The catalogue of problems as JSON; for people it is the page /docs/errors. Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer list_problem_types(const Call& call);

}  // namespace stet::api
