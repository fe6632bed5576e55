// Releases as a render sees them: what templates are given, and what exports say. Every look is a
// recorded read.
//
// Threads: as View.
#pragma once

#include "cms/liquid/value.h"
#include "cms/schedule/program.h"
#include "cms/site/view.h"

namespace stet::schedule {

// The newest first: {version, notes, date, commit, summary, changes: {new, moved, cancelled,
// removed, retitled}}, each a list of {title, url, room, date, start, end, start_iso, end_iso,
// zone}, with `old_` in front as they were before.
liquid::Value releases_value(const Event& event, site::View& view);

// The version, and the releases for its feed. The talks must be there.
void add_releases(Program& program, site::View& view);

}  // namespace stet::schedule
