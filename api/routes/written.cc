#include "api/routes/written.h"

#include <algorithm>
#include <cstdio>

#include "api/http/conditional.h"
#include "api/routes/clash_report.h"
#include "api/routes/content_problems.h"
#include "api/routes/entries.h"
#include "api/routes/route.h"
#include "api/routes/shared_output.h"
#include "api/routes/slow_writes.h"
#include "storage/snapshot/blob_id.h"

namespace stet::api {
namespace {

std::string timing(std::string_view name, std::int64_t ns) {
  char text[64];
  std::snprintf(text,
                sizeof text,
                "%.*s;dur=%.3f",
                static_cast<int>(name.size()),
                name.data(),
                static_cast<double>(ns) / 1e6);
  return text;
}

std::string server_timing(std::int64_t commit_ns, const pipeline::Timings& timings) {
  return timing("commit", commit_ns) + ", " + timing("diff", timings.diff) + ", " +
         timing("dirty", timings.dirty) + ", " + timing("render", timings.render) + ", " +
         timing("publish", timings.publish);
}

std::string name_on(const site::Site& site, const change::PlannedAction& action) {
  return change::name_of(site, *action.resource, action.label, action.path.view());
}

// Of an action that leaves a file.
BlobId blob_of(const change::PlannedAction& action, const CommittedBlobs& blobs) {
  for (const auto& [path, blob] : blobs) {
    if (blob && path == action.path) return *blob;
  }
  return storage::blob_id_of(*action.after);
}

Json entry_after(const site::Site& site,
                 const change::PlannedAction& action,
                 const CommittedBlobs& blobs) {
  if (!action.after) return nullptr;
  change::FileText text(*action.after);
  text.document = action.parsed_after.get();
  text.blob = blob_of(action, blobs);
  change::Entry entry =
      change::entry_of(*action.resource, action.label, name_on(site, action), action.path, text);
  Json json = entry_json(entry, *action.after);
  auto url = own_url(site, action.path);
  json["url"] = url ? Json(*url) : Json(nullptr);
  return json;
}

std::string tag_of(const BlobId& blob) { return http::quoted({.opaque = blob.hex()}); }

std::string_view verb_of(const change::PlannedAction& action) {
  if (action.moved_from) return "move";
  if (!action.after) return "delete";
  return action.before ? "update" : "create";
}

Json action_json(const site::Site& site,
                 const change::PlannedAction& action,
                 const CommittedBlobs& blobs,
                 bool has_entry) {
  Json json = {{"action", verb_of(action)},
               {"path", action.path.string()},
               {"etag", action.after ? Json(tag_of(blob_of(action, blobs))) : Json(nullptr)},
               {"entry", has_entry ? entry_after(site, action, blobs) : Json(nullptr)}};
  if (action.moved_from) {
    json["moved_from"] = action.moved_from->string();
    Json relinked = Json::array();
    for (const RepoPath& path : action.relinked) relinked.push_back(path.string());
    json["relinked"] = std::move(relinked);
  }
  if (action.is_merged) json["is_merged"] = true;
  if (!action.moved_from && action.before == action.after) json["is_unchanged"] = true;
  return json;
}

Json base_json(const site::Site& site, const Written& written) {
  Json json = {{"commit", written.commit.hex()}};
  describe(site, written.is_of_entry, written.plan, written.blobs, json);
  json["changed_urls"] = Json::array();
  json["stale_count"] = 0;
  json["diff"] = written.plan.diff;
  json["problems"] = to_json(written.plan.warnings);
  if (written.is_unchanged) json["is_unchanged"] = true;
  if (written.is_recovered) json["is_recovered"] = true;
  return json;
}

http::Response respond(const site::Site& site, int status, Json json, const Written& written) {
  if (written.complete) written.complete(site, json);
  http::Response response = json_response(status, json);
  if (!written.is_of_entry || written.plan.actions.empty()) return response;
  const change::PlannedAction& action = written.plan.actions.front();
  if (!action.after) return response;
  response.headers.add("ETag", tag_of(blob_of(action, written.blobs)));
  if (!action.before) {
    response.headers.add("Location",
                         entry_url(*action.resource, action.label, name_on(site, action)));
  }
  return response;
}

// Counts what a write took, and keeps the slowest.
void note_timing(const Call& call,
                 const Written& written,
                 const pipeline::Timings& took,
                 const std::string& timing) {
  const Backend& backend = call.backend;
  if (written.is_unchanged) return;
  if (backend.requests) {
    backend.requests->commits++;
    backend.requests->commit_ns += static_cast<std::uint64_t>(written.commit_ns);
  }
  if (!backend.slow_writes) return;
  backend.slow_writes->keep(
      {.at = backend.clock.now(),
       .request_id = call.request.request_id,
       .method = call.request.method,
       .path = call.request.path,
       .took_ns = written.commit_ns + took.diff + took.dirty + took.render + took.publish,
       .timing = timing});
}

}  // namespace

std::optional<std::string> own_url(const site::Site& site, const RepoPath& path) {
  const site::SourceFile* source = site.find_source(path.view());
  if (!source) return std::nullopt;
  for (const site::DocumentPtr& document : source->documents) {
    if (auto url = change::public_url(site, *document)) return url;
  }
  return std::nullopt;
}

std::optional<std::string> own_output(const site::Site& site, const RepoPath& path) {
  const site::SourceFile* source = site.find_source(path.view());
  if (!source) return std::nullopt;
  for (const site::DocumentPtr& document : source->documents) {
    if (change::public_url(site, *document)) return document->facts().output_path;
  }
  return std::nullopt;
}

bool is_shown(const site::Site& shown, const site::Site& site, const RepoPath& path) {
  return shown.blob_of(path.view()) == site.blob_of(path.view());
}

Json with_own_urls(std::vector<std::string> urls, const std::vector<std::string>& own) {
  std::size_t front = 0;
  for (const std::string& url : own) {
    if (std::find(urls.begin(), urls.end(), url) != urls.end()) continue;
    urls.insert(urls.begin() + static_cast<std::ptrdiff_t>(front++), url);
  }
  return Json(urls);
}

void add_missing(Problems& problems, const Problems& more) {
  for (const Problem& problem : more) {
    if (std::find(problems.begin(), problems.end(), problem) == problems.end()) {
      problems.push_back(problem);
    }
  }
}

void describe(const site::Site& site,
              bool is_of_entry,
              const change::Plan& plan,
              const CommittedBlobs& blobs,
              Json& json) {
  add_clashes(site, plan, json);
  if (is_of_entry) {
    const change::PlannedAction& action = plan.actions.front();
    json["entry"] = entry_after(site, action, blobs);
    if (action.is_merged) json["is_merged"] = true;
    return;
  }
  Json actions = Json::array();
  bool has_entries = plan.actions.size() <= change::kActionsMax;
  for (const change::PlannedAction& action : plan.actions) {
    actions.push_back(action_json(site, action, blobs, has_entries));
  }
  json["actions"] = std::move(actions);
}

http::Response written_response(const Call& call,
                                const Written& written,
                                const pipeline::Published& published) {
  site::SitePtr site = call.backend.pipeline.site();
  Json json = base_json(*site, written);
  Problems problems = written.plan.warnings;
  std::vector<std::string> own;
  for (const auto& [path, content] : written.plan.edits) {
    auto output = own_output(*site, path);
    if (output) add_missing(problems, call.backend.pipeline.problems_of(*output));
  }
  add_missing(problems, shared_outputs(*site, written.plan));
  add_problems_of_config(*site, written.plan.edits, problems);
  for (const change::PlannedAction& action : written.plan.actions) {
    if (!is_shown(*call.backend.pipeline.public_site(), *site, action.path)) continue;
    if (auto url = own_url(*site, action.path)) own.push_back(std::move(*url));
  }
  if (!written.is_unchanged) {
    auto changed = written.is_recovered ? std::vector<std::string>() : published.changed_urls;
    json["changed_urls"] = with_own_urls(std::move(changed), own);
    json["stale_count"] = published.live->manifest.stale_count();
  }
  json["problems"] = to_json(problems);
  bool is_new = written.is_of_entry && written.plan.actions.front().after &&
                !written.plan.actions.front().before;
  http::Response response = respond(*site, is_new ? 201 : 200, std::move(json), written);
  const std::string timing = server_timing(written.commit_ns, published.timings);
  note_timing(call, written, published.timings, timing);
  response.headers.add("Server-Timing", timing);
  return response;
}

http::Response changed_response(const Call& call,
                                const Written& written,
                                const pipeline::Standing& standing) {
  const site::Site& site = *standing.site;
  Json json = base_json(site, written);
  Problems problems = written.plan.warnings;
  for (const auto& [path, content] : written.plan.edits) {
    const site::SourceFile* source = site.find_source(path.view());
    if (source) add_missing(problems, source->problems);
  }
  add_missing(problems, shared_outputs(site, written.plan));
  add_problems_of_config(site, written.plan.edits, problems);
  std::vector<std::string> own;
  for (const change::PlannedAction& action : written.plan.actions) {
    auto url = written.is_unchanged ? std::nullopt : own_url(site, action.path);
    if (url) own.push_back(std::move(*url));
  }
  json["changed_urls"] = with_own_urls({}, own);
  json["problems"] = to_json(problems);
  json["change"] = call.change->id;
  bool is_new = written.is_of_entry && !written.plan.actions.empty() &&
                written.plan.actions.front().after && !written.plan.actions.front().before;
  http::Response response = respond(site, is_new ? 201 : 200, std::move(json), written);
  response.headers.add("Server-Timing", timing("commit", written.commit_ns));
  return response;
}

http::Response accepted_response(const Call& call, const Written& written) {
  site::SitePtr site = call.backend.pipeline.site();
  http::Response response = respond(*site, 202, base_json(*site, written), written);
  response.headers.add("Preference-Applied", "respond-async");
  return response;
}

}  // namespace stet::api
