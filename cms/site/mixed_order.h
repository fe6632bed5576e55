// The order of a collection of which some documents have dates and others have none.
//
// Jekyll compares two of them by date only where both have one, else by path. That is no order: of
// three documents each may come before the next. What comes out is what its sort makes of it, the
// merge sort of the C library beginning with the paths in order; and so it is made here. Threads:
// pure functions.
#pragma once

#include <cstddef>
#include <string>

#include "cms/site/config.h"
#include "cms/site/item.h"

namespace stet::site {

struct MixedOrder {
  Items items;                                    // by position
  PersistentMap<std::string, std::size_t> ranks;  // positions by path
};

// Whether `items`, the collection's documents in the order of their keys, are such.
bool is_mixed(const CollectionConfig& collection, const Items& items);

MixedOrder mixed_order(const Items& items);

}  // namespace stet::site
