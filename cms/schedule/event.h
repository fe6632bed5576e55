// The event that a schedule is for, as `_data/event.yml` has it.
//
// Threads: a value. Limits: kNamedMax rooms, tracks and types each; further ones are left out, with
// a problem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"
#include "storage/base/problem.h"
#include "storage/base/zone.h"

namespace stet::schedule {

inline constexpr char kEventPath[] = "_data/event.yml";
inline constexpr std::size_t kNamedMax = 1000;

struct Room {
  std::string name;
  std::string slug;  // for addresses; no two rooms of an event have the same
  std::string description;
  std::optional<std::int64_t> capacity;
};

struct Track {
  std::string name;
  std::string slug;   // as a room's
  std::string color;  // "#aa0000", in small letters; "" where none is said
};

struct SessionType {
  std::string name;
  int minutes = 0;  // how long such a session is that names no end; 0: it does not say
};

struct Event {
  std::string title;
  std::string acronym;             // as it is written; "" where none is said
  std::string color;               // as a track's
  TimeZone zone;                   // where wall times of sessions are
  std::optional<Date> start, end;  // the first and the last day
  std::vector<Room> rooms;         // none: anything goes; likewise tracks and types
  std::vector<Track> tracks;
  std::vector<SessionType> types;

  const Room* find_room(std::string_view name) const;
  const Track* find_track(std::string_view name) const;
  const SessionType* find_type(std::string_view name) const;
};

// What can't be read is left out, and a problem of `path`.
Event read_event(const liquid::Value& data, Problems& problems);

// The event as if it named these as well, where it does not; their slugs come after its own.
void add_rooms(Event& event, const std::vector<std::string>& names);
void add_tracks(Event& event, const std::vector<std::string>& names);

// Text, or a whole number as text: what a name may be in YAML. None: it is neither, or empty.
std::optional<std::string> name_of(const liquid::Value& value);

}  // namespace stet::schedule
