#include "cms/schedule_import/read_calendar.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "cms/schedule_import/calendar_lines.h"
#include "cms/schedule_import/gathering.h"
#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/own_export.h"
#include "cms/schedule_import/written_moments.h"
#include "cms/schedule_import/zone_names.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

constexpr std::size_t kDepthMax = 16;

using Lines = std::vector<CalendarLine>;

const CalendarLine* find(const Lines& lines, std::string_view name) {
  auto found = std::find_if(
      lines.begin(), lines.end(), [&](const CalendarLine& line) { return line.name == name; });
  return found == lines.end() ? nullptr : &*found;
}

std::string text_in(const Lines& lines, std::string_view name) {
  const CalendarLine* line = find(lines, name);
  return line ? text_of_calendar(line->value) : "";
}

// "20201012" or "20201012T100000", with or without Z.
struct CalendarTime {
  CivilTime wall;
  bool is_day = false, is_utc = false;
};
std::optional<CalendarTime> time_in(std::string_view text) {
  CalendarTime time;
  time.is_utc = text.ends_with('Z');
  if (time.is_utc) text.remove_suffix(1);
  time.is_day = text.size() == 8;
  if (!time.is_day && (text.size() != 15 || text[8] != 'T')) return std::nullopt;
  auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (char c : text.substr(at, size))
      value = c < '0' || c > '9' ? -100'000 : value * 10 + c - '0';
    return value;
  };
  int month = number(4, 2), day = number(6, 2), hour = 0, minute = 0, second = 0;
  if (month < 1 || day < 1 || number(0, 4) < 1) return std::nullopt;
  time.wall.date = {number(0, 4), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
  if (!time.is_day) {
    hour = number(9, 2);
    minute = number(11, 2);
    second = std::min(number(13, 2), 59);
  }
  if (!is_valid(time.wall.date) || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      second < 0) {
    return std::nullopt;
  }
  time.wall.hour = static_cast<std::uint8_t>(hour);
  time.wall.minute = static_cast<std::uint8_t>(minute);
  time.wall.second = static_cast<std::uint8_t>(second);
  return time;
}

class CalendarReader {
 public:
  explicit CalendarReader(const Wishes& wishes) : gathering_(wishes) {}

  Result<Schedule> run(Lines lines) {
    bool is_calendar = std::any_of(lines.begin(), lines.end(), [](const CalendarLine& line) {
      return line.name == "BEGIN" && lower_ascii(line.value) == "vcalendar";
    });
    if (!is_calendar) return invalid_input("there is no BEGIN:VCALENDAR: it is no calendar");
    TRY(part(std::move(lines)));
    if (text_in(head_, "PRODID").starts_with(kOwnCalendar)) {
      gathering_.set_own();
      gathering_.schedule().has_composed = true;
    }
    std::string title = text_in(head_, "NAME");
    gathering_.schedule().title =
        gathering_.name(title.empty() ? text_in(head_, "X-WR-CALNAME") : title, {});
    find_zone();
    for (const Lines& event : events_) read_event(event);
    if (people_ > 0) {
      gathering_.leave_out(
          {},
          std::to_string(people_) +
              " attendees and organizers are not taken over: they are mail addresses");
    }
    if (events_.empty()) gathering_.leave_out({}, "the calendar has no VEVENT");
    return gathering_.take();
  }

 private:
  // What belongs to which component; alarms and the like to none.
  Status part(Lines lines) {
    std::vector<std::string> open;
    for (CalendarLine& line : lines) {
      if (line.name == "BEGIN") {
        if (open.size() >= kDepthMax) {
          return invalid_input("line " + std::to_string(line.place.line) +
                               ": more than 16 components are within one another");
        }
        open.push_back(lower_ascii(trimmed(line.value)));
        if (open.back() == "vevent" && events_.size() <= kSessionsMax) events_.emplace_back();
        if (open.back() == "vtimezone") zone_lines_.clear();
      } else if (line.name == "END") {
        if (!open.empty() && open.back() == "vtimezone") end_zone();
        if (!open.empty()) open.pop_back();
      } else if (!open.empty() && open.back() == "vevent") {
        events_.back().push_back(std::move(line));
      } else if (std::find(open.begin(), open.end(), "vtimezone") != open.end()) {
        zone_lines_.push_back(std::move(line));
      } else if (open.size() == 1) {
        head_.push_back(std::move(line));
      }
    }
    return {};
  }

