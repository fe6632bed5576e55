#include "cms/schedule/summaries.h"

#include <algorithm>
#include <set>
#include <utility>

#include "cms/schedule/release_view.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schedule/uid.h"
#include "cms/schedule/values.h"
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

// What all of a schedule is a summary of, as sentences name it.
constexpr std::string_view kWhole = "the schedule";
constexpr std::string_view kEvent = "event", kProgram = "program";
constexpr std::string_view kProgramWithTexts = "program with texts";
constexpr std::string_view kProgramWithdrawn = "program with what was withdrawn";
constexpr std::string_view kProgramOfAll = "program with texts and what was withdrawn";

std::string text_of(const Value& value) { return name_of(value).value_or(""); }

template <typename Made>
std::shared_ptr<const Made> shared(std::string_view kind, std::string_view subject, View& view) {
  return std::static_pointer_cast<const Made>(view.summary(kind, subject));
}

site::SummaryPtr make_event(View& view) {
  auto made = std::make_shared<EventSummary>();
  Problems ignored;
  made->event = read_event(event_value(view), ignored);
  made->told = made->event;
  Event& told = made->told;
  for (std::string* name : {&told.title, &told.acronym}) *name = line_of(*name);
  for (Room& room : told.rooms) {
    room.name = line_of(room.name);
    room.description = line_of(room.description);
  }
  for (Track& track : told.tracks) track.name = line_of(track.name);
  Fingerprinter value;
  add_value(made->event, value);
  made->value = value.finish();
  made->bytes = 1024 + 400 * (told.rooms.size() + told.tracks.size() + told.types.size());
  return made;
}

// Null where there is no history.
const site::SessionRecord* record_of(const std::string& path, View& view) {
  view.recorder().add(Key(Kind::kField, view.names().id_of(path), view.names().id_of("#slots")));
  const auto* found = view.site().schedule_history().sessions.find(path);
  return found ? found->get() : nullptr;
}

// Makes the talks of one session.
class Teller {
 public:
  explicit Teller(View& view) : view_(view), event_(event_of(view)), base_url_(base_url_of(view)) {}

  std::shared_ptr<TalksSummary> tell(const Document& document) {
    auto made = std::make_shared<TalksSummary>();
    Faults ignored;
    Session session = read_session([&](std::string_view key) { return document.get(key, view_); },
                                   document.path(),
                                   event_->event,
                                   ignored);
    if (!session.is_scheduled()) return made;
    Talk talk = talk_of(session, document);
    const site::SessionRecord* record = record_of(document.path(), view_);
    if (session.uid.empty()) session.uid = uid_of_path(record ? record->origin : session.path);
    for (const Slot& slot : session.slots) {
      if (!slot.start) continue;
      talk.uid = uid_of_slot(session, slot);
      talk.guid = guid_of_uid(talk.uid);
      talk.start = *slot.start;
      talk.end = slot.end;
      talk.room = line_of(slot.room);
      talk.sequence = slot.sequence;
      made->talks.push_back(talk);
      made->rooms.push_back(slot.room);
      if (record) add_history(*record, made->talks.back());
    }
    return made;
  }

 private:
  // An address from the root gets the site's own; what would be run in a browser is no link.
  void set_links(const Session& session, Talk& talk) const {
    for (const Link& link : session.links) {
      std::string url = line_of(link.url);
      if (url.starts_with('/') && !url.starts_with("//")) url = base_url_ + url;
      std::string_view scheme = std::string_view(url).substr(0, url.find_first_of(":/?#"));
      bool has_scheme = scheme.size() < url.size() && url[scheme.size()] == ':';
      if (has_scheme && scheme != "https" && scheme != "http" && scheme != "mailto") continue;
      talk.links.push_back({line_of(link.title), std::move(url)});
    }
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
    set_links(session, talk);
    talk.url = base_url_ + text_of(document.get("url", view_));
    for (const std::string& slug : session.speakers) talk.persons.push_back(person_of(slug, view_));
    view_.recorder().add(
        Key(Kind::kField, view_.names().id_of(document.path()), view_.names().id_of("#changed")));
    talk.changed = view_.site().last_changed(document.path());
    return talk;
  }

  View& view_;
  const EventPtr event_;
  const std::string base_url_;
};

site::SummaryPtr make_talks(const std::string& path, View& view) {
  auto document = find_document(path, view);
  auto made = document ? Teller(view).tell(*document) : std::make_shared<TalksSummary>();
  Fingerprinter value;
  for (std::size_t i = 0; i < made->talks.size(); ++i) {
    add_value(made->talks[i], value);
    value.add(made->rooms[i]);
  }
  // Releases are compared by records, which may differ where no talk does.
  if (const site::SessionRecord* record = record_of(path, view)) add_value(*record, value);
  made->value = value.finish();
  made->bytes = 200 + 1500 * made->talks.size();
  return made;
}

