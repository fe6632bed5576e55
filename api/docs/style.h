// The guide's one sheet. Threads: immutable.
#pragma once

#include <string_view>

namespace stet::docs {

std::string_view style();

}  // namespace stet::docs
