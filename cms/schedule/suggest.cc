#include "cms/schedule/suggest.h"

#include <algorithm>

namespace stet::schedule {
namespace {

constexpr int kDayMinutes = 24 * 60;
constexpr std::int64_t kDaysMax = 366;

struct Days {
  std::int64_t first = 0, last = 0;  // since the epoch
};

Result<Days> days_of(const Wish& wish, const Event& event) {
  auto first = wish.first ? wish.first : event.start;
  auto last = wish.last ? wish.last : event.end;
  if (!last) last = first;
  if (!first) return invalid_input("say on which days: the event names none");
  Days days{days_since_epoch(*first), days_since_epoch(*last)};
  if (days.last < days.first) return invalid_input("the last day is before the first");
  if (days.last - days.first >= kDaysMax) {
    return invalid_input("at most " + std::to_string(kDaysMax) + " days are looked at");
  }
  return days;
}

Status check(const Wish& wish) {
  if (wish.minutes < 1 || wish.minutes > kDayMinutes) {
    return invalid_input("a session takes from 1 to " + std::to_string(kDayMinutes) + " minutes");
  }
  if (wish.step_minutes < 1 || wish.step_minutes > kDayMinutes) {
    return invalid_input("a step is from 1 to " + std::to_string(kDayMinutes) + " minutes");
  }
  if (wish.from_minute < 0 || wish.until_minute > kDayMinutes ||
      wish.until_minute <= wish.from_minute) {
    return invalid_input("the time of the day ends after it begins, and at 24:00 at the latest");
  }
  return {};
}

std::vector<std::string> rooms_of(const Wish& wish, const Event& event) {
  std::vector<std::string> rooms = wish.rooms;
  if (rooms.empty()) {
    for (const Room& room : event.rooms) rooms.push_back(room.name);
  }
  if (rooms.empty()) rooms.emplace_back();
  return rooms;
}

}  // namespace

Result<std::vector<Place>> suggest(const Wish& wish,
                                   const Event& event,
                                   const Timetable& timetable) {
  TRY(check(wish));
  Days days = TRY(days_of(wish, event));
  const std::vector<std::string> rooms = rooms_of(wish, event);
  const std::size_t count = std::min(wish.count, kSuggestionsMax);
  std::vector<Place> places;
  std::size_t tries = 0;
  for (std::int64_t day = days.first; day <= days.last; ++day) {
    for (int minute = wish.from_minute; minute + wish.minutes <= wish.until_minute;
         minute += wish.step_minutes) {
      if (places.size() >= count || ++tries > kTriesMax) return places;
      CivilTime wall{date_of_days(day),
                     static_cast<std::uint8_t>(minute / 60),
                     static_cast<std::uint8_t>(minute % 60),
                     0};
      auto resolved = event.zone.resolve(wall);
      if (resolved.kind != TimeZone::Kind::kUnique) continue;  // nobody is sent there unasked
      Time start = resolved.earlier, end = event.zone.at(start.seconds + wish.minutes * 60);
      Interval when{start.seconds, end.seconds};
      bool is_free =
          std::all_of(wish.speakers.begin(), wish.speakers.end(), [&](const std::string& slug) {
            return timetable.is_speaker_free(slug, when, wish.path);
          });
      if (!is_free) continue;
      for (const std::string& room : rooms) {
        if (places.size() >= count || ++tries > kTriesMax) break;
        if (room.empty() || timetable.is_room_free(room, when, wish.path)) {
          places.push_back({start, end, room});
        }
      }
    }
  }
  return places;
}

}  // namespace stet::schedule
