// What schedule.xml and schedule.json of c3voc have in common: days, pieces, names within bounds.
//
// Cancelled talks are not in them, for they cannot say so. What is longer than these formats can
// tell (readers take a duration for a time of the day) is cut into pieces, each with an id of its
// own. Threads: pure functions.
#pragma once

#include <string>
#include <vector>

#include "cms/schedule/program.h"

namespace stet::schedule {

// A talk, or a part of a long one.
struct Piece {
  const Talk* talk = nullptr;
  std::string guid;
  std::int32_t number = 0;
  Time start, end;
};

struct ConferenceDay {
  Date date;
  Time start, end;
  // By room in the order of rooms_of, by start. On the first day all rooms are there, so that their
  // order can be read from it; on the others those with pieces.
  std::vector<std::pair<std::string, std::vector<Piece>>> rooms;
};

std::vector<ConferenceDay> conference_days(const Program& program);

// "01:30", of less than a day.
std::string duration_text(const Piece& piece);
// "10:00"
std::string clock_text(const Time& time);
// Small ASCII letters, digits and underscores, four at least.
std::string acronym_of(const Program& program);
// "ptim_event-opening": ASCII, never ends in a hyphen; the talk's number where nothing is left.
std::string ascii_slug_of(const Program& program, const Piece& piece);
// What a room without a name is called.
std::string shown_room(const std::string& name);
std::string guid_of_room(const std::string& name);
// Which state of the schedule this is: its version, else the last change of a talk, "0" where none
// is known.
std::string version_of(const Program& program);
bool is_web_address(std::string_view url);

}  // namespace stet::schedule
