#include "cms/schedule_import/read_json.h"

#include <algorithm>

#include "cms/document/pointer.h"
#include "cms/schedule_import/frab.h"

namespace stet::schedule_import {
namespace {

using document::Data;

// Text, or what a number says; "" for all else.
std::string text_of(const Data* data) {
  if (!data) return "";
  if (data->string()) return *data->string();
  if (data->integer()) return std::to_string(*data->integer());
  return "";
}

std::string text_in(const Data& map, std::string_view key) { return text_of(map.find(key)); }

const Data::List& list_in(const Data& map, std::string_view key) {
  static const Data::List kEmpty;
  const Data* value = map.find(key);
  return value && value->list() ? *value->list() : kEmpty;
}

std::string first_of(const Data& map, std::initializer_list<std::string_view> keys) {
  for (std::string_view key : keys) {
    if (std::string text = text_in(map, key); !text.empty()) return text;
  }
  return "";
}

class JsonReader {
 public:
  explicit JsonReader(const Wishes& wishes) : schedule_(wishes) {}

  Result<Schedule> run(const Data& data) {
    const Data* schedule = data.find("schedule");
    const Data* conference = schedule ? schedule->find("conference") : nullptr;
    if (!conference || !conference->is_map()) {
      return invalid_input(
          "this JSON has no /schedule/conference: it is no schedule.json of frab or pretalx");
    }
    if (const Data* generator = data.find("generator")) {
      schedule_.set_generator(text_in(*generator, "name"));
    }
    std::string zone = text_in(*conference, "time_zone_name");
    const Data* meta = conference->find("meta");
    if (zone.empty() && meta) zone = text_in(*meta, "time_zone");  // the schema knows few names
    schedule_.begin(text_in(*conference, "title"), text_in(*conference, "acronym"), zone, {});
    schedule_.set_days(text_in(*conference, "start"), text_in(*conference, "end"));
    Gathering& gathering = schedule_.gathering();
    schedule_.set_day_change(text_in(*conference, "day_change"));
    if (const Data* colors = conference->find("colors")) {
      gathering.schedule().color = gathering.name(text_in(*colors, "primary"), {});
    }
    for (const Data& room : list_in(*conference, "rooms")) read_room(room);
    for (const Data& track : list_in(*conference, "tracks")) {
      gathering.add_track(gathering.name(text_in(track, "name"), {}),
                          gathering.name(text_in(track, "color"), {}));
    }
    const auto& days = list_in(*conference, "days");
    for (std::size_t i = 0; i < days.size(); ++i) {
      read_day(days[i], "/schedule/conference/days/" + std::to_string(i));
    }
    return schedule_.take();
  }

 private:
  void read_room(const Data& room) {
    Gathering& gathering = schedule_.gathering();
    Room made{gathering.name(text_in(room, "name"), {}),
              gathering.name(text_in(room, "description"), {}),
              {}};
    const Data* seats = room.find("capacity");
    if (seats && seats->integer() && *seats->integer() > 0) made.capacity = *seats->integer();
    schedule_.add_room(made);
  }

  void read_day(const Data& day, const std::string& where) {
    const Data* rooms = day.find("rooms");
    if (!rooms || !rooms->is_map()) return;
    bool has_events = std::any_of(rooms->map()->begin(), rooms->map()->end(), [](const auto& room) {
      return room.second.list() && !room.second.list()->empty();
    });
    schedule_.add_day(text_in(day, "date"), has_events);
    for (const auto& [room, events] : *rooms->map()) {
      if (!events.list()) continue;
      for (std::size_t i = 0; i < events.list()->size(); ++i) {
        read_event((*events.list())[i],
                   room,
                   text_in(day, "date"),
                   where + "/rooms/" + document::pointer_token(room) + "/" + std::to_string(i));
      }
    }
  }

  void read_event(const Data& data,
                  const std::string& room,
                  const std::string& day,
                  std::string where) {
    FrabEvent event;
    event.where = std::move(where);
    event.guid = text_in(data, "guid");
    event.id = text_in(data, "id");
    event.code = text_in(data, "code");
    event.date = text_in(data, "date");
    event.start = text_in(data, "start");
    event.duration = text_in(data, "duration");
    event.end = text_in(data, "end");
    event.url = text_in(data, "url");
    event.room = data.find("room") ? text_in(data, "room") : room;
    event.title = text_in(data, "title");
    event.subtitle = text_in(data, "subtitle");
    event.track = text_in(data, "track");
    event.type = text_in(data, "type");
    event.language = text_in(data, "language");
    event.abstract = text_in(data, "abstract");
    event.description = text_in(data, "description");
    for (const Data& person : list_in(data, "persons")) {
      event.persons.push_back({first_of(person, {"public_name", "name", "full_public_name"}),
                               first_of(person, {"guid", "code"}),
                               first_of(person, {"biography", "description", "abstract"}),
                               text_in(person, "url")});
    }
    for (const char* list : {"links", "attachments"}) {
      for (const Data& link : list_in(data, list)) {
        event.links.push_back({text_in(link, "title"), text_in(link, "url")});
      }
    }
    for (const char* field : {"logo", "recording_license", "feedback_url", "origin_url"}) {
      if (!text_in(data, field).empty()) schedule_.note_left_out(field);
    }
    schedule_.add(std::move(event), day);
  }

  FrabSchedule schedule_;
};

}  // namespace

Result<Schedule> read_json(const Data& data, const Wishes& wishes) {
  return JsonReader(wishes).run(data);
}

}  // namespace stet::schedule_import
