#include "cms/schedule_import/frab.h"

#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/written_moments.h"
#include "cms/schedule_import/zone_names.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

constexpr int kDayChangeSeconds = 4 * 3600;  // before that an event is of the evening before

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

void FrabSchedule::begin(std::string_view title,
                         std::string_view acronym,
                         std::string_view time_zone,
                         Place place) {
  gathering_.schedule().title = gathering_.name(title, place);
  gathering_.schedule().acronym = gathering_.name(acronym, place);
  if (trimmed(time_zone).empty()) return;
  auto zone = zone_of_name(time_zone);
  if (zone) return gathering_.say_zone(zone->zone, place, zone->said);
  gathering_.doubt(
      place, "there is no time zone '" + printable(time_zone, 60) + "'", "as if it said none");
}

void FrabSchedule::set_days(std::string_view start, std::string_view end) {
  gathering_.schedule().start = day_in(start);
  gathering_.schedule().end = day_in(end);
}

void FrabSchedule::read_times(const FrabEvent& event, std::string_view day, Session& session) {
  std::string_view written = trimmed(event.date);
  session.written = gathering_.name(written.empty() ? event.start : written, event.place);
  const TimeZone& zone = gathering_.zone_for_walls();
  if (auto time = parse_iso_time(written)) {
    session.start = time->offset_seconds
                        ? zone.at(seconds_as_utc(time->civil) - *time->offset_seconds)
                        : gathering_.at_wall(time->civil, zone, event.place);
  } else {
    auto date = day_in(written.empty() ? day : written);
    auto seconds = read_duration(event.start);
    if (date && seconds && *seconds < 86400) {
      std::int64_t wall = days_since_epoch(*date) * 86400 + *seconds;
      if (*seconds < kDayChangeSeconds) wall += 86400;
      session.start = gathering_.at_wall(civil_of_seconds(wall), zone, event.place);
    } else {
      return gathering_.doubt(
          event.place,
          at(event) + "'" + printable(session.title, 60) + "' has no time that can be read",
          "no time");
    }
  }
  auto duration = read_duration(event.duration);
  if (session.start && duration && *duration > 0) {
    session.end = zone.at(session.start->seconds + *duration);
  } else if (session.start) {
    gathering_.doubt(event.place,
                     at(event) + "'" + printable(session.title, 60) + "' has no duration",
                     "no end");
  }
}

void FrabSchedule::add(FrabEvent event, std::string_view day) {
  Session session;
  session.place = event.place;
  auto name = [&](const std::string& text) { return gathering_.name(text, event.place); };
  session.uid = name(event.guid);
  session.code = name(event.code);
  session.title = name(event.title);
  session.subtitle = name(event.subtitle);
  session.room = name(event.room);
  session.track = name(event.track);
  session.type = name(event.type);
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
    if (biography.empty()) biography = gathering_.text(person.biography, event.place);
  }
  read_times(event, day, session);
  gathering_.add(std::move(session));
}

Schedule FrabSchedule::take() {
  for (const auto& [field, count] : left_out_) {
    gathering_.leave_out({},
                         field + " of " + std::to_string(count) +
                             (count == 1 ? " event is" : " events is") + " not taken over");
  }
  return gathering_.take();
}

}  // namespace stet::schedule_import
