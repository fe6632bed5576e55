// The lists in which a session stands beside its collection: of its rooms, its track, its speakers,
// its days.
//
// They are there so that whoever shows one of these need look at no other session. Threads: pure
// functions. Limits: as many as kListsMax of one session.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"

namespace stet::site {

inline constexpr std::string_view kRoomLists = "schedule.room.";        // and the name
inline constexpr std::string_view kTrackLists = "schedule.track.";      // and the name
inline constexpr std::string_view kSpeakerLists = "schedule.speaker.";  // and the slug
// And the date. Of a day that begins at four in the morning (kDayStartHour). A time with an offset
// stands in the lists of all days that it may be in some zone, for nobody here knows the event's:
// who reads such a list looks again.
inline constexpr std::string_view kDayLists = "schedule.day.";
inline constexpr std::size_t kListsMax = 1000;

// Each once.
std::vector<std::string> lists_of_session(const liquid::Hash& fields);

}  // namespace stet::site
