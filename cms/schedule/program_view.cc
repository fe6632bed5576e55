#include "cms/schedule/program_view.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "cms/schedule/colour.h"
#include "cms/schedule/formats/calendar.h"
#include "cms/schedule/formats/frab_json.h"
#include "cms/schedule/formats/frab_xml.h"
#include "cms/schedule/formats/plain.h"
#include "cms/schedule/formats/widget_json.h"
#include "cms/schedule/release_view.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schedule/uid.h"
#include "cms/site/schedule_lists.h"
#include "cms/site/site.h"

namespace stet::schedule {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;
using reads::Key;
using reads::Kind;
using site::Document;
using site::View;

std::string text_of(const Value& value) { return name_of(value).value_or(""); }

class Gatherer {
 public:
  Gatherer(const Selection& selection, const Event& event, View& view)
      : selection_(selection), event_(event), view_(view) {
    set_event();
    program_.name = program_.event.title;
    program_.base_url = base_url();
    program_.page_url = program_.base_url + "/schedule/";
    program_.self_url = selection.self_url.empty() ? "" : program_.base_url + selection.self_url;
  }

  Program gather() {
    switch (selection_.part) {
      case Part::kAll: add_list(kSessions); break;
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
        const Person& person = person_of(slug);
        program_.page_url = person.url;
        name_part(person.name);
        break;
      }
    }
    put_in_order(program_);
    if (selection_.part == Part::kAll) add_releases(program_, view_);
    return std::move(program_);
  }

 private:
  std::string base_url() {
    std::string base = text_of(view_.config("url")) + text_of(view_.config("baseurl"));
    while (base.ends_with('/')) base.pop_back();
    return base;
  }

  // Names as they are told: on one line, for most formats have no other.
  void set_event() {
    program_.event = event_;
    Event& event = program_.event;
    for (std::string* name : {&event.title, &event.acronym}) *name = line_of(*name);
    for (Room& room : event.rooms) {
      room.name = line_of(room.name);
      room.description = line_of(room.description);
    }
    for (Track& track : event.tracks) track.name = line_of(track.name);
  }

  // An address from the root gets the site's own; what would be run in a browser is no link.
  void set_links(const Session& session, Talk& talk) const {
    for (const Link& link : session.links) {
      std::string url = line_of(link.url);
      if (url.starts_with('/') && !url.starts_with("//")) url = program_.base_url + url;
      std::string_view scheme = std::string_view(url).substr(0, url.find_first_of(":/?#"));
      bool has_scheme = scheme.size() < url.size() && url[scheme.size()] == ':';
      if (has_scheme && scheme != "https" && scheme != "http" && scheme != "mailto") continue;
      talk.links.push_back({line_of(link.title), std::move(url)});
    }
  }

  void name_part(const std::string& name) {
    program_.name += (program_.name.empty() || name.empty() ? "" : " – ") + name;
  }

  void add_list(const std::string& list) {
    const site::Items& items = view_.site().list(list);
    auto size = static_cast<std::uint32_t>(items.size());
    view_.recorder().add_span({view_.names().id_of("site." + list), 0, size + 1});
    items.for_each([&](const site::ListKey&, const site::ItemPtr& item) {
      add(static_cast<const Document&>(*item));
    });
    add_withdrawn(list);
  }

  site::DocumentPtr find(const std::string& path) {
    view_.recorder().add(
        Key(Kind::kField, view_.names().id_of(path), view_.names().id_of("exists")));
    return view_.site().find_document(path);
  }

  void add_one() {
    auto document = find(selection_.name);
    if (!document) return;
    add(*document);
    name_part(text_of(document->get("title", view_)));
    program_.page_url = program_.base_url + text_of(document->get("url", view_));
  }

  void add(const Document& document) {
    Faults ignored;
    Session session = read_session([&](std::string_view key) { return document.get(key, view_); },
                                   document.path(),
                                   event_,
                                   ignored);
    if (!session.is_scheduled()) return;
    Talk talk = talk_of(session, document);
    const site::SessionRecord* record = record_of(document.path());
    if (session.uid.empty()) session.uid = uid_of_path(record ? record->origin : session.path);
    for (const Slot& slot : session.slots) {
      if (!slot.start) continue;
      if (selection_.part == Part::kRoom && slot.room != selection_.name) continue;
      talk.uid = uid_of_slot(session, slot);
      talk.guid = guid_of_uid(talk.uid);
      talk.start = *slot.start;
      talk.end = slot.end;
      talk.room = line_of(slot.room);
      program_.talks.push_back(talk);
      if (record) add_history(*record, program_.talks.back());
    }
  }

