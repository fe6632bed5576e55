#include "cms/schedule/program_view.h"

#include <memory>
#include <utility>

#include "cms/schedule/colour.h"
#include "cms/schedule/formats/calendar.h"
#include "cms/schedule/formats/frab_json.h"
#include "cms/schedule/formats/frab_xml.h"
#include "cms/schedule/formats/plain.h"
#include "cms/schedule/formats/widget_json.h"
#include "cms/schedule/schedule_view.h"
#include "cms/site/schedule_lists.h"
#include "cms/site/site.h"

namespace stet::schedule {
namespace {

using liquid::Value;
using site::Document;
using site::View;

std::string text_of(const Value& value) { return name_of(value).value_or(""); }

// The body of a session as text.
std::string description_of(const std::string& path, View& view) {
  if (sees_all(view)) return text_of_session(path, view)->text;
  auto document = find_document(path, view);
  Value html = document ? view.content_of(*document) : Value();
  return html.is_string() ? text_of_html(html.as_string()) : "";
}

// A part of the schedule, put together of its own sessions.
class Gatherer {
 public:
  Gatherer(const Selection& selection, View& view)
      : selection_(selection), view_(view), event_(event_of(view)) {
    program_.event = event_->told;
    program_.name = program_.event.title;
    program_.base_url = base_url_of(view);
    program_.page_url = program_.base_url + "/schedule/";
  }

  Program gather() {
    switch (selection_.part) {
      case Part::kAll:
      case Part::kEvent: break;
      case Part::kSession: add_one(); break;
      case Part::kRoom:
        add_list(list_of_room(selection_.name));
        name_part(selection_.name);
        break;
      case Part::kTrack:
        add_list(list_of_track(selection_.name));
        name_part(selection_.name);
        break;
      case Part::kSpeaker: {
        std::string slug = slug_of_path(selection_.name);
        add_list(list_of_speaker(slug));
        const Person person = person_of(slug, view_);
        program_.page_url = person.url;
        name_part(person.name);
        break;
      }
    }
    put_in_order(program_);
    return std::move(program_);
  }

 private:
  void name_part(const std::string& name) {
    program_.name += (program_.name.empty() || name.empty() ? "" : " – ") + name;
  }

  void add_list(const std::string& list) {
    const site::Items& items = view_.site().list(list);
    auto size = static_cast<std::uint32_t>(items.size());
    view_.recorder().add_span({view_.names().id_of("site." + list), 0, size + 1});
    items.for_each([&](const site::ListKey&, const site::ItemPtr& item) { add(item->path()); });
    if (selection_.has_withdrawn) add_withdrawn(list, program_, view_);
  }

  void add_one() {
    auto document = find_document(selection_.name, view_);
    if (!document) return;
    add(selection_.name);
    name_part(text_of(document->get("title", view_)));
    program_.page_url = program_.base_url + text_of(document->get("url", view_));
  }

  void add(const std::string& path) {
    auto told = talks_of(path, view_);
    std::string description;
    if (selection_.has_texts && !told->talks.empty()) description = description_of(path, view_);
    for (std::size_t i = 0; i < told->talks.size(); ++i) {
      if (selection_.part == Part::kRoom && told->rooms[i] != selection_.name) continue;
      program_.talks.push_back(told->talks[i]);
      program_.talks.back().description = description;
    }
  }

  const Selection& selection_;
  View& view_;
  const EventPtr event_;
  Program program_;
};

// All sessions as a document sees them that is rendered before some of these.
ProgramPtr early_program(bool has_withdrawn, View& view) {
  auto program = std::make_shared<Program>(*whole_program(false, has_withdrawn, view));
  for (Talk& talk : program->talks) {
    if (!talk.path.empty()) talk.description = description_of(talk.path, view);
  }
  return program;
}

Part part_of(std::string_view word) {
  if (word == "session") return Part::kSession;
  if (word == "room") return Part::kRoom;
  if (word == "track") return Part::kTrack;
  return word == "speaker" ? Part::kSpeaker : Part::kAll;
}

}  // namespace

ProgramPtr program_of(const Selection& selection, View& view) {
  if (selection.part != Part::kAll) {
    return std::make_shared<const Program>(Gatherer(selection, view).gather());
  }
  if (selection.has_texts && !sees_all(view)) return early_program(selection.has_withdrawn, view);
  return whole_program(selection.has_texts, selection.has_withdrawn, view);
}

std::string export_text(const Document& document, View& view) {
  std::string format = text_of(document.field("format"));
  Selection selection{part_of(text_of(document.field("part"))),
                      text_of(document.field("of")),
                      format != "txt" && format != "atom",
                      format == "ics" || format == "utc" || format == "atom"};
  if (format == "css") return track_sheet(event_of(view)->event);
  const ProgramPtr shared = program_of(selection, view);
  const Program& program = *shared;
  const std::string& url = document.facts().url;
  const std::string self_url = url.empty() ? "" : program.base_url + url;
  if (format == "ics") return calendar_text(program, self_url, CalendarTimes::kZone);
  if (format == "utc") return calendar_text(program, self_url, CalendarTimes::kUtc);
  if (format == "xml") return frab_xml(program, self_url);
  if (format == "json") return frab_json(program, self_url, view);
  if (format == "widget") return widget_json(program, view);
  if (format == "csv") return csv_text(program);
  if (format == "atom") return changes_feed(program, self_url);
  return table_text(program);
}

std::string page_json_ld(const Selection& selection, View& view) {
  return json_ld(*program_of(selection, view), view);
}

std::string list_of_room(std::string_view name) {
  return std::string(site::kRoomLists) + std::string(name);
}
std::string list_of_track(std::string_view name) {
  return std::string(site::kTrackLists) + std::string(name);
}
std::string list_of_speaker(std::string_view slug) {
  return std::string(site::kSpeakerLists) + std::string(slug);
}

}  // namespace stet::schedule
