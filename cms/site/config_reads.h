// What renders see of the configuration beside its keys, as reads.
//
// Whether a plugin is on follows from several keys, and from the theme; what a collection is from
// the whole list of them. Such facts are reads of their own, so that a page depends on the fact and
// not on all that it follows from. Threads: as the View.
#pragma once

#include <string_view>
#include <vector>

#include "cms/site/config.h"
#include "cms/site/view.h"

namespace stet::site {

// A key with all that lies below it, as plain values; nil where there is none.
liquid::Value whole_setting(std::string_view key, View& view);

bool has_plugin(std::string_view name, View& view);

// All collections in their order, with what is said of each.
const std::vector<CollectionConfig>& collections_of(View& view);

// Null where there is none of that label. What is said of it is not read.
const CollectionConfig* find_collection(std::string_view label, View& view);

// The facts above that differ, as keys.
void differing_facts(const Config& before,
                     const Config& after,
                     reads::Names& names,
                     std::vector<reads::Key>& keys);

}  // namespace stet::site
