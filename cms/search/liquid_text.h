// A source without its Liquid. Threads: pure functions. Time: linear in the source.
#pragma once

#include <string>
#include <string_view>

namespace stet::search {

// Tags and outputs become blanks; what is between `comment` and `endcomment` goes with them, what
// is between `raw` and `endraw` stays as it is.
std::string without_liquid(std::string_view source);

}  // namespace stet::search
