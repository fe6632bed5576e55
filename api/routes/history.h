// Who changed the site or a file of it, and what it was: read from the commits of the branch.
// Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer read_history(const Call& call);
Answer read_version(const Call& call);

}  // namespace stet::api
