// The JSON that pretalx's schedule widget reads.
//
// Threads: pure function. Rooms and tracks have ids by their place in the event; talks and speakers
// have codes that follow from their uids.
#pragma once

#include <string>

#include "cms/liquid/host.h"
#include "cms/schedule/program.h"

namespace stet::schedule {

std::string widget_json(const Program& program, liquid::Host& host);

}  // namespace stet::schedule