  // Null where there is no history.
  const site::SessionRecord* record_of(const std::string& path) {
    view_.recorder().add(
        Key(Kind::kField, view_.names().id_of(path), view_.names().id_of("#slots")));
    const auto* found = view_.site().schedule_history().sessions.find(path);
    return found ? found->get() : nullptr;
  }

  static void add_history(const site::SessionRecord& record, Talk& talk) {
    for (const site::SlotRecord& slot : record.slots) {
      if (slot.uid != talk.uid) continue;
      talk.sequence = std::max(talk.sequence, slot.sequence);
      talk.created = slot.created;
      talk.changed = std::max(talk.changed.value_or(slot.revised), slot.revised);
      return;
    }
  }

  // What was public once and is gone, as cancelled.
  void add_withdrawn(const std::string& list) {
    if (!selection_.has_withdrawn) return;
    view_.recorder().add(
        Key(Kind::kField, view_.names().id_of("site." + list), view_.names().id_of("#withdrawn")));
    std::set<std::string> known;
    for (const Talk& talk : program_.talks) known.insert(talk.uid);
    view_.site().schedule_history().withdrawn.for_each(
        [&](const auto&, const site::LapsedSlotPtr& lapsed) {
          auto lists = site::lists_of_lapsed(*lapsed);
          bool is_shown = std::find(lists.begin(), lists.end(), list) != lists.end();
          if (is_shown && known.insert(lapsed->slot.uid).second) add_lapsed(*lapsed);
        });
  }

  void add_lapsed(const site::LapsedSlot& lapsed) {
    Talk talk;
    talk.uid = lapsed.slot.uid;
    talk.guid = guid_of_uid(talk.uid);
    talk.slug = slug_of_path(lapsed.path);
    talk.title = line_of(lapsed.title);
    if (talk.title.empty()) talk.title = talk.slug;
    talk.track = line_of(lapsed.track);
    talk.room = line_of(lapsed.slot.room);
    talk.start = event_.zone.at(lapsed.slot.start);
    talk.end = event_.zone.at(lapsed.slot.end);
    talk.status = SessionStatus::kCancelled;
    talk.sequence = lapsed.slot.sequence;
    talk.created = lapsed.slot.created;
    talk.changed = lapsed.slot.revised;
    for (const std::string& slug : lapsed.speakers) talk.persons.push_back(person_of(slug));
    program_.talks.push_back(std::move(talk));
  }

  Talk talk_of(const Session& session, const Document& document) {
    Talk talk;
    talk.path = session.path;
    talk.slug = session.slug;
    talk.title = line_of(session.title);
    if (talk.title.empty()) talk.title = session.slug;
    talk.subtitle = line_of(session.subtitle);
    talk.track = line_of(session.track);
    talk.type = line_of(session.type);
    talk.language = line_of(session.language);
    talk.status = session.status;
    talk.sequence = session.sequence;
    set_links(session, talk);
    talk.url = program_.base_url + text_of(document.get("url", view_));
    for (const std::string& slug : session.speakers) talk.persons.push_back(person_of(slug));
    if (selection_.has_texts) {
      Value html = view_.content_of(document);
      if (html.is_string()) talk.description = text_of_html(html.as_string());
    }
    view_.recorder().add(
        Key(Kind::kField, view_.names().id_of(document.path()), view_.names().id_of("#changed")));
    talk.changed = view_.site().last_changed(document.path());
    return talk;
  }

