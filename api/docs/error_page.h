// The page of all types of problems: each has the place that its `type` names. Threads: pure.
#pragma once

#include <string>

namespace stet::docs {

std::string error_page();  // HTML of its main part

}  // namespace stet::docs
