#include "cms/schedule/event.h"

namespace stet::schedule {
namespace {

using liquid::Type;
using liquid::Value;

const Value* find_in(const Value& map, std::string_view key) {
  return map.type() == Type::kHash ? map.as_hash().find(key) : nullptr;
}

std::optional<Date> date_in(const Value& data, std::string_view key, Problems& problems) {
  const Value* value = find_in(data, key);
  if (!value || value->is_nil()) return std::nullopt;
  if (value->type() == Type::kDate) return value->as_date();
  if (value->type() == Type::kTime) return civil_of(value->as_time()).date;
  if (value->is_string()) {
    std::string_view text = value->as_string();
    if (auto date = parse_iso_date(text.substr(0, 10))) return date;
  }
  problems.push_back({Severity::kError,
                      kEventPath,
                      0,
                      0,
                      std::string(key) + " is no date; write it as 2020-10-12"});
  return std::nullopt;
}

// `[{name: Main}, Side]`: names, whether or not there is more to say of each.
std::vector<std::string> names_in(const Value& data, std::string_view key) {
  std::vector<std::string> names;
  const Value* list = find_in(data, key);
  if (!list || list->type() != Type::kArray) return names;
  for (const Value& item : list->as_array().items) {
    const Value* name = item.is_string() ? &item : find_in(item, "name");
    if (name && name->is_string()) names.emplace_back(name->as_string());
  }
  return names;
}

}  // namespace

Event read_event(const Value& data, Problems& problems) {
  Event event;
  const Value* title = find_in(data, "title");
  if (title && title->is_string()) event.title = title->as_string();
  const Value* zone = find_in(data, "time_zone");
  if (zone && zone->is_string()) {
    auto found = TimeZone::find(zone->as_string());
    if (found) {
      event.zone = *found;
    } else {
      problems.push_back(
          {Severity::kError, kEventPath, 0, 0, "time_zone: " + found.error().message});
    }
  }
  event.start = date_in(data, "start", problems);
  event.end = date_in(data, "end", problems);
  event.rooms = names_in(data, "rooms");
  event.tracks = names_in(data, "tracks");
  return event;
}

}  // namespace stet::schedule
