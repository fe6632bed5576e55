// A session of the schedule: what, when, where and by whom, read from its front matter.
//
// Times are wall times in the event's zone ("2020-10-12T10:00"), or have an offset. A session takes
// place once (`start`, `end`, `room`) or several times (`slots`, a list of such maps, each with an
// `id` by which calendars know it); one without a start is not scheduled yet. Threads: values; pure
// functions. Limits: kSlotsMax, kSpeakersMax, kLinksMax; what is beyond is left out, with a fault.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"
#include "cms/schedule/event.h"

namespace stet::schedule {

inline constexpr std::size_t kSlotsMax = 100, kSpeakersMax = 100, kLinksMax = 100;
// How long a session is taken to be of which neither it nor its type says anything.
inline constexpr int kMinutesUnsaid = 30;
inline constexpr std::int64_t kDaySeconds = 24 * 60 * 60;

// The time that is meant; none, and the reason in `message`, for what is no time, and for a wall
// time that the zone's clocks skip. Of a wall time that comes twice the first is meant, and
// `message` says so, and how to write the other.
std::optional<Time> read_session_time(const liquid::Value& value,
                                      const TimeZone& zone,
                                      std::string& message);

// As a session has it: "2020-10-12T10:00", by the event's clock; with its offset where that clock
// shows it twice.
std::string session_time_text(const Time& time, const TimeZone& zone);

// Why a wall time that was read as `time` does not say which instant is meant, and how to write
// either.
std::string ambiguity_of(const Time& time, const TimeZone& zone);

// What is wrong with a field of a session or a speaker.
struct Fault {
  std::string pointer;  // below the front matter: "/start", "/slots/1/room"
  std::string message;  // one plain sentence, with the mend
  Severity severity = Severity::kError;
  bool is_clash = false;  // of the plan, not of the writing: the site says how much it matters
};
using Faults = std::vector<Fault>;

enum class SessionStatus { kConfirmed, kTentative, kCancelled };

struct Link {
  std::string title, url;  // title: "" where none is said
};

struct Slot {
  std::string pointer;  // of its fields: "" or "/slots/1"
  std::string id;       // "" of the only one, and where none is said
  std::string uid;      // of a slot that an import has brought with its own; else ""
  std::optional<Time> start;
  Time end;                  // after start; means nothing where there is no start
  bool has_own_end = false;  // else how long it is was taken from its type, or kMinutesUnsaid
  std::string room;
  std::int64_t sequence = 0;  // the least that calendars are told: its own, else the session's
};

struct Session {
  std::string path;  // "_schedule/opening.md"
  std::string slug;  // "opening"
  std::string title, subtitle, type, track, language;
  std::string uid;  // "" where the front matter has none
  std::int64_t sequence = 0;
  SessionStatus status = SessionStatus::kConfirmed;
  std::vector<std::string> speakers;  // slugs
  std::vector<Link> links;
  std::vector<Slot> slots;  // one at least

  bool is_scheduled() const;
};

// The value of a field of the front matter; nil where there is none.
using Fields = std::function<liquid::Value(std::string_view)>;

// What can't be read is left out, and a fault.
Session read_session(const Fields& fields,
                     const std::string& path,
                     const Event& event,
                     Faults& faults);

// What of it does not fit the event: its days, rooms, tracks and speakers. All are clashes.
void check_fit(const Session& session,
               const Event& event,
               const std::function<bool(const std::string& slug)>& has_speaker,
               Faults& faults);

// "opening" of "_schedule/a/opening.md".
std::string slug_of_path(std::string_view path);

}  // namespace stet::schedule
