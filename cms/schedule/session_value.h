// A session as templates see it, once for each of its slots.
//
// Threads: as View.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"
#include "cms/schedule/event.h"
#include "cms/schedule/grid.h"
#include "cms/site/document.h"
#include "cms/site/view.h"

namespace stet::schedule {

struct SlotValue {
  std::vector<liquid::Hash::Entry> entries;
  std::optional<Time> start;  // none: not scheduled yet
  Time end;
  std::string room;
  std::size_t place = kNoRoom;  // of the room among the event's; kNoRoom: it names no such one
};

// What there is to show a session with.
struct Shown {
  const Event& event;
  bool has_pages = false;    // of days, rooms and tracks
  bool has_excerpt = false;  // an edit of the session's text is an edit of this page then
};

// True where days, rooms and tracks have pages: where the default theme stands in
// (`stet: {theme: default}`). Noted as read.
bool has_pages(site::View& view);

// One at least: a session without a start has one that is not scheduled.
std::vector<SlotValue> slot_values(const site::Document& session,
                                   const Shown& shown,
                                   site::View& view);

// "/schedule/2020-10-12/", "/schedule/rooms/attic/", "/schedule/tracks/tools/"; the latter two ""
// for what has no address.
std::string day_url(const Date& date);
std::string room_url(std::string_view room, const Event& event);
std::string track_url(std::string_view track, const Event& event);

}  // namespace stet::schedule