  void end_zone() {
    std::string id = text_in(zone_lines_, "TZID");
    auto zone = zone_of_id(id);
    if (!zone) zone = zone_of_name(text_in(zone_lines_, "X-LIC-LOCATION"));
    std::set<std::string> offsets;
    for (const CalendarLine& line : zone_lines_) {
      if (line.name == "TZOFFSETTO") offsets.insert(line.value);
    }
    if (!zone && offsets.size() == 1) zone = zone_of_name("UTC" + offsets.begin()->substr(0, 3));
    if (zone && !id.empty()) zones_.insert_or_assign(id, zone->zone);
  }

  std::optional<TimeZone> zone_of(const CalendarLine& line) {
    std::string id(line.parameter("TZID"));
    if (id.empty()) return std::nullopt;
    if (auto known = zones_.find(id); known != zones_.end()) return known->second;
    auto zone = zone_of_id(id);
    if (zone) return zones_.emplace(id, zone->zone).first->second;
    if (unknown_zones_.insert(id).second) {
      gathering_.doubt(line.place,
                       "nobody knows the time zone '" + printable(id, 60) + "'",
                       "times in it are of " + gathering_.zone_for_walls().name());
    }
    return std::nullopt;
  }

  void find_zone() {
    if (auto zone = zone_of_id(text_in(head_, "X-WR-TIMEZONE"))) {
      return gathering_.say_zone(zone->zone, find(head_, "X-WR-TIMEZONE")->place, zone->said);
    }
    for (const Lines& event : events_) {
      const CalendarLine* start = find(event, "DTSTART");
      std::string id(start ? start->parameter("TZID") : std::string_view());
      auto known = zones_.find(id);
      auto zone = known != zones_.end() ? std::optional(known->second) : std::nullopt;
      if (!zone && !id.empty()) {
        if (auto named = zone_of_id(id)) zone = named->zone;
      }
      if (zone) return gathering_.say_zone(*zone, start->place, id);
    }
  }

  std::optional<Time> time_of(const CalendarLine& line, bool& is_day) {
    auto time = time_in(trimmed(line.value));
    if (!time) {
      gathering_.doubt(line.place, "'" + printable(line.value, 60) + "' is no time", "no time");
      return std::nullopt;
    }
    is_day = time->is_day;
    if (time->is_utc) return gathering_.zone_for_instants().at(seconds_as_utc(time->wall));
    const TimeZone zone = gathering_.zone_for_walls();
    auto own = zone_of(line);
    if (!own && !is_day && line.parameter("TZID").empty() && !has_told_floating_) {
      has_told_floating_ = true;
      gathering_.assume(line.place, "times without a zone are of wherever one is", zone.name());
    }
    auto instant = gathering_.at_wall(time->wall, own.value_or(zone), line.place);
    return instant ? std::optional(zone.at(instant->seconds)) : std::nullopt;
  }

  // Of a whole day that names no end: the midnight after it, whatever clocks do between.
  std::optional<Time> end_of_day(const CalendarLine& start) {
    auto day = time_in(trimmed(start.value));
    CivilTime wall{date_of_days(days_since_epoch(day->wall.date) + 1), 0, 0, 0};
    return gathering_.at_wall(
        wall, zone_of(start).value_or(gathering_.zone_for_walls()), start.place);
  }

