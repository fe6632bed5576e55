// SHA-1, as git names its objects, as fast as the machine can. Contents that were made to collide
// are not noticed: where somebody may be an enemy, ask libgit2. Pure function; any thread.
#pragma once

#include <string_view>

#include "storage/base/hash.h"

namespace stet {

// Of a head and a body, as one.
Digest<20> sha1(std::string_view head, std::string_view body);

}  // namespace stet
