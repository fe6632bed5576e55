// A schedule as another program, or a person, has written it: what was understood, and what of that
// somebody should look at. Readers make it, a Plan makes files of it.
//
// Everything in it is clean: UTF-8 without control characters, names on one line, texts Markdown
// that holds nothing that a browser would run. Times are instants. Values; any thread. Limits: the
// constants below; what exceeds one is left out and told, or refused by whoever reads the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/time.h"
#include "storage/base/zone.h"

namespace stet::schedule_import {

inline constexpr std::size_t kFileBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kSessionsMax = 10'000;
inline constexpr std::size_t kNamesMax = 10'000;    // of speakers; of rooms and tracks together
inline constexpr std::size_t kNamesOfOneMax = 100;  // speakers, or links, of a session
inline constexpr std::size_t kNameBytesMax = 500;
inline constexpr std::size_t kTextBytesMax = 100'000;
inline constexpr std::size_t kFindingsMax = 1000;

// Where something stands in the file, from 1; 0 where nobody knows.
struct Place {
  int line = 0, column = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

struct Finding {
  enum class Kind {
    kAssumed,  // read by a rule; `assumed` says as what
    kDoubt,    // for a person to decide; `assumed` says what was done meanwhile
    kLeftOut,  // the file says something that is not taken over
  };
  Kind kind = Kind::kAssumed;
  Place place;
  std::string message;
  std::string assumed;
};

struct Link {
  std::string title, url;
  friend bool operator==(const Link&, const Link&) = default;
};

struct Speaker {
  std::string name, uid, biography;
  std::vector<Link> links;
  std::string page = {};  // as a session's
};

struct Room {
  std::string name, description;
  std::optional<std::int64_t> capacity;
};

struct Track {
  std::string name, color;
};

struct Session {
  Place place;
  std::string uid;   // "": the file has none
  std::string code;  // pretalx's: "ABCDEF"
  std::string page;  // of an export of ours: the name that its file had; "" where nothing says it
  std::string written;  // its time as the file has it: "10-12PM"
  std::string title, subtitle, room, track, type, language, status, description;
  std::optional<Time> start, end;
  std::vector<std::size_t> speakers;  // of Schedule::speakers
  std::vector<Link> links;
  std::int64_t sequence = 0;  // of a calendar; 0: none
};

struct Schedule {
  std::string title, acronym, color;
  TimeZone zone;          // that the file speaks of; UTC where nobody has said one
  bool has_zone = false;  // somebody has: the file, or whoever imports it
  std::optional<Date> start, end;
  // `start` and `end` are all that the event says of its days, also where they are none. Else the
  // days of its sessions are added.
  bool has_days = false;
  bool is_own = false;        // an export that stet has made (own_export.h)
  bool has_composed = false;  // texts begin with what has fields of its own elsewhere
  std::vector<Room> rooms;
  std::vector<Track> tracks;
  std::vector<Speaker> speakers;
  std::vector<Session> sessions;
  std::vector<Finding> findings;
};

// What whoever imports a file says beside it.
struct Wishes {
  std::optional<int> year;         // of days without one
  std::optional<TimeZone> zone;    // of times without one; before what the file says
  std::optional<bool> day_first;   // 3/4/2020 is the third of April
  std::optional<TimeZone> others;  // where nothing else says one: that of the event that is there
};

}  // namespace stet::schedule_import
