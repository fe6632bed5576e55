// sitemap.xml (sitemaps.org 0.9) and the robots.txt that leads to it, where jekyll-sitemap is
// named.
#pragma once

#include <vector>

#include "cms/site/config.h"
#include "cms/site/document.h"

namespace stet::generate {

void add_sitemap(const site::Config& config,
                 bool has_schedule,
                 std::int64_t place,
                 reads::Names& names,
                 std::vector<site::DocumentPtr>& documents);

}  // namespace stet::generate
