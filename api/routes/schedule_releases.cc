#include "api/routes/schedule_releases.h"

#include <algorithm>

#include "api/routes/request_json.h"
#include "api/routes/route_table.h"
#include "api/routes/write_path.h"
#include "cms/change/resource.h"
#include "cms/document/structured.h"
#include "cms/schedule/event.h"
#include "cms/schedule/history_step.h"
#include "cms/schedule/releases.h"
#include "cms/site/site.h"
#include "storage/git/tags.h"

namespace stet::api {
namespace {

using document::Data;
using schedule::SlotChange;
using site::ReleasePtr;
using Sessions = site::ScheduleHistory::Sessions;

constexpr char kTags[] = "schedule/";

struct Asked {
  std::string version, notes, message;
};

TimeZone zone_of(const site::Site& site) {
  const liquid::Value* event = site.data()->hash().find("event");
  Problems ignored;
  return schedule::read_event(event ? *event : liquid::Value(), ignored).zone;
}

Json slot_json(const site::SlotRecord& slot, const TimeZone& zone) {
  if (slot.uid.empty()) return nullptr;
  return {{"start", iso_time(zone.at(slot.start))},
          {"end", iso_time(zone.at(slot.end))},
          {"room", slot.room.empty() ? Json(nullptr) : Json(slot.room)}};
}

Json changes_json(const std::vector<SlotChange>& changes, const TimeZone& zone) {
  Json all = Json::array();
  for (const SlotChange& change : changes) {
    const bool is_gone = change.slot.uid.empty();
    all.push_back(
        {{"kind", schedule::word_of(change.kind)},
         {"path", change.path},
         {"uid", is_gone ? change.old_slot.uid : change.slot.uid},
         {"title", is_gone ? change.old_title : change.title},
         {"old_title", change.old_slot.uid.empty() ? Json(nullptr) : Json(change.old_title)},
         {"is", slot_json(change.slot, zone)},
         {"was", slot_json(change.old_slot, zone)}});
  }
  return all;
}

Json json_between(const Sessions& before, const Sessions& after, const TimeZone& zone) {
  auto changes = schedule::changes_between(before, after);
  return {{"summary", schedule::summary_of(changes)}, {"changes", changes_json(changes, zone)}};
}

Json release_json(const site::Release& release, const TimeZone& zone) {
  Json json = {{"version", release.version},
               {"notes", release.notes},
               {"commit", release.commit.hex()},
               {"released", iso_instant(release.when)},
               {"tag", kTags + release.version}};
  json.update(json_between(release.before, release.sessions, zone));
  return json;
}

// What is there since the last release.
Json unreleased_json(const site::ScheduleHistory& history, const TimeZone& zone) {
  return json_between(history.releases.empty() ? Sessions() : history.releases.back()->sessions,
                      history.sessions,
                      zone);
}

const ReleasePtr* find_release(const site::Site& site, std::string_view version) {
  const auto& releases = site.schedule_history().releases;
  auto found = std::find_if(releases.begin(), releases.end(), [&](const ReleasePtr& release) {
    return release->version == version;
  });
  return found == releases.end() ? nullptr : &*found;
}

// The marks of the releases that are live. One that cannot be made is told to the operator: the
// release is made all the same.
void tag_releases(const Call& call) {
  site::SitePtr site = call.backend.pipeline.site();
  if (!site || call.change) return;
  for (const ReleasePtr& release : site->schedule_history().releases) {
    if (call.backend.repository.resolve("refs/tags/" + (kTags + release->version))) continue;
    auto record = call.backend.repository.read_commit(release->commit);
    if (!record) continue;
    std::string message = "Schedule, version " + release->version + "\n";
    if (!release->notes.empty()) message += "\n" + release->notes + "\n";
    auto made = storage::create_tag(call.backend.repository,
                                    kTags + release->version,
                                    release->commit,
                                    record->author,
                                    message);
    if (!made && call.backend.note) {
      call.backend.note("tag the release " + release->version + ": " + made.error().message);
    }
  }
}

std::variant<Asked, ProblemReport> asked_of(const Call& call) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> version, notes, message;
  if (auto fault = take_text(*object, "version", version)) return *fault;
  if (auto fault = take_text(*object, "notes", notes)) return *fault;
  if (auto fault = take_text(*object, "message", message)) return *fault;
  if (auto fault = refuse_rest(*object)) return *fault;
  if (!version || !schedule::is_version(*version)) {
    return field_report("/version",
                        "a version is up to 40 letters, digits and .-_+ between them, such as "
                        "'0.3'; 'wip' and 'latest' are none");
  }
  if (notes && notes->size() > schedule::kNotesBytesMax) {
    return field_report("/notes", "the notes are longer than 16 KiB");
  }
  return Asked{
      *version,
      notes.value_or(""),
      message && !message->empty() ? *message : "Release version " + *version + " of the schedule"};
}

change::Refusal refused(change::Refusal::Kind kind, std::string message) {
  change::Refusal refusal;
  refusal.kind = kind;
  refusal.message = std::move(message);
  return refusal;
}

// The list with one more.
Result<change::PlanOutcome> prepare_release(const Call& call,
                                            const change::Ground& ground,
                                            const Asked& asked) {
  using Kind = change::Refusal::Kind;
  if (!ground.site.blob_of(schedule::kEventPath)) {
    return change::PlanOutcome(refused(Kind::kNotFound, "there is no schedule to release"));
  }
  if (find_release(ground.site, asked.version)) {
    return change::PlanOutcome(refused(
        Kind::kConflict, "version '" + asked.version + "' was released already; take another"));
  }
  change::WriteRequest request;
  request.resource = &change::resource_of(change::EntryKind::kData);
  request.name = "schedule_releases";
  Data::List list;
  if (auto blob = ground.site.blob_of(schedule::kReleasesPath)) {
    Problems problems;
    Data known = document::read_structured(
        TRY(ground.site.read_path(schedule::kReleasesPath)), schedule::kReleasesPath, problems);
    if (Data::List* there = known.list()) list = std::move(*there);
    request.expected = *blob;
  } else {
    request.expected = change::MustNotExist();
  }
  Data::Map release;
  release.set("version", asked.version);
  if (!asked.notes.empty()) release.set("notes", asked.notes);
  list.push_back(Data(std::move(release)));
  request.front_matter = Data(std::move(list));
  request.message = asked.message;
  request.author_name = call.principal.commit_name;
  request.author_email = call.principal.commit_email;
  request.trailers = call.trailers();
  return change::plan_of(TRY(change::prepare_replace(ground, request)), request);
}

}  // namespace

