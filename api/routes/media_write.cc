// Writes of media: what a request asks for, as plans for the write path.

#include "api/http/conditional.h"
#include "api/routes/media.h"
#include "api/routes/media_json.h"
#include "api/routes/media_request.h"
#include "api/routes/media_store.h"
#include "api/routes/recovered.h"
#include "api/routes/request_json.h"
#include "api/routes/route.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

using document::Data;

constexpr std::size_t kUsesTold = 50;
std::variant<change::Expected, ProblemReport> expected_of(const Call& call) {
  std::string field = call.request.headers.joined("If-Match");
  if (field.empty()) {
    return ProblemReport{.status = 428, .detail = "If-Match is needed: the ETag of a GET"};
  }
  auto tags = http::parse_entity_tags(field);
  if (!tags) return ProblemReport{.status = 400, .detail = "If-Match is no list of tags"};
  if (tags->is_any) return change::Expected();
  for (const http::EntityTag& tag : tags->tags) {
    if (auto blob = blob_of(tag)) return change::Expected(*blob);
  }
  return ProblemReport{.status = 412,
                       .detail = "If-Match names no version of a file; send the ETag of a GET"};
}

// What every write of one file that is there begins with.
struct Begun {
  change::Expected expected;
  media::Author author;
  bool is_dry_run = false;
};

std::variant<Begun, ProblemReport> begin(const Call& call) {
  Begun begun;
  auto expected = expected_of(call);
  if (auto* report = std::get_if<ProblemReport>(&expected)) return *report;
  begun.expected = std::get<change::Expected>(expected);
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  begun.is_dry_run = std::get<bool>(dry_run);
  begun.author = {call.principal.commit_name,
                  call.principal.commit_email,
                  std::string(call.request.query_value("message").value_or("")),
                  call.trailers()};
  return begun;
}

Write write_of(const Begun& begun) {
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = begun.is_dry_run;
  write.refuse = [](const site::Site& site, const change::Refusal& refusal) {
    return report_of(site, {}, refusal);
  };
  return write;
}

Result<change::PlanOutcome> not_there(const Error& error) {
  change::Refusal refusal;
  refusal.kind = change::Refusal::Kind::kNotFound;
  refusal.message = error.message;
  return change::PlanOutcome(std::move(refusal));
}

void set_items(Json items, Json& json) {
  json.erase("actions");
  json.erase("diff");
  json["items"] = std::move(items);
}

// The media file after the write, in the answer.
void show(const Call& call, const site::Site& site, const std::string& path, Json& json) {
  auto shown = media_json(call, site, path);
  set_items(shown ? Json::array({*std::move(shown)}) : Json::array(), json);
}

Answer tagged(Answer answer, const BlobId& blob) {
  if (auto* response = std::get_if<http::Response>(&answer)) {
    response->headers.set("ETag", http::quoted({.opaque = blob.hex()}));
  }
  return answer;
}

Answer located(Answer answer, const std::string& path) {
  if (auto* response = std::get_if<http::Response>(&answer); response && !path.empty()) {
    response->headers.set("Location", media_url(path));
  }
  return answer;
}

// The new path out of {"path": "..."} or {"name": "..."}.
std::variant<std::string, ProblemReport> target_of(const Call& call) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> path, name;
  if (auto fault = take_text(*object, "path", path)) return *fault;
  if (auto fault = take_text(*object, "name", name)) return *fault;
  if (auto fault = refuse_rest(*object)) return *fault;
  if (path.has_value() == name.has_value()) {
    return field_report("/path", "a move needs either path or name");
  }
  if (name && name->find('/') != std::string::npos) {
    return field_report("/name", "a name has no slash; name another folder by path");
  }
  if (path) return *path;
  std::string_view folder = call.name().substr(0, call.name().rfind('/') + 1);
  return std::string(folder) + *name;
}

}  // namespace

Answer create_media(const Call& call) {
  auto received = receive(call);
  if (auto* report = std::get_if<ProblemReport>(&received)) return std::move(*report);
  return store_media(call, std::get<Received>(received).request).answer;
}

Answer replace_media(const Call& call) {
  auto begun = begin(call);
  if (auto* report = std::get_if<ProblemReport>(&begun)) return std::move(*report);
  auto taken = receive(call);
  if (auto* report = std::get_if<ProblemReport>(&taken)) return std::move(*report);
  const StoreRequest& request = std::get<Received>(taken).request;
  if (request.uploads.size() != 1) {
    return ProblemReport{.status = 400, .detail = "one file takes the place of another"};
  }
  auto path = RepoPath::parse(call.name());
  if (!path) return report_of(path.error());
  auto kept = keep_upload(call, request.uploads.front(), request.is_dry_run);
  if (auto* report = std::get_if<ProblemReport>(&kept)) return std::move(*report);
  const KeptUpload& upload = std::get<KeptUpload>(kept);
  if (!upload.type->has_extension(path->extension())) {
    return field_report("",
                        "this is a file of " + std::string(upload.type->name) + ", and '" +
                            path->string() + "' is called otherwise; upload it as a new file");
  }
  Begun& how = std::get<Begun>(begun);
  if (how.author.message.empty()) how.author.message = request.message;
  Write write = write_of(how);
  write.prepare = [&](const change::Ground& ground) -> Result<change::PlanOutcome> {
    auto there = media::find_media(ground.site, path->view());
    if (!there) return not_there(there.error());
    return media::replace(ground, *path, how.expected, new_file(upload), how.author);
  };
  write.complete = [&](const site::Site& site, Json& json) {
    set_items(Json::array({stored_media_json(site, stored_at(*path, upload))}), json);
  };
  return tagged(run_write(call, write), upload.blob);
}

