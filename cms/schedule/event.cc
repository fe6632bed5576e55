#include "cms/schedule/event.h"

#include <algorithm>
#include <set>

#include "cms/liquid/filters/slugify.h"
#include "cms/liquid/member.h"

namespace stet::schedule {
namespace {

using liquid::Type;
using liquid::Value;

constexpr std::int64_t kMinutesMax = 24 * 60;

void tell(Problems& problems, std::string message) {
  problems.push_back({Severity::kError, kEventPath, 0, 0, std::move(message)});
}

std::optional<Date> date_in(const Value& data, std::string_view key, Problems& problems) {
  const Value* value = liquid::find_member(data, key);
  if (!value || value->is_nil()) return std::nullopt;
  if (value->type() == Type::kDate) return value->as_date();
  if (value->type() == Type::kTime) return civil_of(value->as_time()).date;
  if (value->is_string()) {
    std::string_view text = value->as_string();
    if (auto date = parse_iso_date(text.substr(0, 10))) return date;
  }
  tell(problems, std::string(key) + " is no date; write it as 2020-10-12");
  return std::nullopt;
}

std::string text_in(const Value& data, std::string_view key) {
  const Value* value = liquid::find_member(data, key);
  return value ? name_of(*value).value_or("") : "";
}

// "#AA0000" and "#a00" as "#aa0000"; "" of what is no such colour.
std::string color_in(const Value& data) {
  std::string text = text_in(data, "color");
  if (text.size() != 4 && text.size() != 7) return "";
  if (text.front() != '#') return "";
  for (char& c : text) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    if (&c != &text.front() && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return "";
  }
  if (text.size() == 7) return text;
  return {'#', text[1], text[1], text[2], text[2], text[3], text[3]};
}

// `[{name: Main}, Side]`: each with its name, whether or not there is more to say of it. A name
// that is there twice is one thing.
template <typename Take>
void each_named(const Value& data, std::string_view key, Problems& problems, Take take) {
  const Value* list = liquid::find_member(data, key);
  if (!list || list->type() != Type::kArray) return;
  std::set<std::string> names;
  for (const Value& item : list->as_array().items) {
    const Value* named = item.type() == Type::kHash ? liquid::find_member(item, "name") : &item;
    auto name = named ? name_of(*named) : std::nullopt;
    if (!name || !names.insert(*name).second) continue;
    if (names.size() > kNamedMax) {
      return tell(problems,
                  "an event has at most " + std::to_string(kNamedMax) + " " + std::string(key) +
                      "; further ones are left out");
    }
    take(*name, item);
  }
}

// Makes addresses of names: each another one than those before.
class Slugs {
 public:
  void take(const std::string& slug) { taken_.insert(slug); }
  std::string make(const std::string& name, const std::string& otherwise) {
    std::string slug = liquid::slugify(name);
    if (slug.empty()) slug = otherwise;
    std::string tried = slug;
    for (int n = 2; !taken_.insert(tried).second; ++n) tried = slug + "-" + std::to_string(n);
    return tried;
  }

 private:
  std::set<std::string> taken_;
};

std::int64_t number_in(const Value& item, std::string_view key, std::int64_t max) {
  const Value* value = liquid::find_member(item, key);
  if (!value || value->type() != Type::kInteger) return 0;
  return std::clamp<std::int64_t>(value->as_integer(), 0, max);
}

void read_named(const Value& data, Event& event, Problems& problems) {
  Slugs rooms, tracks;
  each_named(data, "rooms", problems, [&](const std::string& name, const Value& item) {
    Room room{name, rooms.make(name, "room"), text_in(item, "description"), {}};
    if (auto seats = number_in(item, "capacity", 10'000'000)) room.capacity = seats;
    event.rooms.push_back(std::move(room));
  });
  each_named(data, "tracks", problems, [&](const std::string& name, const Value& item) {
    event.tracks.push_back({name, tracks.make(name, "track"), color_in(item)});
  });
  each_named(data, "types", problems, [&](const std::string& name, const Value& item) {
    event.types.push_back({name, static_cast<int>(number_in(item, "minutes", kMinutesMax))});
  });
}

template <typename Named>
const Named* find_named(const std::vector<Named>& all, std::string_view name) {
  auto it =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  return it == all.end() ? nullptr : &*it;
}

template <typename Named, typename Make>
void add_named(std::vector<Named>& all,
               const std::vector<std::string>& names,
               const char* otherwise,
               Make make) {
  Slugs slugs;
  std::set<std::string> known;
  for (const Named& one : all) {
    slugs.take(one.slug);
    known.insert(one.name);
  }
  for (const std::string& name : names) {
    if (known.insert(name).second) all.push_back(make({name, slugs.make(name, otherwise), "", {}}));
  }
}

}  // namespace

std::optional<std::string> name_of(const Value& value) {
  if (value.type() == Type::kInteger) return std::to_string(value.as_integer());
  if (!value.is_string() || value.as_string().empty()) return std::nullopt;
  return std::string(value.as_string());
}

const Room* Event::find_room(std::string_view name) const { return find_named(rooms, name); }
const Track* Event::find_track(std::string_view name) const { return find_named(tracks, name); }
const SessionType* Event::find_type(std::string_view name) const { return find_named(types, name); }

void add_rooms(Event& event, const std::vector<std::string>& names) {
  add_named(event.rooms, names, "room", [](const Room& room) { return room; });
}

void add_tracks(Event& event, const std::vector<std::string>& names) {
  add_named(event.tracks, names, "track", [](const Room& room) {
    return Track{room.name, room.slug, ""};
  });
}

Event read_event(const Value& data, Problems& problems) {
  Event event;
  event.title = text_in(data, "title");
  event.acronym = text_in(data, "acronym");
  event.color = color_in(data);
  const Value* zone = liquid::find_member(data, "time_zone");
  if (zone && zone->is_string()) {
    auto found = TimeZone::find(zone->as_string());
    if (found) {
      event.zone = *found;
    } else {
      tell(problems, "time_zone: " + found.error().message);
    }
  }
  event.start = date_in(data, "start", problems);
  event.end = date_in(data, "end", problems);
  read_named(data, event, problems);
  return event;
}

}  // namespace stet::schedule
