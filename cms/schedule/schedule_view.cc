#include "cms/schedule/schedule_view.h"

#include <functional>
#include <map>
#include <set>

#include "cms/liquid/member.h"
#include "cms/schedule/colour.h"
#include "cms/schedule/day_value.h"
#include "cms/schedule/event.h"
#include "cms/schedule/program.h"
#include "cms/schedule/program_view.h"
#include "cms/schedule/release_view.h"
#include "cms/schedule/session_value.h"
#include "cms/site/schedule_lists.h"
#include "cms/site/site.h"

namespace stet::schedule {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;
using site::Document;
using site::View;
using Slots = std::vector<SlotValue>;

constexpr std::size_t kDateSize = 10;  // of "2020-10-12"

// Where cms/generate puts the calendar of the page at `url`.
std::string calendar_url(const Value& url) {
  std::string stem = name_of(url).value_or("");
  if (stem.ends_with(".html")) stem.resize(stem.size() - 5);
  while (stem.ends_with('/')) stem.pop_back();
  return stem.empty() ? "" : stem + ".ics";
}

// The slots of a list's sessions, in order; of equal ones by path.
Slots slots_of(const std::string& list, const Shown& shown, View& view) {
  const site::Items& items = view.site().list(list);
  auto size = static_cast<std::uint32_t>(items.size());
  view.recorder().add_span({view.names().id_of("site." + list), 0, size + 1});
  std::map<std::string, const Document*> by_path;
  items.for_each([&](const site::ListKey&, const site::ItemPtr& item) {
    const auto& session = static_cast<const Document&>(*item);
    by_path.emplace(session.path(), &session);
  });
  Slots slots;
  for (const auto& [path, session] : by_path) {
    if (sees_all(view)) {
      auto known = shown_of(path, shown.has_excerpt, view);
      slots.insert(slots.end(), known->slots.begin(), known->slots.end());
      continue;
    }
    for (SlotValue& slot : slot_values(*session, shown, view)) slots.push_back(std::move(slot));
  }
  put_in_order(slots);
  return slots;
}

Value values_of(Slots slots) {
  std::vector<Value> values;
  for (SlotValue& slot : slots) values.push_back(liquid::make_hash(std::move(slot.entries)));
  return liquid::make_array(std::move(values));
}

struct Days {
  std::vector<Value> days, unscheduled;
};

// Slots in order, by day.
Days days_of(Slots slots, const Shown& shown, bool has_grid) {
  Days all;
  Slots day;
  std::optional<Date> date;
  auto close = [&] {
    if (date) all.days.push_back(day_value(*date, std::exchange(day, {}), shown, has_grid));
  };
  for (SlotValue& slot : slots) {
    if (!slot.start) {
      all.unscheduled.push_back(liquid::make_hash(std::move(slot.entries)));
      continue;
    }
    Date own = day_of(*slot.start);
    if (date != own) close();
    date = own;
    day.push_back(std::move(slot));
  }
  close();
  return all;
}

// What every page of the schedule is given.
std::vector<Hash::Entry> common_of(const Value& data, const Event& event, Days days) {
  return {{"title", liquid::member_of(data, "title")},
          {"time_zone", Value(event.zone.name())},
          {"days", liquid::make_array(std::move(days.days))},
          {"rooms", liquid::member_of(data, "rooms")},
          {"tracks", liquid::member_of(data, "tracks")},
          {"unscheduled", liquid::make_array(std::move(days.unscheduled))}};
}

// Of all rooms or tracks that the event names: where their pages are.
template <typename Named, typename Url>
Value places_of(const std::vector<Named>& all, Url url_of, const Event& event) {
  std::vector<Value> places;
  for (const Named& one : all) {
    std::vector<Hash::Entry> entries{{"name", Value(one.name)},
                                     {"url", Value(url_of(one.name, event))}};
    if constexpr (std::is_same_v<Named, Track>) {
      std::string name = one.color.empty() ? "" : track_class(one.slug);
      entries.emplace_back("class", name.empty() ? Value() : Value(name));
    }
    places.push_back(liquid::make_hash(std::move(entries)));
  }
  return liquid::make_array(std::move(places));
}

Value whole_value(View& view, bool has_excerpt) {
  Value data = event_value(view);
  const EventPtr known = event_of(view);
  const Event& event = known->event;
  const Shown shown{event, has_pages(view), has_excerpt};
  auto entries =
      common_of(data, event, days_of(slots_of(kSessions, shown, view), shown, shown.has_pages));
  if (shown.has_pages) {
    entries.emplace_back("room_pages", places_of(event.rooms, room_url, event));
    entries.emplace_back("track_pages", places_of(event.tracks, track_url, event));
  }
  entries.emplace_back("releases", releases_value(event, view));
  entries.emplace_back("json_ld", Value(page_json_ld({Part::kEvent, "", false}, view)));
  return liquid::make_hash(std::move(entries));
}

Value changelog_value(View& view) {
  Value data = event_value(view);
  const EventPtr known = event_of(view);
  const Event& event = known->event;
  return liquid::make_hash({{"title", liquid::member_of(data, "title")},
                            {"time_zone", Value(event.zone.name())},
                            {"releases", releases_value(event, view)}});
}

// The addresses of the pages that stet makes of a schedule beside /schedule/: of days, of the
// event's rooms and tracks, and of releases.
Value addresses_value(View& view) {
  std::vector<Value> addresses;
  const ProgramPtr program = whole_program(false, false, view);
  if (has_pages(view)) {
    std::set<Date> days;
    for (const Talk& talk : program->talks) days.insert(day_of(talk.start));
    for (const Date& day : days) addresses.emplace_back(day_url(day));
    const EventPtr known = event_of(view);
    const Event& event = known->event;
    for (const Room& room : event.rooms) addresses.emplace_back(room_url(room.name, event));
    for (const Track& track : event.tracks) addresses.emplace_back(track_url(track.name, event));
  }
  if (!program->releases.empty()) addresses.emplace_back(std::string("/schedule/changelog/"));
  return liquid::make_array(std::move(addresses));
}

Slots only(Slots slots, const std::function<bool(const SlotValue&)>& is_wanted) {
  std::erase_if(slots, [&](const SlotValue& slot) { return !is_wanted(slot); });
  return slots;
}

// Each day that has a page, for links from one to another; `days` are dates with blanks between.
Value tabs_of(std::string_view days, const std::string& current) {
  std::vector<Value> tabs;
  for (std::size_t at = 0; at < days.size(); at += kDateSize + 1) {
    const std::string text(days.substr(at, kDateSize));
    auto date = parse_iso_date(text);
    if (!date) break;
    tabs.push_back(liquid::make_hash({{"date", Value(text)},
                                      {"title", Value(day_title(*date))},
                                      {"short_title", Value(short_day_title(*date))},
                                      {"url", Value(day_url(*date))},
                                      {"is_current", Value(text == current)}}));
  }
  return liquid::make_array(std::move(tabs));
}

// Of the page of a day, a room or a track; `view_name` says which.
Value part_value(const Document& document, const std::string& view_name, View& view) {
  Value data = event_value(view);
  const EventPtr known = event_of(view);
  const Event& event = known->event;
  const Shown shown{event, true, false};
  const std::string name = name_of(document.get("of", view)).value_or("");
  std::vector<Hash::Entry> more;
  Slots slots;
  if (view_name == "day") {
    slots = only(slots_of(std::string(site::kDayLists) + name, shown, view), [&](const auto& slot) {
      return slot.start && iso_date(day_of(*slot.start)) == name;
    });
    more.emplace_back("tabs", tabs_of(name_of(document.get("days", view)).value_or(""), name));
  } else if (view_name == "room") {
    slots = only(slots_of(list_of_room(name), shown, view),
                 [&](const auto& slot) { return slot.room == name; });
    if (const Room* room = event.find_room(name)) {
      if (!room->description.empty()) more.emplace_back("description", Value(room->description));
      if (room->capacity) more.emplace_back("capacity", Value(*room->capacity));
    }
  } else {
    slots = slots_of(list_of_track(name), shown, view);
    const Track* track = event.find_track(name);
    std::string css = track && !track->color.empty() ? track_class(track->slug) : "";
    if (!css.empty()) more.emplace_back("track_class", Value(css));
  }
  if (view_name != "day") {
    more.emplace_back("name", Value(name));
    more.emplace_back("calendar", Value(calendar_url(Value(document.facts().url))));
  }
  auto entries = common_of(data, event, days_of(std::move(slots), shown, view_name == "day"));
  entries.insert(entries.end(), more.begin(), more.end());
  return liquid::make_hash(std::move(entries));
}

Value generated_value(const Document& document, View& view) {
  const site::DocumentFacts& facts = document.facts();
  if (facts.path == "schedule/index.html") return whole_value(view, true);
  if (facts.path == kChangelogPath) return changelog_value(view);
  const std::string shown = name_of(document.field("view")).value_or("");
  if (shown == "all") return whole_value(view, false);
  if (shown == "addresses") return addresses_value(view);
  if (!shown.empty()) return part_value(document, shown, view);
  return facts.fields->find("format") ? Value(export_text(document, view)) : Value();
}

// Of its first slot; where it has several also `slots`, all of them.
Value session_value(const Document& document, const Event& event, View& view) {
  Slots slots = slot_values(document, {event, has_pages(view), true}, view);
  put_in_order(slots);
  bool is_scheduled = slots.front().start.has_value();
  std::vector<Hash::Entry> entries = slots.front().entries;
  if (slots.size() > 1) entries.emplace_back("slots", values_of(std::move(slots)));
  const Selection own{Part::kSession, document.path(), false};
  if (is_scheduled) entries.emplace_back("json_ld", Value(page_json_ld(own, view)));
  entries.emplace_back("calendar", Value(calendar_url(document.get("url", view))));
  return liquid::make_hash(std::move(entries));
}

}  // namespace

Value derived_field(const Document& document, std::string_view key, View& view) {
  const site::DocumentFacts& facts = document.facts();
  if (facts.kind == site::DocumentKind::kGenerated) {
    return key == "schedule" ? generated_value(document, view) : Value();
  }
  bool is_session = facts.collection == kSessions && key == "session";
  bool is_speaker = facts.collection == kSpeakers && key == "sessions";
  if (!is_session && !is_speaker) return Value();
  const EventPtr known = event_of(view);
  const Event& event = known->event;
  if (is_session) return session_value(document, event, view);
  std::string_view file = document.file_name();
  std::string slug(file.substr(0, file.rfind('.')));
  return values_of(slots_of(list_of_speaker(slug), {event, has_pages(view), true}, view));
}

}  // namespace stet::schedule
