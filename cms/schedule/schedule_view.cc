#include "cms/schedule/schedule_view.h"

#include <algorithm>
#include <map>

#include "cms/liquid/filters/strftime.h"
#include "cms/liquid/member.h"
#include "cms/schedule/event.h"
#include "cms/schedule/program_view.h"
#include "cms/schedule/session.h"
#include "cms/site/site.h"

namespace stet::schedule {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;
using site::Document;
using site::View;

Value string(std::string text) { return Value(std::move(text)); }

std::string clock_text(const Time& time) { return liquid::strftime("%H:%M", time, ""); }

std::string day_title(const Date& date) { return liquid::strftime("%A, %B %-d", date); }

// Where cms/generate puts the calendar of the page at `url`.
std::string calendar_url(const Value& url) {
  std::string stem = name_of(url).value_or("");
  if (stem.ends_with(".html")) stem.resize(stem.size() - 5);
  while (stem.ends_with('/')) stem.pop_back();
  return stem.empty() ? "" : stem + ".ics";
}

// One session as templates want it; `start` orders it, then `room`, a place among the event's
// rooms.
struct Seen {
  Value value;
  std::optional<Time> start;
  std::size_t room = 0;
};

// Rooms that the event does not name come after all others.
std::size_t place_of_room(const Value& room, const Event& event) {
  const Room* found = event.find_room(name_of(room).value_or(""));
  return found ? static_cast<std::size_t>(found - event.rooms.data()) : event.rooms.size();
}

Value speakers_of(const Document& session, View& view) {
  std::vector<Value> speakers;
  Value slugs = session.get("speakers", view);
  if (slugs.type() != Type::kArray) return liquid::make_array({});
  for (const Value& slug : slugs.as_array().items) {
    if (!slug.is_string()) continue;
    std::string path = "_speakers/" + std::string(slug.as_string()) + ".md";
    view.recorder().add(
        reads::Key(reads::Kind::kField, view.names().id_of(path), view.names().id_of("exists")));
    auto speaker = view.site().find_document(path);
    if (!speaker) {
      speakers.push_back(liquid::make_hash({{"name", slug}, {"url", Value()}}));
      continue;
    }
    // `name` is the file's, as in Jekyll, unless the front matter says who it is.
    const Value* own = speaker->facts().fields->find("name");
    Value name = speaker->get(own ? "name" : "title", view);
    if (own) name = *own;
    speakers.push_back(liquid::make_hash({{"name", name}, {"url", speaker->get("url", view)}}));
  }
  return liquid::make_array(std::move(speakers));
}

Seen session_value(const Document& session, const Event& event, View& view) {
  Seen seen;
  std::string ignored;
  Value start_text = session.get("start", view), end_text = session.get("end", view);
  seen.start = read_session_time(start_text, event.zone, ignored);
  seen.room = place_of_room(session.get("room", view), event);
  auto end = read_session_time(end_text, event.zone, ignored);
  std::vector<Hash::Entry> entries;
  for (const char* key : {"title", "url", "room", "track", "type", "status", "language", "links"}) {
    entries.emplace_back(key, session.get(key, view));
  }
  entries.emplace_back("speakers", speakers_of(session, view));
  entries.emplace_back("excerpt", session.get("excerpt", view));
  if (seen.start) {
    entries.emplace_back("date", string(iso_date(civil_of(*seen.start).date)));
    entries.emplace_back("day_title", string(day_title(civil_of(*seen.start).date)));
    entries.emplace_back("start", string(clock_text(*seen.start)));
    entries.emplace_back("start_iso", string(iso_time(*seen.start)));
    entries.emplace_back("zone", string(event.zone.offset_at(seen.start->seconds).abbreviation));
    entries.emplace_back("time_zone", string(event.zone.name()));
  }
  if (end) {
    entries.emplace_back("end", string(clock_text(*end)));
    entries.emplace_back("end_iso", string(iso_time(*end)));
  }
  seen.value = liquid::make_hash(std::move(entries));
  return seen;
}

// The sessions of a list, by start, room and path; those without a start last.
std::vector<Seen> sessions_of(const std::string& list, const Event& event, View& view) {
  const site::Items& items = view.site().list(list);
  auto size = static_cast<std::uint32_t>(items.size());
  view.recorder().add_span({view.names().id_of("site." + list), 0, size + 1});
  std::map<std::string, const Document*> by_path;
  items.for_each([&](const site::ListKey&, const site::ItemPtr& item) {
    const auto& session = static_cast<const Document&>(*item);
    by_path.emplace(session.path(), &session);
  });
  std::vector<Seen> sessions;
  for (const auto& [path, session] : by_path) {
    sessions.push_back(session_value(*session, event, view));
  }
  std::stable_sort(sessions.begin(), sessions.end(), [](const Seen& a, const Seen& b) {
    if (!a.start != !b.start) return a.start.has_value();
    if (a.start && *a.start != *b.start) return *a.start < *b.start;
    return a.room < b.room;
  });
  return sessions;
}

std::vector<Value> values_of(const std::vector<Seen>& sessions) {
  std::vector<Value> values;
  for (const Seen& session : sessions) values.push_back(session.value);
  return values;
}

Value day_value(const Date& date, std::vector<Value> sessions, const std::string& zone) {
  return liquid::make_hash({{"date", string(iso_date(date))},
                            {"title", string(day_title(date))},
                            {"zone", string(zone)},
                            {"sessions", liquid::make_array(std::move(sessions))}});
}

Value schedule_value(View& view) {
  Value data = event_value(view);
  Problems ignored;
  Event event = read_event(data, ignored);
  std::vector<Value> days, unscheduled, day;
  std::optional<Date> date;
  std::string zone;
  auto close = [&] {
    if (date) days.push_back(day_value(*date, std::exchange(day, {}), zone));
  };
  for (Seen& session : sessions_of(kSessions, event, view)) {
    if (!session.start) {
      unscheduled.push_back(std::move(session.value));
      continue;
    }
    Date own = civil_of(*session.start).date;
    if (date != own) {
      close();
      date = own;
      zone = event.zone.offset_at(session.start->seconds).abbreviation;
    }
    day.push_back(std::move(session.value));
  }
  close();
  return liquid::make_hash(
      {{"title", liquid::member_of(data, "title")},
       {"time_zone", string(event.zone.name())},
       {"days", liquid::make_array(std::move(days))},
       {"rooms", liquid::member_of(data, "rooms")},
       {"tracks", liquid::member_of(data, "tracks")},
       {"unscheduled", liquid::make_array(std::move(unscheduled))},
       {"json_ld", string(page_json_ld({Part::kEvent, "", false}, event, view))}});
}

Value sessions_of_speaker(const Document& speaker, const Event& event, View& view) {
  std::string_view name = speaker.file_name();
  std::string slug(name.substr(0, name.rfind('.')));
  return liquid::make_array(values_of(sessions_of(list_of_speaker(slug), event, view)));
}

}  // namespace

Value derived_field(const Document& document, std::string_view key, View& view) {
  const site::DocumentFacts& facts = document.facts();
  if (facts.kind == site::DocumentKind::kGenerated) {
    if (key != "schedule") return Value();
    if (facts.path == "schedule/index.html") return schedule_value(view);
    return facts.fields->find("format") ? Value(export_text(document, view)) : Value();
  }
  bool is_session = facts.collection == kSessions && key == "session";
  bool is_speaker = facts.collection == kSpeakers && key == "sessions";
  if (!is_session && !is_speaker) return Value();
  Problems ignored;
  Event event = read_event(event_value(view), ignored);
  if (is_speaker) return sessions_of_speaker(document, event, view);
  Seen seen = session_value(document, event, view);
  std::vector<Hash::Entry> entries = seen.value.as_hash().entries();
  const Selection own{Part::kSession, document.path(), false};
  if (seen.start) entries.emplace_back("json_ld", string(page_json_ld(own, event, view)));
  entries.emplace_back("calendar", string(calendar_url(document.get("url", view))));
  return liquid::make_hash(std::move(entries));
}

}  // namespace stet::schedule
