// The feeds of a site that names jekyll-feed: of its posts, of collections, categories and tags.
//
// Settings, under `feed:`: path, categories, collections (a list, or a map with path and
// categories), tags (a map with only, except, path), posts_limit, excerpt_only,
// disable_in_development. Tags get feeds where `only` names them.
#pragma once

#include <vector>

#include "cms/site/config.h"
#include "cms/site/document.h"

namespace stet::generate {

void add_feeds(const site::Config& config,
               reads::Names& names,
               std::vector<site::DocumentPtr>& documents);

}  // namespace stet::generate
