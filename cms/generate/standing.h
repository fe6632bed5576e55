// Generated pages that are there by the configuration alone, unless the repository has a file in
// their place: feeds, sitemap.xml, robots.txt, redirects.json. Threads: as Generator.
#pragma once

#include <vector>

#include "cms/site/generator.h"

namespace stet::generate {

site::GeneratorPtr make_standing(const std::vector<site::DocumentPtr>& documents);

}  // namespace stet::generate
