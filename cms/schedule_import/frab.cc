#include "cms/schedule_import/frab.h"

#include <algorithm>

#include "cms/schedule/formats/conference.h"
#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/own_export.h"
#include "cms/schedule_import/written_moments.h"
#include "cms/schedule_import/zone_names.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

constexpr std::string_view kNoRoom = "-";  // what exports call it
constexpr std::string_view kNoType = "other";

std::string at(const FrabEvent& event) { return event.where.empty() ? "" : event.where + ": "; }

std::optional<Date> day_in(std::string_view text) {
  return parse_iso_date(trimmed(text).substr(0, 10));
}

// The abstract, and the description where it does not begin with it.
std::string body_of(const FrabEvent& event) {
  std::string_view abstract = trimmed(event.abstract), description = trimmed(event.description);
  if (abstract.empty() || description.starts_with(abstract)) return std::string(description);
  if (description.empty()) return std::string(abstract);
  return std::string(abstract) + "\n\n" + std::string(description);
}

}  // namespace

void FrabSchedule::set_generator(std::string_view generator) {
  if (trimmed(generator) == kOwnGenerator) gathering_.set_own();
}

void FrabSchedule::begin(std::string_view title,
                         std::string_view acronym,
                         std::string_view time_zone,
                         Place place) {
  gathering_.schedule().title = gathering_.name(title, place);
  gathering_.schedule().acronym = gathering_.name(acronym, place);
  schedule::Program program;
  program.event.title = gathering_.schedule().title;
  bool is_derived = gathering_.schedule().acronym == schedule::acronym_of(program);
  if (gathering_.is_own() && is_derived) gathering_.schedule().acronym.clear();
  if (trimmed(time_zone).empty()) return;
  auto zone = zone_of_id(time_zone);
  if (zone) return gathering_.say_zone(zone->zone, place, zone->said);
  gathering_.doubt(
      place, "there is no time zone '" + printable(time_zone, 60) + "'", "as if it said none");
}

void FrabSchedule::set_days(std::string_view start, std::string_view end) {
  gathering_.schedule().start = day_in(start);
  gathering_.schedule().end = day_in(end);
}

void FrabSchedule::set_day_change(std::string_view text) {
  auto seconds = read_duration(text);
  if (seconds && *seconds < 12 * 3600) day_change_s_ = *seconds;
}

void FrabSchedule::read_times(const FrabEvent& event, std::string_view day, Session& session) {
  std::string_view written = trimmed(event.date);
  session.written = gathering_.name(written.empty() ? event.start : written, event.place);
  auto time = parse_iso_time(written);
  const TimeZone& zone = time && time->offset_seconds == 0 ? gathering_.zone_for_instants()
                                                           : gathering_.zone_for_walls();
  if (time) {
    session.start = time->offset_seconds
                        ? zone.at(seconds_as_utc(time->civil) - *time->offset_seconds)
                        : gathering_.at_wall(time->civil, zone, event.place);
  } else {
    auto date = day_in(written.empty() ? day : written);
    auto seconds = read_duration(event.start);
    if (date && seconds && *seconds < 86400) {
      std::int64_t wall = days_since_epoch(*date) * 86400 + *seconds;
      if (*seconds < day_change_s_) wall += 86400;
      session.start = gathering_.at_wall(civil_of_seconds(wall), zone, event.place);
    } else {
      return gathering_.doubt(
          event.place,
          at(event) + "'" + printable(session.title, 60) + "' has no time that can be read",
          "no time");
    }
  }
  if (session.start) read_end(event, session);
}

void FrabSchedule::read_end(const FrabEvent& event, Session& session) {
  const TimeZone& zone = gathering_.zone_for_instants();
  auto end = parse_iso_time(trimmed(event.end));
  if (end && end->offset_seconds) {
    session.end = zone.at(seconds_as_utc(end->civil) - *end->offset_seconds);
    if (*session.end > *session.start) return;
    session.end.reset();
  }
  auto duration = read_duration(event.duration);
  if (duration && *duration > 0) {
    session.end = zone.at(session.start->seconds + *duration);
  } else {
    gathering_.doubt(event.place,
                     at(event) + "'" + printable(session.title, 60) + "' has no duration",
                     "no end");
  }
}

// Older files have no guids: an event's number is its own in the schedule of that name.
std::string FrabSchedule::uid_of(const FrabEvent& event) {
  std::string guid = gathering_.name(event.guid, event.place);
  const std::string& acronym = gathering_.schedule().acronym;
  if (!guid.empty() || acronym.empty()) return guid;
  std::string id = gathering_.name(event.id, event.place);
  return id.empty() ? "" : id + "@" + acronym;
}

void FrabSchedule::add(FrabEvent event, std::string_view day) {
  Session session;
  session.place = event.place;
  auto name = [&](const std::string& text) { return gathering_.name(text, event.place); };
  session.uid = uid_of(event);
  session.code = name(event.code);
  session.title = name(event.title);
  session.subtitle = name(event.subtitle);
  session.room = name(event.room);
  if (session.room == kNoRoom) session.room.clear();
  session.track = name(event.track);
  session.type = name(event.type);
  if (gathering_.is_own()) {
    if (session.type == kNoType) session.type.clear();
    session.page = page_in_url(event.url, "schedule");
  }
  session.language = name(event.language);
  session.description = gathering_.text(body_of(event), event.place);
  for (const Link& link : event.links) {
    if (auto clean = gathering_.link(link.title, link.url, event.place)) {
      session.links.push_back(std::move(*clean));
    }
  }
  for (const FrabPerson& person : event.persons) {
    auto speaker = gathering_.add_speaker(name(person.name), name(person.uid));
    if (!speaker) continue;
    session.speakers.push_back(*speaker);
    std::string& biography = gathering_.speaker(*speaker).biography;
    if (gathering_.is_own()) {
      gathering_.speaker(*speaker).page = page_in_url(person.url, "speakers");
    }
    if (biography.empty()) biography = gathering_.text(person.biography, event.place);
  }
  read_times(event, day, session);
  gathering_.add(std::move(session));
}

void FrabSchedule::add_room(const Room& room) {
  if (room.name != kNoRoom) gathering_.add_room(room);
}

void FrabSchedule::add_day(std::string_view date, bool has_events) {
  auto day = day_in(date);
  if (!day) return;
  bool& is_busy = days_[days_since_epoch(*day)];
  is_busy = is_busy || has_events;
}

// Days of an export of ours are those of the event and those of sessions. A day on which nothing is
// is one of the event's, and so are those beside it, one by one.
void FrabSchedule::settle_days() {
  Schedule& schedule = gathering_.schedule();
  schedule.has_days = true;
  schedule.start.reset();
  schedule.end.reset();
  if (days_.empty()) return;
  bool is_run =
      days_.rbegin()->first - days_.begin()->first + 1 == static_cast<std::int64_t>(days_.size());
  auto at = is_run
                ? days_.begin()
                : std::find_if(days_.begin(), days_.end(), [](auto& day) { return !day.second; });
  if (at == days_.end()) return;
  std::int64_t first = at->first, last = at->first;
  while (days_.contains(first - 1)) --first;
  while (days_.contains(last + 1)) ++last;
  schedule.start = date_of_days(first);
  schedule.end = date_of_days(last);
}

Schedule FrabSchedule::take() {
  if (gathering_.is_own()) settle_days();
  for (const auto& [field, count] : left_out_) {
    gathering_.leave_out({},
                         field + " of " + std::to_string(count) +
                             (count == 1 ? " event is" : " events is") + " not taken over");
  }
  return gathering_.take();
}

}  // namespace stet::schedule_import
