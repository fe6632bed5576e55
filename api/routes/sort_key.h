// Values of fields as bytes, in the order in which lists have them. Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>

#include "cms/liquid/value.h"
#include "storage/base/zone.h"

namespace stet::api {

// Text counts by its first bytes.
inline constexpr std::size_t kSortTextBytesMax = 200;

// Appends bytes whose order is the values': nothing, then booleans, numbers, times (a day is its
// midnight in `zone`), text; lists, maps and the like are nothing. The bytes of one value end by
// themselves: of two keys put together of several values, the first value that differs decides.
void append_sort_key(std::string& key,
                     const liquid::Value& value,
                     bool is_descending,
                     const TimeZone& zone);

}  // namespace stet::api
