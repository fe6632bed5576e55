// What is live, why, and what is wrong with it. Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer read_status(const Call& call);
Answer list_slow_writes(const Call& call);
Answer explain_page(const Call& call);
Answer list_problems(const Call& call);

}  // namespace stet::api
