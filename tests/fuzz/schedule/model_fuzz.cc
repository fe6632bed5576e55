// A schedule's event and one session as their files have them, and what is exported of them:
// whatever the bytes, what holds of each slot, and exports that keep their formats' rules.
//
// The event stands before a line "---", the session's front matter behind it.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cms/document/structured.h"
#include "cms/document/yaml.h"
#include "cms/schedule/formats/calendar.h"
#include "cms/schedule/formats/frab_xml.h"
#include "cms/schedule/formats/plain.h"
#include "cms/schedule/program.h"
#include "cms/schedule/timetable.h"
#include "cms/schedule/uid.h"
#include "cms/site/value_of.h"
#include "storage/base/utf8.h"

namespace {

using namespace stet;
using namespace stet::schedule;

void must(bool holds) {
  if (!holds) std::abort();
}

void check_calendar(std::string_view text) {
  must(is_utf8(text) && text.ends_with("END:VCALENDAR\r\n"));
  while (!text.empty()) {
    std::size_t end = text.find("\r\n");
    must(end != text.npos && end <= 75);
    must(text.substr(0, end).find_first_of("\r\n") == text.npos);
    text.remove_prefix(end + 2);
  }
}

void check_exports(const Event& event, const Session& session) {
  Program program;
  program.event = event;
  for (const Slot& slot : session.slots) {
    if (!slot.start) continue;
    Talk talk;
    talk.uid = uid_of_slot(session, slot);
    talk.guid = guid_of_uid(talk.uid);
    talk.slug = session.slug;
    talk.title = line_of(session.title);
    talk.description = cut_text(text_of_html(session.subtitle));
    talk.room = line_of(slot.room);
    talk.start = *slot.start;
    talk.end = slot.end;
    talk.status = session.status;
    program.talks.push_back(std::move(talk));
  }
  put_in_order(program);
  check_calendar(calendar_text(program, "", CalendarTimes::kZone));
  check_calendar(calendar_text(program, "", CalendarTimes::kUtc));
  must(is_utf8(frab_xml(program, "")) && is_utf8(csv_text(program)) &&
       is_utf8(table_text(program)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::size_t cut = text.find("\n---\n");
  std::string_view event_text = text.substr(0, cut);
  std::string_view session_text = cut == text.npos ? "" : text.substr(cut + 5);
  Problems problems;
  const Event event =
      read_event(site::value_of(document::parse_yaml(event_text, kEventPath, problems)), problems);
  const document::Data fields = document::parse_yaml(session_text, "_schedule/x.md", problems);
  Faults faults;
  auto field = [&](std::string_view key) {
    const document::Data* value = fields.is_map() ? fields.find(key) : nullptr;
    return value ? site::value_of(*value) : liquid::Value();
  };
  Session session = read_session(field, "_schedule/x.md", event, faults);
  must(!session.slots.empty() && session.slots.size() <= kSlotsMax);
  must(session.speakers.size() <= kSpeakersMax && session.links.size() <= kLinksMax);
  for (const Slot& slot : session.slots) must(!slot.start || *slot.start < slot.end);
  check_fit(
      session, event, [](const std::string& slug) { return slug == "ada"; }, faults);
  for (const Fault& fault : faults) must(!fault.message.empty() && fault.pointer.starts_with('/'));
  Timetable timetable;
  timetable.put(session);
  timetable.clashes_of(session);
  check_exports(event, session);
  return 0;
}
