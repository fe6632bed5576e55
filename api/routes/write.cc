#include "api/routes/write.h"

#include <algorithm>

#include "api/http/conditional.h"
#include "api/routes/request_json.h"
#include "api/routes/route.h"
#include "api/routes/router.h"
#include "api/routes/write_path.h"
#include "storage/base/base64.h"

namespace stet::api {
namespace {

using change::EntryKind;
using change::Expected;
using document::Data;

// Takes the text under `key` out of the object, where it is there.
std::optional<ProblemReport> take_text(Data::Map& object,
                                       std::string_view key,
                                       std::optional<std::string>& text) {
  Data* found = object.find(key);
  if (!found) return std::nullopt;
  if (!found->is_string()) {
    return field_report("/" + pointer_step(key), std::string(key) + " is a string");
  }
  text = *found->string();
  object.erase(key);
  return std::nullopt;
}

std::optional<ProblemReport> take_front_matter(Data::Map& object,
                                               bool is_patch,
                                               change::WriteRequest& request) {
  Data* found = object.find("front_matter");
  if (!found) return std::nullopt;
  if (!found->is_map()) return field_report("/front_matter", "front_matter is an object");
  (is_patch ? request.front_matter_patch : request.front_matter) = std::move(*found);
  object.erase("front_matter");
  return std::nullopt;
}

std::optional<ProblemReport> take_content(Data::Map& object, change::WriteRequest& request) {
  std::optional<std::string> base64;
  if (auto fault = take_text(object, "content", request.body)) return fault;
  if (auto fault = take_text(object, "content_base64", base64)) return fault;
  if (base64.has_value() == request.body.has_value()) {
    return field_report("/content", "one of content and content_base64 is needed");
  }
  if (!base64) return std::nullopt;
  request.body = decode_base64(*base64);
  if (!request.body) return field_report("/content_base64", "this is no base64 (RFC 4648 4)");
  return std::nullopt;
}

std::optional<ProblemReport> take_members(Data& json,
                                          bool is_patch,
                                          change::WriteRequest& request) {
  Data::Map* object = json.map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> path, message;
  if (auto fault = take_text(*object, "message", message)) return fault;
  request.message = message.value_or("");
  bool is_creation = request.name.empty();
  if (is_creation) {
    if (auto fault = take_text(*object, "path", path)) return fault;
    request.proposed_path = path.value_or("");
  }
  if (request.resource->kind == EntryKind::kFile) {
    if (auto fault = take_content(*object, request)) return fault;
  } else {
    if (auto fault = take_front_matter(*object, is_patch, request)) return fault;
    if (auto fault = take_text(*object, "body", request.body)) return fault;
  }
  if (object->empty()) return std::nullopt;
  ProblemReport report{.status = 422, .detail = "the request has members that it cannot have"};
  for (const auto& [key, value] : *object) {
    report.errors.push_back({"/" + pointer_step(key), "there is no such member here"});
  }
  return report;
}

std::optional<ProblemReport> take_body(const Call& call, change::WriteRequest& request) {
  if (call.route.request_type.empty()) return std::nullopt;
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data& data = std::get<Data>(json);
  bool is_patch = call.route.method == "PATCH";
  if (!request.resource->is_structured()) return take_members(data, is_patch, request);
  bool is_map_needed = is_patch || request.resource->is_single();
  if (is_map_needed && !data.is_map()) return field_report("", "the request is an object");
  (is_patch ? request.front_matter_patch : request.front_matter) = std::move(data);
  return std::nullopt;
}

// The blob that a tag of ours begins with.
std::optional<BlobId> blob_of(const http::EntityTag& tag) {
  constexpr std::size_t kDigits = BlobId::kBytes * 2;
  bool is_ours =
      tag.opaque.size() == kDigits || (tag.opaque.size() > kDigits && tag.opaque[kDigits] == '-');
  if (tag.is_weak || !is_ours) return std::nullopt;
  auto blob = BlobId::parse(std::string_view(tag.opaque).substr(0, kDigits));
  if (!blob) return std::nullopt;
  return *blob;
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
  site::SitePtr site = call.backend.pipeline.site();
  if (blobs.size() == 1 || !site) return Expected(blobs.front());
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

Answer write(const Call& call, decltype(Write::prepare) prepare) {
  Write write;
  write.prepare = prepare;
  change::WriteRequest& request = write.request;
  request.resource = call.route.resource;
  request.label = call.label();
  request.name = call.name();
  auto expected = expected_of(call);
  if (auto* report = std::get_if<ProblemReport>(&expected)) return *report;
  request.expected = std::get<Expected>(expected);
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  write.is_dry_run = std::get<bool>(dry_run);
  if (auto on_stale = call.request.query_value("on_stale")) {
    if (*on_stale != "merge") return bad_query("on_stale", "on_stale can be 'merge'");
    request.merges_if_stale = true;
  }
  if (auto fault = take_body(call, request)) return std::move(*fault);
  request.author_name = call.principal.commit_name;
  request.author_email = call.principal.commit_email;
  request.trailers.emplace_back("Stet-Token", call.principal.token_id);
  return run_write(call, write);
}

}  // namespace

Answer create_entry(const Call& call) { return write(call, change::prepare_create); }
Answer replace_entry(const Call& call) { return write(call, change::prepare_replace); }
Answer patch_entry(const Call& call) { return write(call, change::prepare_patch); }
Answer delete_entry(const Call& call) { return write(call, change::prepare_delete); }

}  // namespace stet::api
