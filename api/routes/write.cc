#include "api/routes/write.h"

#include <algorithm>

#include "api/http/conditional.h"
#include "api/routes/request_json.h"
#include "api/routes/route.h"
#include "api/routes/write_path.h"
#include "cms/change/author.h"

namespace stet::api {
namespace {

using change::Expected;
using document::Data;

// What a single entry's request has beside what an action has: the message, and of new ones the
// path.
Fault take_own_members(Data& json, bool is_patch, change::WriteRequest& request) {
  Data::Map* object = json.map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> path, message;
  if (auto fault = take_text(*object, "message", message)) return fault;
  request.message = message.value_or("");
  if (request.name.empty()) {
    if (auto fault = take_text(*object, "path", path)) return fault;
    request.proposed_path = path.value_or("");
  }
  if (auto fault = take_members(*object, is_patch, request)) return fault;
  return refuse_rest(*object);
}

std::optional<ProblemReport> take_body(const Call& call, change::WriteRequest& request) {
  if (call.route.request_type.empty()) return std::nullopt;
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data& data = std::get<Data>(json);
  if (is_json_patch(call)) return take_json_patch(data, request);
  bool is_patch = call.route.method == "PATCH";
  if (!request.resource->is_structured()) return take_own_members(data, is_patch, request);
  bool is_map_needed = is_patch || request.resource->is_single();
  if (is_map_needed && !data.is_map()) return field_report("", "the request is an object");
  (is_patch ? request.front_matter_patch : request.front_matter) = std::move(data);
  return std::nullopt;
}

// Of several tags the one that is there now, else the first.
std::variant<Expected, ProblemReport> expected_by_match(const Call& call,
                                                        const std::string& field) {
  auto tags = http::parse_entity_tags(field);
  if (!tags) return ProblemReport{.status = 400, .detail = "If-Match is no list of tags"};
  if (tags->is_any) return Expected();
  std::vector<BlobId> blobs;
  for (const http::EntityTag& tag : tags->tags) {
    if (auto blob = blob_of(tag)) blobs.push_back(*blob);
  }
  if (blobs.empty()) {
    return ProblemReport{.status = 412,
                         .detail =
                             "If-Match names no version that this resource ever had; send "
                             "the ETag of a GET"};
  }
  if (blobs.size() == 1) return Expected(blobs.front());
  auto found = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const auto& site = std::get<site::SitePtr>(found);
  auto path = change::find_path(*site, *call.route.resource, call.label(), call.name());
  auto current = path ? site->blob_of(path->view()) : std::nullopt;
  bool is_there = current && std::find(blobs.begin(), blobs.end(), *current) != blobs.end();
  return Expected(is_there ? *current : blobs.front());
}

std::variant<Expected, ProblemReport> expected_of(const Call& call) {
  const http::Headers& headers = call.request.headers;
  Precondition wanted = call.route.precondition;
  if (wanted == Precondition::kNone) return Expected();
  if (headers.find("If-Match")) return expected_by_match(call, headers.joined("If-Match"));
  bool is_new = headers.joined("If-None-Match") == "*";
  if (wanted == Precondition::kIfMatchOrNone && is_new) return Expected(change::MustNotExist());
  ProblemReport report{.status = 428, .detail = "If-Match is needed: the ETag of a GET"};
  if (wanted == Precondition::kIfMatchOrNone) {
    report.detail += "; or If-None-Match: *, to make what is not there";
  }
  return report;
}

// What an author writes anew is the author's own, also where the request does not say so.
void sign_own(const Call& call, change::WriteRequest& request) {
  const auth::Rights& rights = call.principal.rights;
  auth::Area area = auth::area_of(*request.resource);
  bool is_whole = call.route.method == "POST" || call.route.method == "PUT";
  if (!is_whole || rights.reach(area, auth::Action::kWrite) != auth::Reach::kOwn) return;
  if (!request.front_matter) request.front_matter = Data(Data::Map());
  Data::Map* map = request.front_matter->map();
  if (map && !map->contains(change::kAuthorKey) && !map->contains("authors")) {
    map->set(change::kAuthorKey, rights.user);
  }
}

using Prepare = Result<change::Outcome>(const change::Ground&, const change::WriteRequest&);

// Of a session that is refused for what it clashes with: named by its path, as where several are
// written, on the site as it would be.
Status name_clashes(const change::Ground& ground,
                    const change::WriteRequest& request,
                    Prepare* prepare,
                    change::PlanOutcome& outcome) {
  auto* refusal = std::get_if<change::Refusal>(&outcome);
  if (!refusal || refusal->kind != change::Refusal::Kind::kInvalid) return {};
  change::Ground unjudged = ground;
  unjudged.judges_clashes = false;
  auto otherwise = change::plan_of(TRY(prepare(unjudged, request)), request);
  auto* plan = std::get_if<change::Plan>(&otherwise);
  if (!plan) return {};
  TRY(ground.site_with(plan->edits));
  refusal->entries.emplace_back(plan->actions.front().path.string(), refusal->fields);
  return {};
}

Answer write(const Call& call, Prepare* prepare) {
  change::WriteRequest request;
  request.resource = call.route.resource;
  request.label = call.label();
  request.name = call.name();
  auto expected = expected_of(call);
  if (auto* report = std::get_if<ProblemReport>(&expected)) return *report;
  request.expected = std::get<Expected>(expected);
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  if (auto on_stale = call.request.query_value("on_stale")) {
    if (*on_stale != "merge") return bad_query("on_stale", "on_stale can be 'merge'");
    request.merges_if_stale = true;
  }
  if (auto fault = take_body(call, request)) return std::move(*fault);
  sign_own(call, request);
  request.author_name = call.principal.commit_name;
  request.author_email = call.principal.commit_email;
  request.trailers = call.trailers();
  Write write;
  write.is_dry_run = std::get<bool>(dry_run);
  write.prepare = [&](const change::Ground& ground) -> Result<change::PlanOutcome> {
    auto outcome = change::plan_of(TRY(prepare(ground, request)), request);
    bool is_session = request.resource->kind == change::EntryKind::kSession;
    if (is_session) TRY(name_clashes(ground, request, prepare, outcome));
    return outcome;
  };
  write.refuse = [&](const site::Site& site, const change::Refusal& refusal) {
    return report_of(site, request, refusal);
  };
  return run_write(call, write);
}

}  // namespace

Answer create_entry(const Call& call) { return write(call, change::prepare_create); }
Answer replace_entry(const Call& call) { return write(call, change::prepare_replace); }
Answer patch_entry(const Call& call) { return write(call, change::prepare_patch); }
Answer delete_entry(const Call& call) { return write(call, change::prepare_delete); }

}  // namespace stet::api
