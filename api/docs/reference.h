// What the OpenAPI document says of operations, as HTML. Threads: pure functions.
#pragma once

#include <string>

#include "api/docs/area.h"

namespace stet::docs {

// The main part of an area's page: what is written about it, then each operation with its
// examples, parameters, body and answers.
std::string area_page(const Area& area);

}  // namespace stet::docs
