// The server in numbers, as Prometheus reads them (text format 0.0.4). Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer read_metrics(const Call& call);

}  // namespace stet::api