  // `name` is the file's, as in Jekyll, unless the front matter says who it is.
  const Person& person_of(const std::string& slug) {
    auto [place, is_new] = persons_.try_emplace(slug);
    Person& person = place->second;
    if (!is_new) return person;
    std::string path = "_speakers/" + slug + ".md";
    person.slug = person.name = slug;
    person.guid = uid_of_path(path);
    auto speaker = find(path);
    if (!speaker) return person;
    const Value* own = speaker->facts().fields->find("name");
    Value shown = speaker->get(own ? "name" : "title", view_);
    std::string name = line_of(text_of(own ? *own : shown));
    if (!name.empty()) person.name = name;
    std::string uid = line_of(text_of(speaker->get("uid", view_)));
    if (!uid.empty()) person.guid = guid_of_uid(uid);
    person.url = program_.base_url + text_of(speaker->get("url", view_));
    return person;
  }

  const Selection& selection_;
  const Event& event_;
  View& view_;
  Program program_;
  std::map<std::string, Person> persons_;
};

// The program of all sessions, without texts: the same for all exports of one version of the site.
class KeptProgram final : public site::Item {
 public:
  explicit KeptProgram(Program program) : Item(reads::NameId{}), program_(std::move(program)) {}

  const Program& program() const { return program_; }
  const std::string& path() const override { return program_.name; }
  const site::ListKey& key() const override { return key_; }
  Value get(std::string_view, liquid::Host&) const override { return Value(); }
  std::vector<std::string> keys(liquid::Host&) const override { return {}; }
  bool has_key(std::string_view, liquid::Host&) const override { return false; }

 private:
  const Program program_;
  const site::ListKey key_;
};

// Gathered at the first look; whoever looks later has read the same.
Program whole_program(const Selection& selection, const Event& event, View& view) {
  const char* name = selection.has_withdrawn ? "schedule.program, withdrawn" : "schedule.program";
  auto kept = view.site().columns().gathered(name, [&] {
    reads::Recorder others = std::exchange(view.recorder(), reads::Recorder());
    const Selection all{Part::kAll, "", /*has_texts=*/false, "", selection.has_withdrawn};
    Program program = Gatherer(all, event, view).gather();
    auto reads = std::make_shared<const reads::Reads>(view.recorder().take());
    view.recorder() = std::move(others);
    return site::Gathered{{site::ItemPtr(new KeptProgram(std::move(program)))}, std::move(reads)};
  });
  view.recorder().add_shared(kept->reads);
  Program program = static_cast<const KeptProgram&>(*kept->items.front()).program();
  if (!selection.self_url.empty()) program.self_url = program.base_url + selection.self_url;
  if (!selection.has_texts) return program;
  for (Talk& talk : program.talks) {
    auto document = view.site().find_document(talk.path);
    Value html = document ? view.content_of(*document) : Value();
    if (html.is_string()) talk.description = text_of_html(html.as_string());
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

Program program_of(const Selection& selection, const Event& event, View& view) {
  if (selection.part == Part::kAll) return whole_program(selection, event, view);
  return Gatherer(selection, event, view).gather();
}

Value event_value(View& view) {
  auto data = view.site().data();
  Value event = data->get("event", view);
  if (event.type() != Type::kDrop) return Value();
  const auto& tree = static_cast<const site::Tree&>(event.as_drop());
  view.recorder().add(tree.key_of_all());
  return Value(liquid::Ref<Hash>(&tree.hash()));
}

std::string export_text(const Document& document, View& view) {
  std::string format = text_of(document.field("format"));
  Selection selection{part_of(text_of(document.field("part"))),
                      text_of(document.field("of")),
                      format != "txt" && format != "atom",
                      document.facts().url,
                      format == "ics" || format == "utc" || format == "atom"};
  Problems ignored;
  Event event = read_event(event_value(view), ignored);
  if (format == "css") return track_sheet(event);
  Program program = program_of(selection, event, view);
  if (format == "ics") return calendar_text(program, CalendarTimes::kZone);
  if (format == "utc") return calendar_text(program, CalendarTimes::kUtc);
  if (format == "xml") return frab_xml(program);
  if (format == "json") return frab_json(program, view);
  if (format == "widget") return widget_json(program, view);
  if (format == "csv") return csv_text(program);
  if (format == "atom") return changes_feed(program);
  return table_text(program);
}

std::string page_json_ld(const Selection& selection, const Event& event, View& view) {
  return json_ld(program_of(selection, event, view), view);
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