  void read_times(const Lines& event, Session& session) {
    const CalendarLine* start = find(event, "DTSTART");
    if (!start) {
      return gathering_.doubt(
          session.place, "'" + printable(session.title, 60) + "' has no DTSTART", "no time");
    }
    session.written = gathering_.name(start->value, start->place);
    bool is_day = false, ignored = false;
    session.start = time_of(*start, is_day);
    if (!session.start) return;
    const CalendarLine* end = find(event, "DTEND");
    const CalendarLine* duration = find(event, "DURATION");
    auto seconds = duration ? read_duration(duration->value) : std::nullopt;
    if (end) {
      session.end = time_of(*end, ignored);
    } else if (seconds) {
      session.end = gathering_.zone_for_instants().at(session.start->seconds + *seconds);
    } else if (duration) {
      gathering_.doubt(duration->place,
                       "'" + printable(duration->value, 60) + "' is no duration",
                       "its start, and no end");
    } else if (is_day) {
      session.end = end_of_day(*start);
    }
    if (is_day) {
      gathering_.assume(start->place,
                        "'" + printable(session.title, 60) + "' is a whole day",
                        "from midnight to midnight");
    }
  }

  void read_event(const Lines& event) {
    if (event.empty()) return;
    Session session;
    session.place = event.front().place;
    auto name = [&](std::string_view key) {
      return gathering_.name(text_in(event, key), session.place);
    };
    session.uid = name("UID");
    session.title = name("SUMMARY");
    session.room = name("LOCATION");
    session.description = gathering_.text(text_in(event, "DESCRIPTION"), session.place);
    std::string categories = find(event, "CATEGORIES") ? find(event, "CATEGORIES")->value : "";
    std::size_t comma = 0;
    while (comma < categories.size() && categories[comma] != ',')
      comma += categories[comma] == '\\' ? 2 : 1;
    session.track = gathering_.name(text_of_calendar(categories.substr(0, comma)), session.place);
    std::string status = lower_ascii(text_in(event, "STATUS"));
    if (status == "confirmed" || status == "tentative" || status == "cancelled")
      session.status = status;
    std::string sequence = text_in(event, "SEQUENCE");
    std::from_chars(sequence.data(), sequence.data() + sequence.size(), session.sequence);
    session.sequence = std::clamp<std::int64_t>(session.sequence, 0, 1'000'000'000);
    for (const CalendarLine& line : event) read_other(line, session);
    read_times(event, session);
    gathering_.add(std::move(session));
  }

  void read_other(const CalendarLine& line, Session& session) {
    if (line.name == "URL" && gathering_.is_own()) {
      session.page = page_in_url(line.value, "schedule");
    } else if (line.name == "URL" || line.name == "CONFERENCE") {
      auto link = gathering_.link(line.parameter("LABEL"), line.value, line.place);
      if (link) session.links.push_back(std::move(*link));
    } else if (line.name == "RRULE" || line.name == "RDATE") {
      gathering_.doubt(
          line.place,
          "'" + printable(session.title, 60) + "' repeats (" + printable(line.value, 80) + ")",
          "its first time alone");
    } else if (line.name == "RECURRENCE-ID") {
      session.uid += "-" + gathering_.name(line.value, line.place);
      gathering_.assume(
          line.place,
          "'" + printable(session.title, 60) + "' is one time of something that repeats",
          "a session of its own");
    } else if (line.name == "ATTENDEE" || line.name == "ORGANIZER") {
      ++people_;
    }
  }

  Gathering gathering_;
  Lines head_, zone_lines_;
  std::vector<Lines> events_;
  std::map<std::string, TimeZone> zones_;
  std::set<std::string> unknown_zones_;
  std::size_t people_ = 0;
  bool has_told_floating_ = false;
};

}  // namespace

Result<Schedule> read_calendar(std::string_view bytes, const Wishes& wishes) {
  return CalendarReader(wishes).run(read_calendar_lines(bytes));
}

}  // namespace stet::schedule_import
