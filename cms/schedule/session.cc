#include "cms/schedule/session.h"

#include <algorithm>
#include <set>

#include "cms/schedule/program.h"
#include "cms/schedule/session_reader.h"

namespace stet::schedule {
namespace {

using liquid::Type;
using liquid::Value;

std::optional<Time> at_wall(const CivilTime& wall, const TimeZone& zone, std::string& message) {
  auto resolved = zone.resolve(wall);
  if (resolved.kind == TimeZone::Kind::kMissing) {
    message = "does not exist in " + zone.name() + ": the clock is set forward over it";
    return std::nullopt;
  }
  if (resolved.kind == TimeZone::Kind::kAmbiguous) {
    message = "comes twice in " + zone.name() +
              ", for the clock is set back; the first is meant, " + iso_time(resolved.earlier) +
              "; write the other as " + iso_time(resolved.later);
  }
  return resolved.earlier;
}

// Without the blank that people put before an offset: "2026-10-25 02:30 +02:00".
std::string joined(std::string_view text) {
  std::string joined(text);
  std::size_t blank = joined.rfind(' ');
  if (blank == std::string::npos || blank + 1 >= joined.size()) return joined;
  char next = joined[blank + 1];
  if (next == '+' || next == '-' || next == 'Z') joined.erase(blank, 1);
  return joined;
}

void clash(Faults& faults, std::string pointer, std::string message) {
  faults.push_back({std::move(pointer), std::move(message), Severity::kWarning, true});
}

void check_slot(const Slot& slot, const Event& event, Faults& faults) {
  if (!slot.room.empty() && !event.rooms.empty() && !event.find_room(slot.room)) {
    clash(faults,
          slot.pointer + "/room",
          "the event has no room '" + slot.room + "'; name it in _data/event.yml under rooms");
  }
  if (!slot.start) return;
  if (slot.end.seconds - slot.start->seconds > kDaySeconds) {
    clash(faults, slot.pointer + "/end", "this session is longer than a day");
  }
  // The small hours of the night after the last day belong to it.
  Date day = civil_of(*slot.start).date, evening = day_of(*slot.start);
  if ((event.start && day < *event.start) || (event.end && evening > *event.end)) {
    clash(faults, slot.pointer + "/start", iso_date(day) + " is not a day of the event");
  }
}

}  // namespace

std::optional<Time> read_session_time(const Value& value,
                                      const TimeZone& zone,
                                      std::string& message) {
  if (value.type() == Type::kTime) {
    // YAML takes a full timestamp without an offset for UTC; in a schedule it is a wall time.
    const Time& time = value.as_time();
    if (time.offset_seconds == 0) return at_wall(civil_of(time), zone, message);
    return zone.at(time.seconds);
  }
  auto parsed = value.is_string() ? parse_iso_time(joined(value.as_string())) : std::nullopt;
  if (!parsed) {
    message = "is no time; write it as 2020-10-12T10:00";
    return std::nullopt;
  }
  if (!parsed->offset_seconds) return at_wall(parsed->civil, zone, message);
  return zone.at(seconds_as_utc(parsed->civil) - *parsed->offset_seconds);
}

std::string ambiguity_of(const Time& time, const TimeZone& zone) {
  auto resolved = zone.resolve(civil_of(zone.at(time.seconds)));
  return "comes twice in " + zone.name() + ", for the clock is set back; write " +
         iso_time(resolved.earlier) + ", or " + iso_time(resolved.later);
}

std::string session_time_text(const Time& time, const TimeZone& zone) {
  Time local = zone.at(time.seconds);
  std::string text = iso_time(local);
  constexpr std::size_t kMinutesEnd = 16, kSecondsEnd = 19;
  bool is_whole = text.substr(kMinutesEnd, kSecondsEnd - kMinutesEnd) == ":00";
  bool is_twice = zone.resolve(civil_of(local)).kind != TimeZone::Kind::kUnique;
  std::string wall = text.substr(0, is_whole ? kMinutesEnd : kSecondsEnd);
  return is_twice ? wall + text.substr(kSecondsEnd) : wall;
}

bool Session::is_scheduled() const {
  return std::any_of(slots.begin(), slots.end(), [](const Slot& s) { return s.start.has_value(); });
}

std::string slug_of_path(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return std::string(path.substr(0, path.rfind('.')));
}

Session read_session(const Fields& fields,
                     const std::string& path,
                     const Event& event,
                     Faults& faults) {
  return SessionReader(fields, event, faults).read(path);
}

void check_fit(const Session& session,
               const Event& event,
               const std::function<bool(const std::string& slug)>& has_speaker,
               Faults& faults) {
  for (const Slot& slot : session.slots) check_slot(slot, event, faults);
  if (!session.track.empty() && !event.tracks.empty() && !event.find_track(session.track)) {
    clash(
        faults,
        "/track",
        "the event has no track '" + session.track + "'; name it in _data/event.yml under tracks");
  }
  for (std::size_t i = 0; i < session.speakers.size(); ++i) {
    const std::string& slug = session.speakers[i];
    if (has_speaker(slug)) continue;
    clash(faults,
          "/speakers/" + std::to_string(i),
          "there is no speaker '" + slug + "'; make _speakers/" + slug + ".md");
  }
}

}  // namespace stet::schedule