site::SummaryPtr make_text(const std::string& path, View& view) {
  auto made = std::make_shared<TextSummary>();
  auto document = find_document(path, view);
  Value html = document ? view.content_of(*document) : Value();
  if (html.is_string()) made->text = text_of_html(html.as_string());
  made->value = Fingerprinter().add(made->text).finish();
  made->bytes = made->text.size();
  return made;
}

site::SummaryPtr make_shown(const std::string& path, bool has_excerpt, View& view) {
  auto made = std::make_shared<ShownSummary>();
  auto document = find_document(path, view);
  if (document) {
    const EventPtr event = event_of(view);
    made->slots = slot_values(*document, {event->event, has_pages(view), has_excerpt}, view);
  }
  Fingerprinter value;
  for (const SlotValue& slot : made->slots) add_value(slot, value);
  made->value = value.finish();
  made->bytes = 200 + 3000 * made->slots.size();
  return made;
}

std::uint64_t bytes_of(const Program& program) {
  std::uint64_t bytes = 4096 + 1000 * program.talks.size();
  for (const Talk& talk : program.talks) bytes += talk.description.size();
  return bytes;
}

site::SummaryPtr program_summary(ProgramPtr program, const Fingerprint& value) {
  auto made = std::make_shared<ProgramSummary>();
  made->bytes = bytes_of(*program);
  made->program = std::move(program);
  made->value = value;
  return made;
}

// Of the event, all sessions, and what was released; else nothing is in it that is not in the
// values of these.
site::SummaryPtr make_program(bool has_withdrawn, View& view) {
  EventPtr event = event_of(view);
  auto program = std::make_shared<Program>();
  program->event = event->told;
  program->name = event->told.title;
  program->base_url = base_url_of(view);
  program->page_url = program->base_url + "/schedule/";
  Fingerprinter value;
  value.add(event->value).add(program->base_url);
  const site::Items& items = view.site().list(kSessions);
  view.recorder().add_span({view.names().id_of("site." + std::string(kSessions)),
                            0,
                            static_cast<std::uint32_t>(items.size()) + 1});
  items.for_each([&](const site::ListKey&, const site::ItemPtr& item) {
    auto told = talks_of(item->path(), view);
    value.add(told->value);
    program->talks.insert(program->talks.end(), told->talks.begin(), told->talks.end());
  });
  if (has_withdrawn) {
    const std::size_t before = program->talks.size();
    add_withdrawn(kSessions, *program, view);
    for (std::size_t i = before; i < program->talks.size(); ++i) {
      add_value(program->talks[i], value);
    }
  }
  put_in_order(*program);
  add_releases(*program, view);
  value.add(program->version);
  for (const ToldRelease& release : program->releases) add_value(release, value);
  return program_summary(std::move(program), value.finish());
}

// As calendars have it; where nothing was withdrawn, which is as a rule, the one without.
site::SummaryPtr make_program_withdrawn(View& view) {
  view.recorder().add(Key(Kind::kField,
                          view.names().id_of("site." + std::string(kSessions)),
                          view.names().id_of("#withdrawn")));
  if (!view.site().schedule_history().withdrawn.empty()) return make_program(true, view);
  auto plain = shared<ProgramSummary>(kProgram, kWhole, view);
  return program_summary(plain->program, plain->value);
}

site::SummaryPtr make_program_with_texts(std::string_view kind, View& view) {
  auto plain = shared<ProgramSummary>(kind, kWhole, view);
  auto program = std::make_shared<Program>(*plain->program);
  Fingerprinter value;
  value.add(plain->value);
  for (Talk& talk : program->talks) {
    if (talk.path.empty()) continue;  // of one that was withdrawn
    auto text = text_of_session(talk.path, view);
    value.add(text->value);
    talk.description = text->text;
  }
  return program_summary(std::move(program), value.finish());
}

site::SummaryPtr make_program_of_all(View& view) {
  auto plain = shared<ProgramSummary>(kProgram, kWhole, view);
  auto withdrawn = shared<ProgramSummary>(kProgramWithdrawn, kWhole, view);
  if (plain->program != withdrawn->program) {
    return make_program_with_texts(kProgramWithdrawn, view);
  }
  auto texts = shared<ProgramSummary>(kProgramWithTexts, kWhole, view);
  return program_summary(texts->program, texts->value);
}

