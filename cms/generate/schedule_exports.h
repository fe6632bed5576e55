// A schedule's exports, as pages: /schedule.ics, .xml, .json, .csv, .txt, /schedule/changes.xml
// and, for pretalx's widget, /schedule/widgets/schedule.json;
// and a calendar for each session, room, track and speaker.
//
// A session's calendar lies beside its page (/schedule/opening.ics), a speaker's likewise; those of
// rooms and tracks are /schedule/rooms/NAME.ics and /schedule/tracks/NAME.ics. Of each calendar
// there is one with its times in UTC, NAME.utc.ics. What they show is looked at when they are
// rendered (cms/schedule); a file of the repository in one of these places stands there instead.
// Threads: as Generator.
#pragma once

#include <memory>
#include <vector>

#include "cms/site/config.h"
#include "cms/site/generator.h"

namespace stet::generate {

site::GeneratorPtr make_schedule_exports(const std::shared_ptr<const site::Config>& config,
                                         reads::Names& names);

// Those that are there whatever the site holds.
void add_schedule_exports(const site::Config& config,
                          reads::Names& names,
                          std::vector<site::DocumentPtr>& documents);

}  // namespace stet::generate
