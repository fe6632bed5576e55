// The name that a session keeps for ever, in calendars and feeds: its `uid`.
#pragma once

#include <string>
#include <string_view>

#include "cms/schedule/session.h"

namespace stet::schedule {

// For a session whose front matter has none: made of the path under which it first appeared.
std::string uid_of_path(std::string_view path);

// Of one slot: its own where it says one, the session's where that takes place once; else made of
// that and the slot's id, never of its place in the list. A slot without either is known by when it
// begins.
std::string uid_of_slot(const Session& session, const Slot& slot);

// The same as a UUID, for formats that know nothing else: itself where it is one.
std::string guid_of_uid(std::string_view uid);

// The same as a positive number below 2^31, for formats that count. Two may have the same one.
std::int32_t number_of_guid(std::string_view guid);

}  // namespace stet::schedule
