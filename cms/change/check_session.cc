// A session: when, where and by whom, against the event that it is part of.

#include <algorithm>

#include "cms/change/field_value.h"
#include "cms/change/report.h"
#include "cms/schedule/session.h"
#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using document::Data;

constexpr std::int64_t kDaySeconds = 24 * 60 * 60;
constexpr std::string_view kStatuses[] = {"confirmed", "tentative", "cancelled"};

std::optional<Time> time_in(const Data& map,
                            std::string_view key,
                            const TimeZone& zone,
                            Report& report) {
  const Data* value = map.find(key);
  if (!value || value->is_nil()) return std::nullopt;
  std::string message;
  auto time = schedule::read_session_time(site::value_of(*value), zone, message);
  if (!time) {
    std::string shown = value->is_scalar() ? "'" + text_of(*value) + "' " : "this ";
    report.error("/front_matter/" + std::string(key), shown + message);
  }
  return time;
}

void check_times(const Data& map, const schedule::Event& event, Report& report) {
  auto start = time_in(map, "start", event.zone, report);
  auto end = time_in(map, "end", event.zone, report);
  if (end && !map.find("start")) {
    report.warn("/front_matter/end", "a session that ends begins too; say its start");
  }
  if (!start) return;
  if (end && *end <= *start) {
    report.error("/front_matter/end", "a session ends after it starts");
  } else if (end && end->seconds - start->seconds > kDaySeconds) {
    report.warn("/front_matter/end", "this session is longer than a day");
  }
  Date day = civil_of(*start).date;
  if ((event.start && day < *event.start) || (event.end && day > *event.end)) {
    report.warn("/front_matter/start", iso_date(day) + " is not a day of the event");
  }
}

void check_named(const Data& map,
                 const std::string& key,
                 const std::vector<std::string>& known,
                 Report& report) {
  const Data* value = map.find(key);
  if (!value || value->is_nil()) return;
  std::string pointer = "/front_matter/" + key;
  if (!value->is_scalar()) return report.error(pointer, "a " + key + " is the name of one");
  std::string name = text_of(*value);
  if (known.empty() || std::find(known.begin(), known.end(), name) != known.end()) return;
  report.warn(
      pointer,
      "the event has no " + key + " '" + name + "'; name it in _data/event.yml under " + key + "s");
}

void check_speakers(const Data& map, const Surroundings& surroundings, Report& report) {
  const Data* speakers = map.find("speakers");
  if (!speakers || speakers->is_nil()) return;
  const auto* list = speakers->list();
  if (!list) {
    return report.error("/front_matter/speakers",
                        "speakers are a list of names of files in _speakers, such as [ada]");
  }
  for (std::size_t i = 0; i < list->size() && !report.is_full(); ++i) {
    std::string pointer = "/front_matter/speakers/" + std::to_string(i);
    const std::string* slug = (*list)[i].string();
    if (!slug) {
      report.error(pointer, "a speaker is the name of a file in _speakers");
    } else if (!surroundings.has_file("_speakers/" + *slug + ".md")) {
      report.warn(pointer, "there is no speaker '" + *slug + "'; make _speakers/" + *slug + ".md");
    }
  }
}

void check_status(const Data& map, Report& report) {
  const Data* status = map.find("status");
  if (!status || status->is_nil()) return;
  auto known = std::find(std::begin(kStatuses), std::end(kStatuses), text_of(*status));
  if (known == std::end(kStatuses)) {
    report.warn("/front_matter/status", "a status is confirmed, tentative or cancelled");
  }
}

}  // namespace

void check_session(const Data& map, const Surroundings& surroundings, Report& report) {
  const schedule::Event event = surroundings.event().value_or(schedule::Event());
  check_times(map, event, report);
  check_named(map, "room", event.rooms, report);
  check_named(map, "track", event.tracks, report);
  check_speakers(map, surroundings, report);
  check_status(map, report);
}

}  // namespace stet::change
