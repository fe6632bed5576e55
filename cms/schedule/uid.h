// The name that a session keeps for ever, in calendars and feeds: its `uid`.
#pragma once

#include <string>
#include <string_view>

namespace stet::schedule {

// For a session whose front matter has none: made of the path under which it first appeared.
std::string uid_of_path(std::string_view path);

}  // namespace stet::schedule
