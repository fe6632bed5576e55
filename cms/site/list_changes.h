// Which positions of a list hold another item after some came and went.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "cms/site/list_key.h"

namespace stet::site {

// Half-open ranges of positions, ascending, that hold other items in `after` than in `before`.
// `touched` are the keys that were set or erased. O(touched log n).
std::vector<std::pair<std::uint32_t, std::uint32_t>> moved_positions(const Items& before,
                                                                     const Items& after,
                                                                     std::vector<ListKey> touched);

}  // namespace stet::site
