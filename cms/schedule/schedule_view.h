// What templates see of the schedule: `page.schedule`, a session's `page.session`, a speaker's
// `page.sessions`. Made of documents and data as a render asks, so that reads are noted as any
// others.
//
// `page.schedule` is the whole on /schedule/; on the page of a day, a room or a track it is that
// part, and looks at no session of another.
#pragma once

#include <string_view>

#include "cms/site/document.h"
#include "cms/site/view.h"

namespace stet::schedule {

// Labels of the collections (cms/site's configuration implies them where there is an event).
inline constexpr char kSessions[] = "schedule";
inline constexpr char kSpeakers[] = "speakers";
// The page of releases, which is there once there is a list of them.
inline constexpr char kChangelogPath[] = "schedule/changelog/index.html";

// Nil for documents and keys that have nothing to do with the schedule.
liquid::Value derived_field(const site::Document& document, std::string_view key, site::View& view);

}  // namespace stet::schedule
