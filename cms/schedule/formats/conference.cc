#include "cms/schedule/formats/conference.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "cms/liquid/filters/slugify.h"
#include "cms/liquid/filters/strftime.h"
#include "cms/schedule/uid.h"
#include "storage/base/uuid.h"

namespace stet::schedule {
namespace {

constexpr std::int64_t kPieceSeconds = 12 * 60 * 60;
constexpr std::int64_t kPiecesMax = 400;  // of one talk: half a year
constexpr std::int32_t kNumberMax = 0x7fffffff;

std::vector<Piece> pieces_of(const Program& program) {
  std::vector<Piece> pieces;
  std::set<std::int32_t> taken;
  for (const Talk& talk : program.talks) taken.insert(talk.number);
  for (const Talk& talk : program.talks) {
    if (talk.status == SessionStatus::kCancelled) continue;
    // Seconds are not told: what begins or ends within a minute is told by it.
    if (talk.end.seconds - talk.start.seconds < kDaySeconds - 60) {
      pieces.push_back({&talk, talk.guid, talk.number, talk.start, talk.end});
      continue;
    }
    std::int64_t at = talk.start.seconds;
    for (std::int64_t n = 0; at < talk.end.seconds && n < kPiecesMax; ++n, at += kPieceSeconds) {
      std::string guid = n == 0 ? talk.guid : uuid_of_url(talk.guid + "/" + std::to_string(n));
      std::int32_t number = n == 0 ? talk.number : number_of_guid(guid);
      while (n > 0 && !taken.insert(number).second) number = number == kNumberMax ? 1 : number + 1;
      const TimeZone& zone = program.event.zone;
      pieces.push_back({&talk,
                        guid,
                        number,
                        zone.at(at),
                        zone.at(std::min(at + kPieceSeconds, talk.end.seconds))});
    }
  }
  return pieces;
}

std::string ascii_word(std::string_view text) {
  std::string word = liquid::slugify(text, "latin");
  std::replace(word.begin(), word.end(), '-', '_');
  std::erase_if(
      word, [](char c) { return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_'; });
  return word;
}

}  // namespace

std::vector<ConferenceDay> conference_days(const Program& program) {
  std::vector<Piece> pieces = pieces_of(program);
  std::set<Date> dates;
  for (const Date& date : days_of(program)) dates.insert(date);
  for (const Piece& piece : pieces) dates.insert(day_of(piece.start));
  const std::vector<std::string> rooms = rooms_of(program);
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < rooms.size(); ++i) places[rooms[i]] = i;
  std::vector<ConferenceDay> days;
  std::map<Date, std::size_t> indexes;
  for (const Date& date : dates) {
    ConferenceDay day;
    day.date = date;
    CivilTime begin{date, kDayStartHour, 0, 0};
    Date next = date_of_days(days_since_epoch(date) + 1);
    day.start = program.event.zone.resolve(begin).earlier;
    day.end = program.event.zone.resolve({next, kDayStartHour - 1, 59, 0}).earlier;
    for (const std::string& room : rooms) day.rooms.push_back({room, {}});
    indexes[date] = days.size();
    days.push_back(std::move(day));
  }
  for (Piece& piece : pieces) {
    ConferenceDay& day = days[indexes.at(day_of(piece.start))];
    day.rooms[places.at(piece.talk->room)].second.push_back(std::move(piece));
  }
  for (ConferenceDay& day : days) {
    for (auto& [room, list] : day.rooms) {
      std::sort(list.begin(), list.end(), [](const Piece& a, const Piece& b) {
        return std::tie(a.start.seconds, a.guid) < std::tie(b.start.seconds, b.guid);
      });
    }
  }
  for (std::size_t i = 1; i < days.size(); ++i) {
    std::erase_if(days[i].rooms, [](const auto& room) { return room.second.empty(); });
  }
  return days;
}

std::string duration_text(const Piece& piece) {
  std::int64_t minutes = std::max<std::int64_t>(1, (piece.end.seconds - piece.start.seconds) / 60);
  std::string hours = std::to_string(minutes / 60), rest = std::to_string(minutes % 60);
  return (hours.size() < 2 ? "0" : "") + hours + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

std::string clock_text(const Time& time) { return liquid::strftime("%H:%M", time, ""); }

std::string acronym_of(const Program& program) {
  constexpr std::size_t kLeast = 4, kMost = 64;
  std::string acronym = ascii_word(program.event.acronym);
  if (acronym.empty()) acronym = ascii_word(program.event.title).substr(0, kMost);
  while (acronym.starts_with('_')) acronym.erase(0, 1);
  while (acronym.ends_with('_')) acronym.pop_back();
  if (acronym.empty()) return "event";
  return acronym.size() < kLeast ? acronym + "_event" : acronym;
}

std::string ascii_slug_of(const Program& program, const Piece& piece) {
  std::string slug = liquid::slugify(piece.talk->slug, "latin");
  std::erase_if(slug, [](char c) {
    return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-';
  });
  while (!slug.empty() && (slug.back() == '-' || slug.back() == '_')) slug.pop_back();
  if (slug.empty()) slug = std::to_string(piece.number);
  return acronym_of(program) + "-" + slug;
}

std::string shown_room(const std::string& name) { return name.empty() ? "-" : name; }

std::string guid_of_room(const std::string& name) {
  return uuid_of_url(std::string(kEventPath) + "#rooms/" + name);
}

std::string version_of(const Program& program) {
  if (!program.version.empty()) return program.version;
  auto last = last_change(program);
  return last ? iso_instant(*last) : "0";
}

bool is_web_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

}  // namespace stet::schedule
