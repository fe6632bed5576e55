// What fields the entries of each kind have: what the site says, or what it holds (cms/schema).
// Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer list_field_schemas(const Call& call);
Answer read_field_schema(const Call& call);

}  // namespace stet::api