Answer patch_media(const Call& call) {
  auto begun = begin(call);
  if (auto* report = std::get_if<ProblemReport>(&begun)) return std::move(*report);
  auto target = target_of(call);
  if (auto* report = std::get_if<ProblemReport>(&target)) return std::move(*report);
  const Begun& how = std::get<Begun>(begun);
  std::string moved_to;
  Write write = write_of(how);
  write.prepare = [&](const change::Ground& ground) -> Result<change::PlanOutcome> {
    auto path = media::find_media(ground.site, call.name());
    if (!path) return not_there(path.error());
    auto references = call.backend.remembered->references.of(ground.held);
    auto outcome = TRY(media::move(
        ground, *references, *path, std::get<std::string>(target), how.expected, how.author));
    if (auto* plan = std::get_if<change::Plan>(&outcome)) {
      moved_to = plan->change_set.edits[1].path.string();
    }
    return outcome;
  };
  write.complete = [&](const site::Site& site, Json& json) { show(call, site, moved_to, json); };
  return located(run_write(call, write), moved_to);
}

Answer delete_media(const Call& call) {
  auto begun = begin(call);
  if (auto* report = std::get_if<ProblemReport>(&begun)) return std::move(*report);
  auto force = flag_of(call, "force");
  if (auto* report = std::get_if<ProblemReport>(&force)) return std::move(*report);
  const Begun& how = std::get<Begun>(begun);
  std::vector<media::Use> uses;
  Write write = write_of(how);
  write.prepare = [&](const change::Ground& ground) -> Result<change::PlanOutcome> {
    auto path = media::find_media(ground.site, call.name());
    if (!path) return not_there(path.error());
    auto references = call.backend.remembered->references.of(ground.held);
    uses = TRY(references->uses_of(path->view(), kUsesTold));
    if (!uses.empty() && !std::get<bool>(force)) {
      change::Refusal refusal;
      refusal.kind = change::Refusal::Kind::kConflict;
      refusal.message = "'" + path->string() + "' is named by " + uses.front().path + ":" +
                        std::to_string(uses.front().line) + (uses.size() > 1 ? " and others" : "") +
                        "; take it out there, or send force=1";
      return change::PlanOutcome(std::move(refusal));
    }
    return media::remove(ground, *path, how.expected, how.author, uses);
  };
  write.refuse = [&](const site::Site& site, const change::Refusal& refusal) {
    ProblemReport report = report_of(site, {}, refusal);
    if (!uses.empty()) report.extensions["uses"] = uses_json(uses);
    return report;
  };
  write.complete = [&](const site::Site&, Json& json) {
    set_items(Json::array(), json);
    if (!uses.empty()) json["uses"] = uses_json(uses);
  };
  return run_write(call, write);
}

Answer recover_media(const Call& call, const CommitId& commit) {
  if (call.route.method == "DELETE") {
    return recovered_with(
        call, commit, [](const site::Site&, Json& json) { set_items(Json::array(), json); });
  }
  if (call.route.method == "PATCH") {
    auto target = target_of(call);
    if (auto* report = std::get_if<ProblemReport>(&target)) return std::move(*report);
    const std::string& path = std::get<std::string>(target);
    return located(
        recovered_with(call,
                       commit,
                       [&](const site::Site& site, Json& json) { show(call, site, path, json); }),
        path);
  }
  auto received = receive(call);
  if (auto* report = std::get_if<ProblemReport>(&received)) return std::move(*report);
  StoreRequest& request = std::get<Received>(received).request;
  if (call.route.method == "POST") return recovered_store(call, request, commit);
  auto path = RepoPath::parse(call.name());
  if (!path || request.uploads.size() != 1) return report_of(internal("it was another request"));
  // Its bytes are in the commit: they are only looked at.
  auto kept = keep_upload(call, request.uploads.front(), true);
  if (auto* report = std::get_if<ProblemReport>(&kept)) return std::move(*report);
  const KeptUpload& upload = std::get<KeptUpload>(kept);
  Answer answer = recovered_with(call, commit, [&](const site::Site& site, Json& json) {
    set_items(Json::array({stored_media_json(site, stored_at(*path, upload))}), json);
  });
  return tagged(std::move(answer), upload.blob);
}

}  // namespace stet::api
