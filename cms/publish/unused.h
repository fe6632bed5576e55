// Takes away the rendered bytes that no publication shows that may still be looked at.
//
// Threads: any; what is put meanwhile stays (Store::collect).
#pragma once

#include <cstddef>

#include "cms/publish/publisher.h"
#include "cms/publish/store.h"

namespace stet::publish {

// How many were taken.
Result<std::size_t> take_away_unused(Store& store, const Publisher& publisher);

}  // namespace stet::publish
