// The feeds of a site that names jekyll-feed: of its posts, of collections, categories and tags.
//
// Settings, under `feed:`: path, categories, collections (a list, or a map with path and
// categories), tags (true, or a map with only, except, path), posts_limit, excerpt_only,
// disable_in_development.
#pragma once

#include <memory>
#include <vector>

#include "cms/site/config.h"
#include "cms/site/generator.h"

namespace stet::generate {

void add_feeds(const site::Config& config,
               std::int64_t place,
               reads::Names& names,
               std::vector<site::DocumentPtr>& documents);

// A feed for each tag in use; null unless `feed.tags` asks for them without naming any.
site::GeneratorPtr make_tag_feeds(const std::shared_ptr<const site::Config>& config,
                                  std::int64_t place,
                                  reads::Names& names);

}  // namespace stet::generate
