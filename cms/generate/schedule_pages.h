// The schedule's pages beside /schedule/: one for each day, room and track, one to be shown inside
// of other sites (/schedule/embed/), and the sheet of the tracks' colours (/schedule/tracks.css).
//
// For sites in which the default theme stands in (`stet: {theme: default}`); their layouts are
// `schedule_day`, `schedule_room`, `schedule_track` and `schedule_embed`, which a site may have of
// its own. What a page shows is looked at when it is rendered (cms/schedule), in the list of its
// own sessions alone. A file of the repository in one of these places stands there instead.
// Threads: as Generator.
#pragma once

#include <memory>
#include <vector>

#include "cms/site/config.h"
#include "cms/site/generator.h"

namespace stet::generate {

// Null where the site has no such pages.
site::GeneratorPtr make_schedule_pages(const std::shared_ptr<const site::Config>& config,
                                       reads::Names& names);

// Those that are there whatever the site holds.
void add_schedule_pages(const site::Config& config,
                        reads::Names& names,
                        std::vector<site::DocumentPtr>& documents);

}  // namespace stet::generate
