// The documents that stet adds to a site: feeds, the sitemap, the schedule's page.
//
// Each is a Liquid template of our own, rendered as any page is, so that what it reads is known.
// A file of the site at the same output path stands in its place. Threads: pure function.
#pragma once

#include <vector>

#include "cms/reads/names.h"
#include "cms/site/config.h"
#include "cms/site/document.h"

namespace stet::generate {

// For BuilderOptions::generate. Feeds where the plugin jekyll-feed is named, sitemap.xml and
// robots.txt where jekyll-sitemap is, /schedule/ where there is an event.
std::vector<site::DocumentPtr> generated(const site::Config& config,
                                         bool has_schedule,
                                         reads::Names& names);

}  // namespace stet::generate