void add_lapsed(const site::LapsedSlot& lapsed, Program& program, View& view) {
  Talk talk;
  talk.uid = lapsed.slot.uid;
  talk.guid = guid_of_uid(talk.uid);
  talk.slug = slug_of_path(lapsed.path);
  talk.title = line_of(lapsed.title);
  if (talk.title.empty()) talk.title = talk.slug;
  talk.track = line_of(lapsed.track);
  talk.room = line_of(lapsed.slot.room);
  talk.start = program.event.zone.at(lapsed.slot.start);
  talk.end = program.event.zone.at(lapsed.slot.end);
  talk.status = SessionStatus::kCancelled;
  talk.sequence = lapsed.slot.sequence;
  talk.created = lapsed.slot.created;
  talk.changed = lapsed.slot.revised;
  for (const std::string& slug : lapsed.speakers) talk.persons.push_back(person_of(slug, view));
  program.talks.push_back(std::move(talk));
}

}  // namespace

site::SummaryPtr make_summary(std::string_view kind, std::string_view subject, View& view) {
  if (kind == kTalks) return make_talks(std::string(subject), view);
  if (kind == kText) return make_text(std::string(subject), view);
  if (kind == kShown) return make_shown(std::string(subject), false, view);
  if (kind == kShownWithExcerpt) return make_shown(std::string(subject), true, view);
  if (kind == kEvent) return make_event(view);
  if (kind == kProgram) return make_program(false, view);
  if (kind == kProgramWithdrawn) return make_program_withdrawn(view);
  if (kind == kProgramWithTexts) return make_program_with_texts(kProgram, view);
  return kind == kProgramOfAll ? make_program_of_all(view) : nullptr;
}

EventPtr event_of(View& view) { return shared<EventSummary>(kEvent, kWhole, view); }

std::shared_ptr<const TalksSummary> talks_of(const std::string& path, View& view) {
  return shared<TalksSummary>(kTalks, path, view);
}

std::shared_ptr<const TextSummary> text_of_session(const std::string& path, View& view) {
  return shared<TextSummary>(kText, path, view);
}

std::shared_ptr<const ShownSummary> shown_of(const std::string& path,
                                             bool has_excerpt,
                                             View& view) {
  return shared<ShownSummary>(has_excerpt ? kShownWithExcerpt : kShown, path, view);
}

bool sees_all(const View& view) {
  return !view.current() || view.current()->facts().kind == site::DocumentKind::kGenerated;
}

ProgramPtr whole_program(bool has_texts, bool has_withdrawn, View& view) {
  std::string_view kind = has_texts ? (has_withdrawn ? kProgramOfAll : kProgramWithTexts)
                                    : (has_withdrawn ? kProgramWithdrawn : kProgram);
  return shared<ProgramSummary>(kind, kWhole, view)->program;
}

Value event_value(View& view) {
  auto data = view.site().data();
  Value event = data->get("event", view);
  if (event.type() != Type::kDrop) return Value();
  const auto& tree = static_cast<const site::Tree&>(event.as_drop());
  view.recorder().add(tree.key_of_all());
  return Value(liquid::Ref<Hash>(&tree.hash()));
}

std::string base_url_of(View& view) {
  std::string base = text_of(view.config("url")) + text_of(view.config("baseurl"));
  while (base.ends_with('/')) base.pop_back();
  return base;
}

site::DocumentPtr find_document(const std::string& path, View& view) {
  view.recorder().add(Key(Kind::kField, view.names().id_of(path), view.names().id_of("exists")));
  return view.site().find_document(path);
}

// `name` is the file's, as in Jekyll, unless the front matter says who it is.
Person person_of(const std::string& slug, View& view) {
  Person person;
  std::string path = "_speakers/" + slug + ".md";
  person.slug = person.name = slug;
  person.guid = uid_of_path(path);
  auto speaker = find_document(path, view);
  if (!speaker) return person;
  const Value* own = speaker->facts().fields->find("name");
  Value shown = speaker->get(own ? "name" : "title", view);
  std::string name = line_of(text_of(own ? *own : shown));
  if (!name.empty()) person.name = name;
  std::string uid = line_of(text_of(speaker->get("uid", view)));
  if (!uid.empty()) person.guid = guid_of_uid(uid);
  person.url = base_url_of(view) + text_of(speaker->get("url", view));
  return person;
}

void add_withdrawn(const std::string& list, Program& program, View& view) {
  view.recorder().add(
      Key(Kind::kField, view.names().id_of("site." + list), view.names().id_of("#withdrawn")));
  std::set<std::string> known;
  for (const Talk& talk : program.talks) known.insert(talk.uid);
  view.site().schedule_history().withdrawn.for_each(
      [&](const auto&, const site::LapsedSlotPtr& lapsed) {
        auto lists = site::lists_of_lapsed(*lapsed);
        bool is_shown = std::find(lists.begin(), lists.end(), list) != lists.end();
        if (is_shown && known.insert(lapsed->slot.uid).second) add_lapsed(*lapsed, program, view);
      });
}

}  // namespace stet::schedule
