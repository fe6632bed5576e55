#include "cms/schedule/formats/widget_json.h"

#include <algorithm>
#include <map>

#include "cms/liquid/convert.h"
#include "cms/schedule/codes.h"
#include "cms/schedule/formats/conference.h"
#include "cms/schedule/uid.h"

namespace stet::schedule {
namespace {

using liquid::Value;
using Entries = std::vector<liquid::Hash::Entry>;

Value text(std::string_view raw) { return Value(clean_text(raw)); }
Value text_or_nil(std::string_view raw) { return raw.empty() ? Value() : text(raw); }

template <typename Named>
Value id_of(const std::vector<Named>& all, std::string_view name) {
  auto it =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  return it == all.end() ? Value() : Value(static_cast<std::int64_t>(it - all.begin() + 1));
}

Value talk_of(const Talk& talk, const Program& program, const std::vector<Room>& rooms) {
  Entries entries;
  bool is_break = talk.type == "break";
  if (!is_break) entries.emplace_back("code", text(code_of(talk.number)));
  entries.emplace_back("id", Value(std::int64_t{talk.number}));
  entries.emplace_back("title", text(talk.title));
  entries.emplace_back("start", text(iso_time(talk.start)));
  entries.emplace_back("end", text(iso_time(talk.end)));
  entries.emplace_back("room", id_of(rooms, talk.room));
  if (is_break) {
    entries.emplace_back("slot_type", text("break"));
    return liquid::make_hash(std::move(entries));
  }
  std::vector<Value> speakers;
  for (const Person& person : talk.persons) {
    speakers.push_back(text(code_of(number_of_guid(person.guid))));
  }
  entries.emplace_back("abstract", text(talk.description));
  entries.emplace_back("speakers", liquid::make_array(std::move(speakers)));
  entries.emplace_back("track", id_of(program.event.tracks, talk.track));
  entries.emplace_back("duration", Value((talk.end.seconds - talk.start.seconds) / 60));
  entries.emplace_back("updated", talk.changed ? text(iso_instant(*talk.changed)) : Value());
  entries.emplace_back("content_locale", text_or_nil(talk.language));
  return liquid::make_hash(std::move(entries));
}

template <typename Named, typename Add>
Value numbered(const std::vector<Named>& all, Add add) {
  std::vector<Value> values;
  for (const Named& one : all) {
    Entries entries{{"id", Value(static_cast<std::int64_t>(values.size() + 1))},
                    {"name", text(one.name)}};
    add(one, entries);
    values.push_back(liquid::make_hash(std::move(entries)));
  }
  return liquid::make_array(std::move(values));
}

Value speakers_of(const Program& program) {
  std::map<std::string, std::string> names;  // by code
  for (const Talk& talk : program.talks) {
    for (const Person& person : talk.persons) {
      names.emplace(code_of(number_of_guid(person.guid)), person.name);
    }
  }
  std::vector<Value> speakers;
  for (const auto& [code, name] : names) {
    speakers.push_back(
        liquid::make_hash({{"code", text(code)}, {"name", text(name)}, {"avatar", Value()}}));
  }
  return liquid::make_array(std::move(speakers));
}

}  // namespace

std::string widget_json(const Program& program, liquid::Host& host) {
  std::vector<Room> rooms;
  for (const std::string& name : rooms_of(program)) {
    const Room* room = program.event.find_room(name);
    rooms.push_back(room ? *room : Room{name, "", "", {}});
  }
  std::vector<Value> talks;
  for (const Talk& talk : program.talks) {
    if (talk.status != SessionStatus::kCancelled) talks.push_back(talk_of(talk, program, rooms));
  }
  std::vector<Date> days = days_of(program);
  Value rooms_value = numbered(rooms, [](const Room& room, Entries& entries) {
    entries[1].second = text(shown_room(room.name));
    entries.emplace_back("description", text_or_nil(room.description));
  });
  Value tracks = numbered(program.event.tracks, [](const Track& track, Entries& entries) {
    entries.emplace_back("color", text_or_nil(track.color));
  });
  Value widget =
      liquid::make_hash({{"talks", liquid::make_array(std::move(talks))},
                         {"version", text(version_of(program))},
                         {"timezone", text(program.event.zone.name())},
                         {"event_start", days.empty() ? Value() : text(iso_date(days.front()))},
                         {"event_end", days.empty() ? Value() : text(iso_date(days.back()))},
                         {"tracks", tracks},
                         {"rooms", rooms_value},
                         {"speakers", speakers_of(program)}});
  std::string out;
  liquid::append_json(out, widget, host, liquid::JsonStyle::kPretty);
  return out + "\n";
}

}  // namespace stet::schedule