Answer list_releases(const Call& call) {
  auto found = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::Site& site = *std::get<site::SitePtr>(found);
  const site::ScheduleHistory& history = site.schedule_history();
  const TimeZone zone = zone_of(site);
  Json items = Json::array();
  for (auto it = history.releases.rbegin(); it != history.releases.rend(); ++it) {
    items.push_back(release_json(**it, zone));
  }
  return tagged_response(call,
                         Json{{"items", std::move(items)},
                              {"total", history.releases.size()},
                              {"unreleased", unreleased_json(history, zone)}});
}

Answer read_release(const Call& call) {
  auto found = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::Site& site = *std::get<site::SitePtr>(found);
  if (const ReleasePtr* release = find_release(site, call.parameter("version"))) {
    return tagged_response(call, release_json(**release, zone_of(site)));
  }
  return ProblemReport{.status = 404, .detail = "there is no such version of the schedule"};
}

Answer make_release(const Call& call) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  auto parsed = asked_of(call);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  const auto& asked = std::get<Asked>(parsed);
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = std::get<bool>(dry_run);
  write.prepare = [&](const change::Ground& ground) {
    return prepare_release(call, ground, asked);
  };
  write.refuse = [](const site::Site& site, const change::Refusal& refusal) {
    return report_of(site, {}, refusal);
  };
  // A release that is foreseen has no commit yet.
  write.complete = [&](const site::Site& site, Json& json) {
    const ReleasePtr* release = find_release(site, asked.version);
    Json foreseen = {{"version", asked.version}, {"notes", asked.notes}};
    foreseen.update(unreleased_json(site.schedule_history(), zone_of(site)));
    json["release"] = release ? release_json(**release, zone_of(site)) : std::move(foreseen);
  };
  Answer answer = run_write(call, write);
  if (!write.is_dry_run && std::holds_alternative<http::Response>(answer)) tag_releases(call);
  return answer;
}

