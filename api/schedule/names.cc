// Rooms, tracks and types of the event, one by one; and speakers that go.

#include "api/http/url.h"
#include "api/routes/reading.h"
#include "api/routes/route.h"
#include "api/routes/write_path.h"
#include "api/schedule/calls.h"
#include "api/schedule/slot_wish.h"
#include "cms/change/event_names.h"
#include "cms/schedule/event.h"

namespace stet::api {
namespace {

using change::EventName;
using change::Named;
using change::NameRequest;
using change::OnUse;
using document::Data;

std::string self_of(Named kind, const std::string& name) {
  return std::string(kApiRoot) + "/schedule/" + std::string(change::word_of(kind)) + "s/" +
         http::percent_encode(name);
}

Json name_json(Named kind, const EventName& one, const change::UseCounts& counts) {
  auto count = counts.find(one.name);
  Json json = {{"name", one.name},
               {"slug", one.slug.empty() ? Json(nullptr) : Json(one.slug)},
               {"self", self_of(kind, one.name)},
               {"use_count", count == counts.end() ? 0 : count->second}};
  json["data"] = one.fields.is_map() ? to_json(one.fields) : Json{{"name", one.name}};
  return json;
}

// Its tag begins with the event's blob, so it is good for If-Match.
Answer tagged_of_event(const Call& call, const site::Site& site, const Json& json) {
  auto blob = site.blob_of(schedule::kEventPath);
  return tagged_response(call, json, blob ? blob->hex() + "-" : "");
}

Answer list_names(const Call& call, Named kind) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::Site& site = *std::get<Reading>(found).site;
  const change::UseCounts counts = change::count_uses(site, kind);
  Json items = Json::array();
  for (const EventName& one : change::names_of_event(site, kind)) {
    items.push_back(name_json(kind, one, counts));
  }
  std::size_t total = items.size();
  return tagged_of_event(call, site, Json{{"items", std::move(items)}, {"total", total}});
}

Answer read_name(const Call& call, Named kind) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::Site& site = *std::get<Reading>(found).site;
  const std::vector<EventName> names = change::names_of_event(site, kind);
  const EventName* one = change::find_name(names, call.name());
  if (!one) {
    return ProblemReport{
        .status = 404,
        .detail = "the event has no " + std::string(change::word_of(kind)) + " of that name"};
  }
  const auto uses = change::uses_of(site, kind, one->name);
  Json json = name_json(kind, *one, {{one->name, uses.size()}});
  Json paths = Json::array();
  for (const change::Use& use : uses) paths.push_back(use.path);
  json["uses"] = std::move(paths);
  return tagged_of_event(call, site, json);
}

Fault take_on_use(const Call& call, OnUse& on_use) {
  auto word = call.request.query_value("on_use");
  auto to = call.request.query_value("to");
  if (!word || *word == "refuse") {
    if (to) return bad_query("to", "to is for on_use=move");
    return std::nullopt;
  }
  on_use.kind = *word == "move" ? OnUse::Kind::kMove : OnUse::Kind::kClear;
  if (*word != "move" && *word != "clear") {
    return bad_query("on_use", "on_use is refuse, clear or move");
  }
  bool is_move = on_use.kind == OnUse::Kind::kMove;
  if (is_move != (to && !to->empty())) {
    return bad_query("to",
                     is_move ? "on_use=move needs to, another name" : "to is for on_use=move");
  }
  on_use.to = to.value_or("");
  return std::nullopt;
}

// What has a meaning is of its type; null is "no more", of a patch.
Fault fault_of_fields(const Data::Map& fields) {
  for (const auto& [key, value] : fields) {
    bool is_number = key == "capacity" || key == "minutes";
    bool is_text = key == "name" || key == "color" || key == "description";
    if (value.is_nil() && key != "name") continue;
    if (is_number && (!value.integer() || *value.integer() < 0)) {
      return field_report("/" + key, key + " is a whole number");
    }
    if (is_text && !value.is_string()) return field_report("/" + key, key + " is text");
  }
  return std::nullopt;
}

Fault take_fields(const Call& call, NameRequest& request) {
  request.words = words_of(call, "");
  if (call.route.request_type.empty()) return std::nullopt;
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  request.fields = std::get<Data>(std::move(json));
  if (!request.fields.is_map()) return field_report("", "the request is an object");
  const Data* name = request.fields.find("name");
  if (!name && request.name.empty()) return field_report("/name", "a name is needed");
  if (auto fault = fault_of_fields(*request.fields.map())) return fault;
  if (name && name->string()->empty()) return field_report("/name", "a name is text");
  return std::nullopt;
}

using Prepare = Result<change::PlanOutcome>(const change::Ground&, const NameRequest&);

Answer write_name(const Call& call, Named kind, Prepare* prepare) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  NameRequest request{
      .kind = kind, .name = std::string(call.name()), .fields = {}, .expected = {}, .words = {}};
  std::optional<BlobId> expected;
  if (call.route.precondition == Precondition::kIfMatch) {
    if (auto fault = take_match_header(call, expected)) return std::move(*fault);
  }
  if (expected) request.expected = *expected;
  if (call.route.method == "DELETE") {
    if (auto fault = take_on_use(call, request.on_use)) return std::move(*fault);
  }
  if (auto fault = take_fields(call, request)) return std::move(*fault);
  Write write;
  write.is_of_entry = kind == Named::kSpeaker;
  write.is_dry_run = std::get<bool>(dry_run);
  write.prepare = [&](const change::Ground& ground) { return prepare(ground, request); };
  write.refuse = [](const site::Site& site, const change::Refusal& refusal) {
    return report_of(site, {}, refusal);
  };
  return run_write(call, write);
}

}  // namespace

Answer list_rooms(const Call& call) { return list_names(call, Named::kRoom); }
Answer list_tracks(const Call& call) { return list_names(call, Named::kTrack); }
Answer list_types(const Call& call) { return list_names(call, Named::kType); }
Answer read_room(const Call& call) { return read_name(call, Named::kRoom); }
Answer read_track(const Call& call) { return read_name(call, Named::kTrack); }
Answer read_type(const Call& call) { return read_name(call, Named::kType); }

Answer create_room(const Call& call) {
  return write_name(call, Named::kRoom, change::prepare_new_name);
}
Answer create_track(const Call& call) {
  return write_name(call, Named::kTrack, change::prepare_new_name);
}
Answer create_type(const Call& call) {
  return write_name(call, Named::kType, change::prepare_new_name);
}
Answer patch_room(const Call& call) {
  return write_name(call, Named::kRoom, change::prepare_name_patch);
}
Answer patch_track(const Call& call) {
  return write_name(call, Named::kTrack, change::prepare_name_patch);
}
Answer patch_type(const Call& call) {
  return write_name(call, Named::kType, change::prepare_name_patch);
}
Answer delete_room(const Call& call) {
  return write_name(call, Named::kRoom, change::prepare_name_deletion);
}
Answer delete_track(const Call& call) {
  return write_name(call, Named::kTrack, change::prepare_name_deletion);
}
Answer delete_type(const Call& call) {
  return write_name(call, Named::kType, change::prepare_name_deletion);
}
Answer delete_speaker(const Call& call) {
  return write_name(call, Named::kSpeaker, change::prepare_speaker_deletion);
}

}  // namespace stet::api
