#include "cms/schedule_import/event_plan.h"

#include <algorithm>
#include <set>

#include "cms/document/edit.h"
#include "cms/schedule/event.h"
#include "cms/schedule/program.h"

namespace stet::schedule_import {
namespace {

using document::Data;

std::optional<Date> date_of(const Data* value) {
  if (!value) return std::nullopt;
  if (value->date()) return *value->date();
  if (value->time()) return civil_of(*value->time()).date;
  return value->string() ? parse_iso_date(value->string()->substr(0, 10)) : std::nullopt;
}

// The first and the last day that the file says or its sessions need.
struct Days {
  std::optional<Date> first, last;
  void add(const Date& day) {
    if (!first || day < *first) first = day;
    if (!last || day > *last) last = day;
  }
};

Days days_of(const Schedule& schedule, const TimeZone& zone) {
  Days days;
  if (schedule.start && schedule.end && *schedule.start <= *schedule.end) {
    days.add(*schedule.start);
    days.add(*schedule.end);
  }
  if (schedule.has_days) return days;
  Days sessions;
  for (const Session& session : schedule.sessions) {
    if (!session.start) continue;
    const Time start = zone.at(session.start->seconds);
    // The small hours belong to the day before where that is one.
    const Date day = civil_of(start).date, evening = schedule::day_of(start);
    if (!sessions.first || day < *sessions.first) sessions.first = day;
    if (!sessions.last || evening > *sessions.last) sessions.last = evening;
  }
  if (sessions.first) {
    days.add(*sessions.first);
    days.add(std::max(*sessions.first, *sessions.last));
  }
  return days;
}

std::set<std::string> names_in(const Data* list) {
  std::set<std::string> names;
  if (!list || !list->list()) return names;
  for (const Data& item : *list->list()) {
    const Data* name = item.string() ? &item : item.find("name");
    if (name && name->string()) names.insert(*name->string());
  }
  return names;
}

Data data_of(const Room& room) {
  Data::Map map{{"name", room.name}};
  if (room.capacity) map.set("capacity", *room.capacity);
  if (!room.description.empty()) map.set("description", room.description);
  return map;
}
Data data_of(const Track& track) {
  Data::Map map{{"name", track.name}};
  if (!track.color.empty()) map.set("color", track.color);
  return map;
}

// The list with what it lacks, where it lacks something.
template <typename T>
void add_missing(const std::vector<T>& wanted,
                 const char* key,
                 const Data& event,
                 Data::Map& patch) {
  const Data* own = event.find(key);
  const std::set<std::string> known = names_in(own);
  Data::List list = own && own->list() ? *own->list() : Data::List();
  std::size_t before = list.size();
  for (const T& one : wanted) {
    if (!known.contains(one.name)) list.push_back(data_of(one));
  }
  if (list.size() > before) patch.set(key, std::move(list));
}

void set_missing(const Data& event, const char* key, const std::string& text, Data::Map& patch) {
  if (!text.empty() && (!event.find(key) || event.find(key)->is_nil())) patch.set(key, text);
}

}  // namespace

Result<std::string> event_after(const Schedule& schedule,
                                const ScheduleThere& there,
                                const TimeZone& zone) {
  const Data& event = there.event_data;
  Data::Map patch;
  set_missing(event, "title", schedule.title, patch);
  set_missing(event, "acronym", schedule.acronym, patch);
  set_missing(event, "color", schedule.color, patch);
  set_missing(event, "time_zone", zone.name(), patch);
  const Days days = days_of(schedule, zone);
  auto start = date_of(event.find("start")), end = date_of(event.find("end"));
  if (days.first && (!start || *days.first < *start)) patch.set("start", *days.first);
  if (days.last && (!end || *days.last > *end)) patch.set("end", *days.last);
  add_missing(schedule.rooms, "rooms", event, patch);
  add_missing(schedule.tracks, "tracks", event, patch);
  if (!there.event) return document::write_yaml(patch);
  if (patch.empty()) return *there.event;
  return document::edit_yaml(*there.event, schedule::kEventPath, patch, /*is_whole=*/false);
}

}  // namespace stet::schedule_import
