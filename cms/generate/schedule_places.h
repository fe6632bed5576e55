// Rooms and tracks of a site's schedule, each with an address of its own, whether or not the event
// names them.
//
// Threads: pure functions. Cost: the number of rooms and tracks.
#pragma once

#include <string>
#include <string_view>

#include "cms/schedule/event.h"
#include "cms/site/site.h"

namespace stet::generate {

// The event as if it named all rooms and tracks that there are; nothing else of it is read.
schedule::Event event_with_all_places(const site::Site& site);

// A path as a URL has it.
std::string encoded_path(std::string_view path);

}  // namespace stet::generate
