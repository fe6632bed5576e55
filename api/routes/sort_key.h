// Values of fields as lists compare them. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "cms/liquid/value.h"

namespace stet::api {

// Bytes whose order is the values': nothing, then booleans, numbers, times (a day is its midnight
// in UTC), text; lists, maps and the like are nothing.
std::string sort_key(const liquid::Value& value);

// `?filter[key]=text`: the value reads as the text, or is a list of which one item does. A time is
// also named by its day; nothing is named by "".
bool is_or_holds(const liquid::Value& value, std::string_view text);

}  // namespace stet::api
