#include "api/routes/session_json.h"

#include "api/routes/route.h"
#include "cms/schedule/program.h"
#include "cms/schedule/uid.h"

namespace stet::api {
namespace {

using change::ScheduleFault;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string_view kind_name(ScheduleFault::Kind kind) {
  switch (kind) {
    case ScheduleFault::Kind::kRoom: return "room";
    case ScheduleFault::Kind::kSpeaker: return "speaker";
    case ScheduleFault::Kind::kUnavailable: return "unavailable";
    case ScheduleFault::Kind::kFit: return "fit";
    case ScheduleFault::Kind::kTime: return "field";
  }
  return "";
}

Json utc(std::int64_t seconds) { return iso_instant(Instant{seconds}); }

Json slot_json(const schedule::Session& session, const schedule::Slot& slot, const TimeZone& zone) {
  Json json = {{"id", text_or_null(slot.id)},
               {"uid", schedule::uid_of_slot(session, slot)},
               {"start", nullptr},
               {"end", nullptr},
               {"start_utc", nullptr},
               {"end_utc", nullptr},
               {"zone", nullptr},
               {"day", nullptr},
               {"minutes", nullptr},
               {"room", text_or_null(slot.room)}};
  if (!slot.start) return json;
  Time start = zone.at(slot.start->seconds), end = zone.at(slot.end.seconds);
  json["start"] = iso_time(start);
  json["end"] = iso_time(end);
  json["start_utc"] = utc(start.seconds);
  json["end_utc"] = utc(end.seconds);
  json["zone"] = zone.offset_at(start.seconds).abbreviation;
  json["day"] = iso_date(schedule::day_of(start));
  json["minutes"] = (end.seconds - start.seconds) / 60;
  return json;
}

}  // namespace

Json slots_json(const schedule::Session& session, const TimeZone& zone) {
  Json list = Json::array();
  for (const schedule::Slot& slot : session.slots) list.push_back(slot_json(session, slot, zone));
  return list;
}

Json session_reference(const site::Site& site, const std::string& path, const std::string& title) {
  const change::Resource& sessions = change::resource_of(change::EntryKind::kSession);
  std::string name = change::name_of(site, sessions, "", path);
  return {
      {"path", path}, {"name", name}, {"self", entry_url(sessions, "", name)}, {"title", title}};
}

Json fault_json(const site::Site& site, const ScheduleFault& fault, const TimeZone& zone) {
  Json json = {{"kind", kind_name(fault.kind)},
               {"severity", fault.severity == Severity::kError ? "error" : "warning"},
               {"message", fault.message},
               {"session", session_reference(site, fault.path, fault.title)},
               {"pointer", fault.pointer},
               {"name", text_or_null(fault.name)},
               {"other", nullptr},
               {"from", nullptr},
               {"until", nullptr}};
  if (!fault.other.empty()) json["other"] = session_reference(site, fault.other, fault.other_title);
  if (fault.during) {
    json["from"] = iso_time(zone.at(fault.during->start));
    json["until"] = iso_time(zone.at(fault.during->end));
  }
  return json;
}

Json faults_json(const site::Site& site,
                 const std::vector<ScheduleFault>& faults,
                 const TimeZone& zone) {
  Json list = Json::array();
  for (const ScheduleFault& fault : faults) list.push_back(fault_json(site, fault, zone));
  return list;
}

}  // namespace stet::api
