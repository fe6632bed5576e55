#include "cms/schedule/formats/frab_json.h"

#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/schedule/formats/conference.h"

namespace stet::schedule {
namespace {

using liquid::Hash;
using liquid::Value;
using Entries = std::vector<Hash::Entry>;

Value text(std::string_view raw) { return Value(clean_text(raw)); }
Value text_or_nil(std::string_view raw) { return raw.empty() ? Value() : text(raw); }
Value number(std::int64_t value) { return Value(value); }

bool is_slug(std::string_view slug) {
  return slug.size() > 1 && slug.back() != '-' && slug.back() != '_' &&
         std::all_of(slug.begin(), slug.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

// The schema knows "Area/City" and UTC alone.
bool is_plain_zone(std::string_view name) {
  auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  std::size_t slash = name.find('/');
  if (slash == name.npos) return name == "UTC";
  return slash > 1 && slash + 2 < name.size() && is_capital(name[0]) &&
         std::all_of(name.begin() + 1, name.begin() + static_cast<long>(slash), is_small) &&
         is_capital(name[slash + 1]) && is_small(name[slash + 2]);
}

std::string json(const Value& value, liquid::Host& host) {
  std::string out;
  liquid::append_json(out, value, host, liquid::JsonStyle::kPretty);
  return out + "\n";
}

Value persons_of(const Talk& talk) {
  std::vector<Value> persons;
  for (const Person& person : talk.persons) {
    // With an id it would be a person of frab's and of pretalx's at once, which the schema forbids.
    Entries entries{{"guid", text(person.guid)},
                    {"name", text(person.name)},
                    {"public_name", text(person.name)}};
    if (is_web_address(person.url)) entries.emplace_back("url", text(person.url));
    persons.push_back(liquid::make_hash(std::move(entries)));
  }
  return liquid::make_array(std::move(persons));
}

Value links_of(const Talk& talk) {
  std::vector<Value> links;
  for (const Link& link : talk.links) {
    links.push_back(liquid::make_hash({{"url", text(link.url)},
                                       {"title", text(link.title.empty() ? link.url : link.title)},
                                       {"type", text("related")}}));
  }
  return liquid::make_array(std::move(links));
}

Value event_of(const Program& program, const Piece& piece) {
  const Talk& talk = *piece.talk;
  return liquid::make_hash({{"guid", text(piece.guid)},
                            {"id", number(piece.number)},
                            {"date", text(iso_time(piece.start))},
                            {"start", text(clock_text(piece.start))},
                            {"end", text(iso_time(piece.end))},
                            {"duration", text(duration_text(piece))},
                            {"room", text(shown_room(talk.room))},
                            {"slug", text(ascii_slug_of(program, piece))},
                            {"url", text(talk.url)},
                            {"title", text(talk.title)},
                            {"subtitle", text_or_nil(talk.subtitle)},
                            {"track", text_or_nil(talk.track)},
                            {"type", text(talk.type.empty() ? "other" : talk.type)},
                            {"language", text_or_nil(talk.language)},
                            {"abstract", Value()},
                            {"description", text_or_nil(talk.description)},
                            {"persons", persons_of(talk)},
                            {"links", links_of(talk)}});
}

Value day_of(const Program& program, const ConferenceDay& day, std::size_t index) {
  Entries rooms;
  for (const auto& [name, pieces] : day.rooms) {
    std::vector<Value> events;
    for (const Piece& piece : pieces) events.push_back(event_of(program, piece));
    rooms.emplace_back(clean_text(shown_room(name)), liquid::make_array(std::move(events)));
  }
  return liquid::make_hash({{"index", number(static_cast<std::int64_t>(index))},
                            {"date", text(iso_date(day.date))},
                            {"day_start", text(iso_time(day.start))},
                            {"day_end", text(iso_time(day.end))},
                            {"rooms", liquid::make_hash(std::move(rooms))}});
}

Value rooms_value(const Program& program) {
  std::vector<Value> rooms;
  const std::vector<std::string> names = rooms_of(program);
  Event event;
  event.rooms = program.event.rooms;
  add_rooms(event, names);
  for (const std::string& name : names) {
    Entries entries{{"name", text(shown_room(name))}, {"guid", text(guid_of_room(name))}};
    if (const Room* room = name.empty() ? nullptr : event.find_room(name)) {
      if (is_slug(room->slug)) entries.emplace_back("slug", text(room->slug));
      if (!room->description.empty()) entries.emplace_back("description", text(room->description));
      if (room->capacity) entries.emplace_back("capacity", number(*room->capacity));
    }
    rooms.push_back(liquid::make_hash(std::move(entries)));
  }
  return liquid::make_array(std::move(rooms));
}

Value tracks_value(const Program& program) {
  std::vector<Value> tracks;
  for (const Track& track : tracks_of(program)) {
    Entries entries{{"name", text(track.name)}};
    if (is_slug(track.slug)) entries.emplace_back("slug", text(track.slug));
    if (!track.color.empty()) entries.emplace_back("color", text(track.color));
    tracks.push_back(liquid::make_hash(std::move(entries)));
  }
  return liquid::make_array(std::move(tracks));
}

Value conference_of(const Program& program) {
  std::vector<ConferenceDay> days = conference_days(program);
  std::vector<Value> made;
  for (std::size_t i = 0; i < days.size(); ++i) made.push_back(day_of(program, days[i], i + 1));
  // The schema wants both; an event without a day begins and ends at the epoch.
  Date first = days.empty() ? Date{} : days.front().date;
  Date last = days.empty() ? Date{} : days.back().date;
  Entries entries{{"acronym", text(acronym_of(program))},
                  {"title", text(program.event.title)},
                  {"start", text(iso_date(first))},
                  {"end", text(iso_date(last))},
                  {"daysCount", number(static_cast<std::int64_t>(days.size()))},
                  {"timeslot_duration", text("00:05")}};
  if (is_plain_zone(program.event.zone.name())) {
    entries.emplace_back("time_zone_name", text(program.event.zone.name()));
  } else {
    entries.emplace_back("meta",
                         liquid::make_hash({{"time_zone", text(program.event.zone.name())}}));
  }
  if (!program.event.color.empty()) {
    entries.emplace_back("colors", liquid::make_hash({{"primary", text(program.event.color)}}));
  }
  if (is_web_address(program.page_url)) entries.emplace_back("url", text(program.page_url));
  entries.emplace_back("tracks", tracks_value(program));
  entries.emplace_back("rooms", rooms_value(program));
  entries.emplace_back("days", liquid::make_array(std::move(made)));
  return liquid::make_hash(std::move(entries));
}

// --- schema.org

std::string_view status_of(const Talk& talk) {
  return talk.status == SessionStatus::kCancelled ? "https://schema.org/EventCancelled"
                                                  : "https://schema.org/EventScheduled";
}

void add_if(Entries& entries, const char* key, std::string_view value) {
  if (!value.empty()) entries.emplace_back(key, text(value));
}

Entries ld_of(const Talk& talk) {
  Entries entries{{"@type", text("Event")},
                  {"@id", text("urn:uuid:" + talk.guid)},
                  {"name", text(talk.title)},
                  {"startDate", text(iso_time(talk.start))},
                  {"endDate", text(iso_time(talk.end))},
                  {"eventStatus", text(status_of(talk))}};
  add_if(entries, "description", talk.description);
  add_if(entries, "inLanguage", talk.language);
  add_if(entries, "url", talk.url);
  if (!talk.room.empty()) {
    entries.emplace_back("location",
                         liquid::make_hash({{"@type", text("Place")}, {"name", text(talk.room)}}));
  }
  std::vector<Value> performers;
  for (const Person& person : talk.persons) {
    Entries one{{"@type", text("Person")}, {"name", text(person.name)}};
    add_if(one, "url", person.url);
    performers.push_back(liquid::make_hash(std::move(one)));
  }
  if (!performers.empty()) {
    entries.emplace_back("performer", liquid::make_array(std::move(performers)));
  }
  return entries;
}

// No "</script>" and no "<!--" comes about inside.
std::string in_script(const std::string& json) {
  std::string out;
  for (char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string frab_json(const Program& program, const std::string& self_url, liquid::Host& host) {
  Entries schedule;
  if (is_web_address(self_url)) schedule.emplace_back("url", text(self_url));
  schedule.emplace_back("version", text(version_of(program)));
  if (is_web_address(program.base_url)) schedule.emplace_back("base_url", text(program.base_url));
  schedule.emplace_back("conference", conference_of(program));
  return json(liquid::make_hash({{"$schema", text("https://c3voc.de/schedule/schema.json")},
                                 {"generator", liquid::make_hash({{"name", text("stet")}})},
                                 {"schedule", liquid::make_hash(std::move(schedule))}}),
              host);
}

std::string json_ld(const Program& program, liquid::Host& host) {
  Entries entries{{"@context", text("https://schema.org")}};
  if (program.talks.size() == 1) {
    Entries talk = ld_of(program.talks.front());
    entries.insert(entries.end(), talk.begin(), talk.end());
    return in_script(json(liquid::make_hash(std::move(entries)), host));
  }
  entries.emplace_back("@type", text("Event"));
  entries.emplace_back("name", text(program.name));
  const Event& event = program.event;
  if (event.start) entries.emplace_back("startDate", text(iso_date(*event.start)));
  if (event.end) entries.emplace_back("endDate", text(iso_date(*event.end)));
  add_if(entries, "url", program.page_url);
  std::vector<Value> parts;
  for (const Talk& talk : program.talks) parts.push_back(liquid::make_hash(ld_of(talk)));
  if (!parts.empty()) entries.emplace_back("subEvent", liquid::make_array(std::move(parts)));
  return in_script(json(liquid::make_hash(std::move(entries)), host));
}

}  // namespace stet::schedule
