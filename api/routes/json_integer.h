// Whole numbers that a request has and no file would keep as such: beyond 64 bits, YAML's are
// texts (cms/document/data.h). Threads: pure function.
#pragma once

#include "api/routes/json.h"

namespace stet::api {

// Of what parse_json() refused: it is JSON, and the value at its pointer cannot be kept.
bool is_beyond_integers(const JsonFault& fault);

}  // namespace stet::api
