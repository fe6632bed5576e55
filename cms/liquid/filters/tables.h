// The filters by kind, each kind a literal table in its own file, in order of name.
//
// Together: all of Liquid 4.0.4's standard filters and Jekyll 4.3's own; where both have one of a
// name, Jekyll's. Filters that only Liquid 5 has (base64_encode, sum, reject ...) are not here, for
// Jekyll's Liquid passes the input of an unknown filter through. Arguments that Liquid 4 would
// abort on are taken as Liquid 5 takes them. Threads: constant tables of pure functions.
#pragma once

#include <span>

#include "cms/liquid/filter.h"

namespace stet::liquid {

std::span<const FilterEntry> array_filters();   // join, map, uniq, slice ... on lists
std::span<const FilterEntry> date_filters();    // date, date_to_string ...
std::span<const FilterEntry> list_filters();    // Jekyll's: where, group_by, sort, push ...
std::span<const FilterEntry> markup_filters();  // escapes, and what turns one markup into another
std::span<const FilterEntry> math_filters();
std::span<const FilterEntry> string_filters();
std::span<const FilterEntry> url_filters();

}  // namespace stet::liquid
