// Work that many threads may share, handed to whoever has threads.
#pragma once

#include <cstddef>
#include <functional>

namespace stet {

// Calls `work` for 0 to count - 1, in any order and from several threads; all are done when it
// returns. Empty: the caller does them one after another.
using ForAll = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

}  // namespace stet
