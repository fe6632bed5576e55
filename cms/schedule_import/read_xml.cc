#include "cms/schedule_import/read_xml.h"

#include <algorithm>

#include "cms/schedule_import/frab.h"
#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/xml_tree.h"

namespace stet::schedule_import {
namespace {

class XmlReader {
 public:
  explicit XmlReader(const Wishes& wishes) : schedule_(wishes) {}

  Result<Schedule> run(const XmlElement& root) {
    const XmlElement* conference = root.child("conference");
    if (root.name != "schedule" || !conference) {
      return invalid_input(
          "this XML is no <schedule> with a <conference>, as frab and pretalx write it");
    }
    if (const XmlElement* generator = root.child("generator")) {
      schedule_.set_generator(generator->attribute("name"));
    }
    schedule_.begin(conference->text_of("title"),
                    conference->text_of("acronym"),
                    conference->text_of("time_zone_name"),
                    conference->place);
    schedule_.set_days(conference->text_of("start"), conference->text_of("end"));
    Gathering& gathering = schedule_.gathering();
    for (const XmlElement& track : conference->children) {
      if (track.name != "track") continue;
      gathering.add_track(gathering.name(track.attribute("name"), track.place),
                          gathering.name(track.attribute("color"), track.place));
    }
    schedule_.set_day_change(conference->text_of("day_change"));
    if (const XmlElement* color = conference->child("color")) {
      gathering.schedule().color = gathering.name(color->attribute("primary"), color->place);
    }
    // Without days there is one all the same, for the schema wants it.
    bool has_days = trimmed(conference->text_of("days")) != "0";
    for (const XmlElement& day : root.children) {
      if (day.name == "day" && has_days) read_day(day);
    }
    return schedule_.take();
  }

 private:
  void read_day(const XmlElement& day) {
    Gathering& gathering = schedule_.gathering();
    bool has_events = std::any_of(day.children.begin(), day.children.end(), [](const auto& room) {
      return room.child("event") != nullptr;
    });
    schedule_.add_day(day.attribute("date"), has_events);
    for (const XmlElement& room : day.children) {
      if (room.name != "room") continue;
      schedule_.add_room({gathering.name(room.attribute("name"), room.place), "", {}});
      for (const XmlElement& event : room.children) {
        if (event.name == "event") read_event(event, room.attribute("name"), day.attribute("date"));
      }
    }
  }

  void read_event(const XmlElement& element, std::string_view room, std::string_view day) {
    FrabEvent event;
    event.place = element.place;
    auto text = [&](std::string_view name) { return std::string(element.text_of(name)); };
    event.guid = element.attribute("guid");
    event.id = element.attribute("id");
    event.code = element.attribute("code");
    event.date = text("date");
    event.start = text("start");
    event.duration = text("duration");
    event.url = text("url");
    event.room = element.child("room") ? text("room") : std::string(room);
    event.title = text("title");
    event.subtitle = text("subtitle");
    event.track = text("track");
    event.type = text("type");
    event.language = text("language");
    event.abstract = text("abstract");
    event.description = text("description");
    read_persons(element, event);
    read_links(element, event);
    for (const char* field :
         {"logo", "recording", "feedback_url", "origin_url", "video_download_url"}) {
      const XmlElement* child = element.child(field);
      bool says_something = child && (!child->children.empty() || !trimmed(child->text).empty());
      if (says_something) schedule_.note_left_out(field);
    }
    schedule_.add(std::move(event), day);
  }

  static void read_persons(const XmlElement& element, FrabEvent& event) {
    const XmlElement* persons = element.child("persons");
    if (!persons) return;
    for (const XmlElement& person : persons->children) {
      event.persons.push_back({person.text, std::string(person.attribute("guid")), ""});
    }
  }

  static void read_links(const XmlElement& element, FrabEvent& event) {
    for (const char* name : {"links", "attachments"}) {
      const XmlElement* list = element.child(name);
      if (!list) continue;
      for (const XmlElement& link : list->children) {
        event.links.push_back({link.text, std::string(link.attribute("href"))});
      }
    }
  }

  FrabSchedule schedule_;
};

}  // namespace

Result<Schedule> read_xml(std::string_view bytes, const Wishes& wishes) {
  XmlElement root = TRY(read_xml_tree(bytes));
  return XmlReader(wishes).run(root);
}

}  // namespace stet::schedule_import
