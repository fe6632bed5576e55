#include "api/routes/presence.h"

#include <array>

#include "api/events/presence.h"
#include "api/routes/openapi.h"
#include "api/routes/people_json.h"
#include "api/routes/route_row.h"
#include "api/routes/route_table.h"
#include "storage/base/repo_path.h"
#include "storage/base/time.h"

namespace stet::api {
namespace {

using document::Data;
using events::Presence;

constexpr std::size_t kVersionBytesMax = 100;

constexpr char kSchemas[] = R"json({
"PresenceLease": {"type": "object", "required": ["id", "path", "mode", "name"], "properties": {
  "id": {"type": "string"}, "path": {"type": "string", "description": "of the file"},
  "user": {"type": ["string", "null"], "description": "by name; null: a token that is nobody's"},
  "name": {"type": "string", "description": "as their commits are signed"},
  "mode": {"enum": ["viewing", "editing"]},
  "version": {"type": ["string", "null"], "description": "the blob that they have before them"},
  "since": {"type": "string", "format": "date-time"},
  "is_own": {"type": "boolean", "description": "of the one who asks"}}},
"PresenceList": {"type": "object", "required": ["items"], "properties": {"items": {
  "type": "array", "items": {"$ref": "#/components/schemas/PresenceLease"}}}},
"PresenceSaid": {"type": "object", "additionalProperties": false, "required": ["path", "mode"],
  "properties": {"path": {"type": "string", "description": "of the file; it need not be there yet"},
  "mode": {"enum": ["viewing", "editing"]},
  "version": {"type": "string", "maxLength": 100, "description": "the blob that one has"},
  "lease": {"type": "string",
    "description": "to be renewed; else, and where it has ended, a new one"}}},
"Presence": {"type": "object", "required": ["lease", "expires", "renew_seconds", "others"],
  "properties": {"lease": {"type": "string"}, "expires": {"type": "string", "format": "date-time"},
  "renew_seconds": {"type": "integer", "description": "in which to say it again"},
  "others": {"type": "array", "description": "who are there as well",
    "items": {"$ref": "#/components/schemas/PresenceLease"}}}}
})json";

constexpr std::array kPathQuery =
    std::to_array<QueryParameter>({{"path", "string", "of one file; else all"}});

// clang-format off
const std::array kRows = std::to_array<RouteRow>({
    {"GET", "", list_presence, "list_presence", "Who has what open just now", "", "PresenceList",
     For::kReader, {.query = kPathQuery}},
    {"POST", "", say_presence, "say_presence",
     "Says that one has a file open, for a minute, and again with the lease before that is over",
     "PresenceSaid", "Presence", For::kReader},
    {"DELETE", "/{lease}", end_presence, "end_presence", "Says that one has closed it", "", "Done",
     For::kReader},
});
// clang-format on

ProblemReport nobody_listens() {
  return {.status = 503, .detail = "nobody is told of presence here"};
}

Json lease_json(const Call& call, const Presence::Lease& lease) {
  Json json = events::to_json(lease);
  json["is_own"] = lease.opened.principal == call.principal.id();
  return json;
}

Fault take_opened(const Call& call, Presence::Opened& opened, std::string& lease) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::string path, mode;
  std::optional<std::string> version, id;
  if (auto fault = take_needed(object, "path", path)) return fault;
  if (auto fault = take_needed(object, "mode", mode)) return fault;
  if (auto fault = take_text(object, "version", version)) return fault;
  if (auto fault = take_text(object, "lease", id)) return fault;
  if (auto fault = refuse_rest(object)) return fault;
  auto parsed = RepoPath::parse(path);
  if (!parsed) return field_report("/path", parsed.error().message);
  if (mode != "viewing" && mode != "editing") return field_report("/mode", "viewing or editing");
  if (version && version->size() > kVersionBytesMax) {
    return field_report("/version", "the blob that one has: 100 bytes at most");
  }
  opened.path = parsed->string();
  opened.is_editing = mode == "editing";
  opened.version = version.value_or("");
  lease = id.value_or("");
  return std::nullopt;
}

}  // namespace

Answer list_presence(const Call& call) {
  if (!call.backend.presence) return nobody_listens();
  Json items = Json::array();
  std::string path(call.request.query_value("path").value_or(""));
  for (const Presence::Lease& lease : call.backend.presence->list(path)) {
    items.push_back(lease_json(call, lease));
  }
  return tagged_response(call, {{"items", std::move(items)}});
}

Answer say_presence(const Call& call) {
  if (!call.backend.presence) return nobody_listens();
  const auth::Principal& principal = call.principal;
  Presence::Opened opened{.principal = principal.id(),
                          .user = principal.rights.user,
                          .name = principal.commit_name,
                          .path = "",
                          .version = ""};
  std::string id;
  if (auto fault = take_opened(call, opened, id)) return std::move(*fault);
  auto lease = call.backend.presence->open(std::move(opened), id);
  if (!lease) return report_of(lease.error());
  Json others = Json::array();
  for (const Presence::Lease& other : call.backend.presence->list(lease->opened.path)) {
    if (other.id != lease->id) others.push_back(lease_json(call, other));
  }
  Instant expires{call.backend.clock.now().seconds + Presence::kLeaseSeconds};
  return json_response(200,
                       {{"lease", lease->id},
                        {"expires", iso_instant(expires)},
                        {"renew_seconds", Presence::kRenewSeconds},
                        {"others", std::move(others)}});
}

Answer end_presence(const Call& call) {
  if (!call.backend.presence) return nobody_listens();
  Status left = call.backend.presence->leave(call.principal.id(), call.parameter("lease"));
  if (!left) return report_of(left.error());
  return json_response(200, {{"is_done", true}});
}

const Json& presence_schemas() {
  static const Json parsed = Json::parse(kSchemas);
  return parsed;
}

void add_presence_routes(std::vector<Route>& table) { add_rows("/presence", kRows, table); }

}  // namespace stet::api