void add_release_routes(std::vector<Route>& table) {
  table.push_back(read_route("/schedule/releases",
                             list_releases,
                             "list_schedule_releases",
                             "Versions of the schedule, the newest first, and what each changed",
                             "ReleaseList",
                             kDataQuery));
  Route make = write_route("/schedule/releases",
                           make_release,
                           "release_schedule",
                           "Releases the schedule as it is, as a version",
                           "ReleaseNew",
                           kWriteQuery);
  make.scope = auth::Scope::kScheduleWrite;
  make.needs_some_write = false;
  make.resource = &change::resource_of(change::EntryKind::kEvent);
  make.response_schema = "ReleaseAnswer";
  table.push_back(std::move(make));
  table.push_back(read_route("/schedule/releases/{version}",
                             read_release,
                             "read_schedule_release",
                             "One version of the schedule, and what it changed",
                             "Release",
                             kDataQuery));
}

const Json& release_schemas() {
  static const Json parsed = Json::parse(R"json({
"ReleaseNew": {"type": "object", "additionalProperties": false, "required": ["version"],
  "properties": {
  "version": {"type": "string", "maxLength": 40,
    "pattern": "^[A-Za-z0-9]([A-Za-z0-9._+-]*[A-Za-z0-9])?$"},
  "notes": {"type": "string", "maxLength": 16384, "description": "what people are told of it"},
  "message": {"type": "string", "description": "of the commit"}}},
"ReleasedSlot": {"type": ["object", "null"], "required": ["start", "end", "room"], "properties": {
  "start": {"type": "string"}, "end": {"type": "string"}, "room": {"type": ["string", "null"]}}},
"ReleaseChange": {"type": "object", "required": ["kind", "path", "uid", "title", "is", "was"],
  "properties": {"kind": {"enum": ["new", "moved", "cancelled", "removed", "retitled"]},
  "path": {"type": "string"}, "uid": {"type": "string", "description": "as calendars have it"},
  "title": {"type": "string"}, "old_title": {"type": ["string", "null"]},
  "is": {"$ref": "#/components/schemas/ReleasedSlot"},
  "was": {"$ref": "#/components/schemas/ReleasedSlot"}}},
"ReleaseChanges": {"type": "object", "required": ["summary", "changes"], "properties": {
  "summary": {"type": "string", "description": "2 new, 1 moved"},
  "changes": {"type": "array", "items": {"$ref": "#/components/schemas/ReleaseChange"}}}},
"Release": {"allOf": [{"$ref": "#/components/schemas/ReleaseChanges"}],
  "type": "object", "required": ["version", "notes"], "properties": {
  "version": {"type": "string"}, "notes": {"type": "string"},
  "commit": {"type": "string", "description": "of a dry run: not there"},
  "released": {"type": "string"},
  "tag": {"type": "string", "description": "in git; of the same commit"}}},
"ReleaseList": {"type": "object", "required": ["items", "total", "unreleased"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Release"}},
  "total": {"type": "integer"},
  "unreleased": {"$ref": "#/components/schemas/ReleaseChanges"}}},
"ReleaseAnswer": {"allOf": [{"$ref": "#/components/schemas/CommitAnswer"}], "type": "object",
  "properties": {"release": {"$ref": "#/components/schemas/Release"}}}
})json");
  return parsed;
}

}  // namespace stet::api
