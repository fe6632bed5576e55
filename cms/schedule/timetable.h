// Who and what is taken when: all sessions of a schedule, asked for clashes and for free places.
//
// put() and remove() cost O(log n) for each room and speaker of the session, and so does a question
// about one session, with what it finds. Cancelled sessions and those without a start take nothing.
// Threads: a value; const methods from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cms/schedule/interval_index.h"
#include "cms/schedule/session.h"
#include "cms/schedule/speaker.h"

namespace stet::schedule {

inline constexpr std::size_t kClashesMax = 50;  // told of one session

enum class ClashKind {
  kRoom,         // two in one room
  kSpeaker,      // one speaker in two sessions
  kUnavailable,  // a speaker who says that they cannot then
};

// One place that a session takes.
struct Booking {
  std::string path;     // of the session
  std::string title;    // or the file's name
  std::string pointer;  // of the slot: "" or "/slots/1"
  Interval when;
  std::string room;  // "" where none is said
  std::vector<std::string> speakers;
};
std::vector<Booking> bookings_of(const Session& session);

struct Clash {
  ClashKind kind = ClashKind::kRoom;
  std::string name;              // of the room; the slug of the speaker
  std::string pointer;           // of the slot that was asked about
  std::string path, other_slot;  // the other session, and its slot's pointer; "": kUnavailable
  std::string title;             // of the other one
  Interval when;                 // both at once
  friend bool operator==(const Clash&, const Clash&) = default;
};

class Timetable {
 public:
  // In place of what was known under its path.
  void put(const Session& session);
  void remove(std::string_view path);
  void put_speaker(Speaker speaker);

  // Of the session as it is given, with all others and among its own slots; what is known under its
  // path does not count. By slot, then rooms before speakers, then start. At most kClashesMax.
  std::vector<Clash> clashes_of(const Session& session) const;

  bool is_room_free(const std::string& room, const Interval& when, std::string_view path) const;
  // Nor unavailable. `path`: a session that does not count.
  bool is_speaker_free(const std::string& slug, const Interval& when, std::string_view path) const;

  std::size_t size() const { return bookings_.size() - free_.size(); }

 private:
  using Id = IntervalIndex::Id;
  using Indexes = std::unordered_map<std::string, IntervalIndex>;

  bool is_free(const Indexes& indexes,
               const std::string& name,
               const Interval& when,
               std::string_view path) const;
  void add_overlaps(const Indexes& indexes,
                    const Booking& booking,
                    const std::string& name,
                    ClashKind kind,
                    std::vector<Clash>& clashes) const;

  std::vector<Booking> bookings_;  // by id
  std::vector<Id> free_;
  std::map<std::string, std::vector<Id>, std::less<>> by_path_;
  Indexes rooms_, speakers_;
  std::map<std::string, Speaker, std::less<>> known_speakers_;
};

// "Attic is taken by 'Opening' (_schedule/opening.md) from 10:00 to 11:00; ..."
std::string describe(const Clash& clash, const TimeZone& zone);

// The field that is to blame: "/room", "/slots/1/start".
std::string pointer_of(const Clash& clash);

}  // namespace stet::schedule
