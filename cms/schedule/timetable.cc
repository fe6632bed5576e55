#include "cms/schedule/timetable.h"

#include <algorithm>

#include "cms/liquid/filters/strftime.h"

namespace stet::schedule {
namespace {

// Whoever holds one of them knows what stands in the other.
void add_own(const std::vector<Booking>& own, std::size_t at, std::vector<Clash>& clashes) {
  const Booking& booking = own[at];
  for (std::size_t i = 0; i < own.size(); ++i) {
    const Booking& other = own[i];
    Interval both{std::max(booking.when.start, other.when.start),
                  std::min(booking.when.end, other.when.end)};
    if (i == at || both.start >= both.end) continue;
    auto tell = [&](ClashKind kind, const std::string& name) {
      clashes.push_back(
          {kind, name, booking.pointer, other.path, other.pointer, other.title, both});
    };
    if (!booking.room.empty() && booking.room == other.room) {
      tell(ClashKind::kRoom, booking.room);
    }
    for (const std::string& speaker : booking.speakers) tell(ClashKind::kSpeaker, speaker);
  }
}

std::string clock(std::int64_t seconds, const TimeZone& zone) {
  return liquid::strftime("%H:%M", zone.at(seconds), "");
}

}  // namespace

std::vector<Booking> bookings_of(const Session& session) {
  std::vector<Booking> bookings;
  if (session.status == SessionStatus::kCancelled) return bookings;
  for (const Slot& slot : session.slots) {
    if (!slot.start) continue;
    bookings.push_back({session.path,
                        session.title.empty() ? session.slug : session.title,
                        slot.pointer,
                        {slot.start->seconds, slot.end.seconds},
                        slot.room,
                        session.speakers});
  }
  return bookings;
}

void Timetable::put(const Session& session) {
  remove(session.path);
  std::vector<Id>& ids = by_path_[session.path];
  for (Booking& booking : bookings_of(session)) {
    Id id = static_cast<Id>(bookings_.size());
    if (free_.empty()) {
      bookings_.emplace_back();
    } else {
      id = free_.back();
      free_.pop_back();
    }
    if (!booking.room.empty()) rooms_[booking.room].add(booking.when, id);
    for (const std::string& speaker : booking.speakers) speakers_[speaker].add(booking.when, id);
    bookings_[id] = std::move(booking);
    ids.push_back(id);
  }
}

void Timetable::remove(std::string_view path) {
  auto known = by_path_.find(path);
  if (known == by_path_.end()) return;
  for (Id id : known->second) {
    Booking& booking = bookings_[id];
    if (!booking.room.empty()) rooms_[booking.room].remove(booking.when, id);
    for (const std::string& speaker : booking.speakers) speakers_[speaker].remove(booking.when, id);
    booking = {};
    free_.push_back(id);
  }
  by_path_.erase(known);
}

void Timetable::put_speaker(Speaker speaker) {
  std::string slug = speaker.slug;
  known_speakers_.insert_or_assign(std::move(slug), std::move(speaker));
}

void Timetable::add_overlaps(const Indexes& indexes,
                             const Booking& booking,
                             const std::string& name,
                             ClashKind kind,
                             std::vector<Clash>& clashes) const {
  auto index = indexes.find(name);
  if (index == indexes.end()) return;
  index->second.each_overlap(booking.when, [&](Id id) {
    const Booking& other = bookings_[id];
    if (other.path == booking.path) return true;
    clashes.push_back({kind,
                       name,
                       booking.pointer,
                       other.path,
                       other.pointer,
                       other.title,
                       {std::max(booking.when.start, other.when.start),
                        std::min(booking.when.end, other.when.end)}});
    return clashes.size() < kClashesMax;
  });
}

std::vector<Clash> Timetable::clashes_of(const Session& session) const {
  std::vector<Clash> clashes;
  std::vector<Booking> own = bookings_of(session);
  for (std::size_t i = 0; i < own.size() && clashes.size() < kClashesMax; ++i) {
    const Booking& booking = own[i];
    add_own(own, i, clashes);
    if (!booking.room.empty()) {
      add_overlaps(rooms_, booking, booking.room, ClashKind::kRoom, clashes);
    }
    for (const std::string& slug : booking.speakers) {
      add_overlaps(speakers_, booking, slug, ClashKind::kSpeaker, clashes);
      auto known = known_speakers_.find(slug);
      if (known == known_speakers_.end() || is_available(known->second, booking.when)) continue;
      clashes.push_back({ClashKind::kUnavailable, slug, booking.pointer, "", "", "", booking.when});
    }
  }
  if (clashes.size() > kClashesMax) clashes.resize(kClashesMax);
  return clashes;
}

bool Timetable::is_free(const Indexes& indexes,
                        const std::string& name,
                        const Interval& when,
                        std::string_view path) const {
  auto index = indexes.find(name);
  bool is_free = true;
  if (index == indexes.end()) return is_free;
  index->second.each_overlap(when, [&](Id id) {
    is_free = bookings_[id].path == path;
    return is_free;
  });
  return is_free;
}

bool Timetable::is_room_free(const std::string& room,
                             const Interval& when,
                             std::string_view path) const {
  return is_free(rooms_, room, when, path);
}

bool Timetable::is_speaker_free(const std::string& slug,
                                const Interval& when,
                                std::string_view path) const {
  auto known = known_speakers_.find(slug);
  if (known != known_speakers_.end() && !is_available(known->second, when)) return false;
  return is_free(speakers_, slug, when, path);
}

std::string describe(const Clash& clash, const TimeZone& zone) {
  std::string when =
      " from " + clock(clash.when.start, zone) + " to " + clock(clash.when.end, zone);
  if (clash.kind == ClashKind::kUnavailable) {
    return "the speaker '" + clash.name + "' is not available" + when +
           "; move the session, or mend available in _speakers/" + clash.name + ".md";
  }
  std::string other = "'" + clash.title + "' (" + clash.path + ")";
  if (clash.kind == ClashKind::kRoom) {
    return "the room '" + clash.name + "' is taken by " + other + when + "; move one of the two";
  }
  return "the speaker '" + clash.name + "' speaks in " + other + when + "; move one of the two";
}

std::string pointer_of(const Clash& clash) {
  return clash.pointer + (clash.kind == ClashKind::kRoom ? "/room" : "/start");
}

}  // namespace stet::schedule
