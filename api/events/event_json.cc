#include "api/events/event_json.h"

#include "storage/base/time.h"

namespace stet::events {
namespace {

constexpr std::size_t kSubjectBytesMax = 500;

Json person_json(const storage::Signature& signature) {
  return {{"name", signature.name}, {"email", signature.email}, {"when", iso_time(signature.when)}};
}

void add_place(const EntryEvent::Side& side, Json& json) {
  json["resource"] = side.place.resource->name;
  if (side.place.resource->has_label()) json["label"] = side.place.label;
  json["name"] = side.place.name;
  json["path"] = side.path.string();
}

Json url_json(const std::optional<EntryEvent::Side>& side) {
  return side && side->place.url ? Json(*side->place.url) : Json(nullptr);
}

Json blob_json(const std::optional<EntryEvent::Side>& side) {
  return side ? Json(side->blob.hex()) : Json(nullptr);
}

std::string_view reason_of(Skipped why) {
  switch (why) {
    case Skipped::kTooMany: return "too_many";
    case Skipped::kRewritten: return "rewritten";
    case Skipped::kGone: return "gone";
    case Skipped::kForgotten: return "forgotten";
  }
  return "";
}

}  // namespace

Json to_json(const EntryEvent& event) {
  const storage::CommitRecord& commit = *event.commit;
  Json json = {{"id", event.id},
               {"type", name_of(event.kind)},
               {"commit", commit.id.hex()},
               {"subject", commit.subject().substr(0, kSubjectBytesMax)},
               {"author", person_json(commit.author)},
               {"committer", person_json(commit.committer)}};
  add_place(event.side(), json);
  if (event.kind == EntryEvent::Kind::kMoved) {
    json["moved_from"] = Json::object();
    add_place(*event.before, json["moved_from"]);
  }
  json["url"] = url_json(event.after);
  json["url_before"] = url_json(event.before);
  json["blob"] = blob_json(event.after);
  json["blob_before"] = blob_json(event.before);
  json["fields"] = event.fields;
  if (event.has_more_fields) json["has_more_fields"] = true;
  return json;
}

Json skipped_json(Skipped why,
                  const CommitId& since,
                  const CommitId& head,
                  const std::optional<CommitId>& base) {
  Json json = {{"reason", reason_of(why)}, {"since", since.hex()}, {"head", head.hex()}};
  if (why == Skipped::kRewritten) json["base"] = base ? Json(base->hex()) : Json(nullptr);
  if (why == Skipped::kTooMany) json["events"] = "/api/v1/events?since=" + since.hex();
  if (why == Skipped::kForgotten) json["read"] = {"/api/v1/changes", "/api/v1/status"};
  return json;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace stet::events
