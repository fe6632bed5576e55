// What a schedule's exports are made of: the slots that take place, in order, with all that is told
// of each.
//
// Threads: values; pure functions. Bytes of an export are a function of the program alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/schedule/session.h"
#include "storage/base/clock.h"

namespace stet::schedule {

inline constexpr std::size_t kDescriptionBytesMax = 16 << 10;  // of one session, in exports

struct Person {
  std::string slug, name;
  std::string url;   // as Talk::url
  std::string guid;  // a UUID
};

// One slot.
struct Talk {
  std::string uid, guid;    // guid: the same as a UUID
  std::int32_t number = 0;  // 1 and more, for formats that count; no other talk has it
  std::string path;         // of the session's file
  std::string slug, title, subtitle, track, type, language, room;
  std::string url;          // absolute where the site says where it is; "" of no page
  std::string description;  // plain text, paragraphs by empty lines
  Time start, end;
  SessionStatus status = SessionStatus::kConfirmed;
  std::int64_t sequence = 0;
  std::optional<Instant> created;  // by the commit that made it public
  std::optional<Instant> changed;  // by the last commit that changed the file, or when it is
  std::vector<Person> persons;
  std::vector<Link> links;
};

struct ToldRelease {
  std::string version;
  std::string summary;  // "2 new, 1 moved"
  std::string text;     // what was said of it, and a line for each change
  Instant when;
};

struct Program {
  Event event;
  std::string version;                // of the newest release; with what was changed since, "+" and
                                      // when; "" where nothing was ever released
  std::vector<ToldRelease> releases;  // in their order; of a program of all sessions
  std::string name;      // of the calendar: the event's title, or what part of it this is
  std::string base_url;  // "https://example.org/days"; "" where the site does not say
  std::string page_url;  // of the schedule's page, or the session's, room's ...; as Talk::url
  std::vector<Talk> talks;
};

// By start, the event's order of rooms, and guid; then numbers are given.
void put_in_order(Program& program);

// When any talk of it was last changed; none where no commit is known.
std::optional<Instant> last_change(const Program& program);

// A day as attendees count it: one that begins at kDayStartHour.
inline constexpr int kDayStartHour = 4;
Date day_of(const Time& start);

// The days of the event, and those of talks beside them that are not cancelled, in order; kDaysMax
// at most.
inline constexpr std::size_t kDaysMax = 1000;
std::vector<Date> days_of(const Program& program);

// Rooms in the order of the event, then those that it does not name; last "", where talks name
// none. Talks that are cancelled take no place.
std::vector<std::string> rooms_of(const Program& program);

// Tracks in the order of the event, then those of talks that it does not name.
std::vector<Track> tracks_of(const Program& program);

// HTML as text: tags gone, a line for each block, characters for entities.
std::string text_of_html(std::string_view html);

// Without the control characters that no text format can carry; line ends are "\n". Bytes that are
// no UTF-8 show U+FFFD.
std::string clean_text(std::string_view text);

// A name as exports have it: clean, on one line, with single blanks, none around it.
std::string line_of(std::string_view text);

// No longer than kDescriptionBytesMax, with an ellipsis where something is cut off.
std::string cut_text(std::string text);

}  // namespace stet::schedule
