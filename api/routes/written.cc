#include "api/routes/written.h"

#include <algorithm>
#include <cstdio>

#include "api/http/conditional.h"
#include "api/routes/entries.h"
#include "api/routes/route.h"
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

std::string name_after(const site::Site& site,
                       const change::WriteRequest& request,
                       const change::Prepared& prepared) {
  return change::name_of(site, *request.resource, request.label, prepared.path.view());
}

Json base_json(const Call& call, const site::Site& site, const Written& written) {
  const change::Prepared& prepared = written.prepared;
  Json json = {{"commit", written.commit.hex()},
               {"entry", entry_after(call, site, written.request, prepared)},
               {"changed_urls", Json::array()},
               {"stale_count", 0},
               {"diff", prepared.diff},
               {"problems", to_json(prepared.warnings)}};
  if (prepared.is_merged) json["is_merged"] = true;
  if (written.is_unchanged) json["is_unchanged"] = true;
  return json;
}

http::Response respond(const site::Site& site,
                       int status,
                       const Json& json,
                       const Written& written) {
  const change::Prepared& prepared = written.prepared;
  http::Response response = json_response(status, json);
  if (!prepared.after) return response;
  response.headers.add("ETag",
                       http::quoted({.opaque = storage::blob_id_of(*prepared.after).hex()}));
  if (!prepared.before) {
    response.headers.add("Location",
                         entry_url(*written.request.resource,
                                   written.request.label,
                                   name_after(site, written.request, prepared)));
  }
  return response;
}

void add_missing(Problems& problems, const Problems& more) {
  for (const Problem& problem : more) {
    if (std::find(problems.begin(), problems.end(), problem) == problems.end()) {
      problems.push_back(problem);
    }
  }
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

Json with_own_url(std::vector<std::string> urls, const std::optional<std::string>& own) {
  if (own && std::find(urls.begin(), urls.end(), *own) == urls.end()) {
    urls.insert(urls.begin(), *own);
  }
  return Json(urls);
}

Json entry_after(const Call& call,
                 const site::Site& site,
                 const change::WriteRequest& request,
                 const change::Prepared& prepared) {
  if (!prepared.after) return nullptr;
  change::Entry entry = change::entry_of(*request.resource,
                                         request.label,
                                         name_after(site, request, prepared),
                                         prepared.path,
                                         *prepared.after);
  entry.url = own_url(site, prepared.path);
  return entry_json(call.backend, entry, *prepared.after, {.url = true});
}

http::Response written_response(const Call& call,
                                const Written& written,
                                const pipeline::Published& published) {
  site::SitePtr site = call.backend.pipeline.site();
  const change::Prepared& prepared = written.prepared;
  Json json = base_json(call, *site, written);
  auto output = own_output(*site, prepared.path);
  if (!written.is_unchanged) {
    json["changed_urls"] = with_own_url(published.changed_urls, own_url(*site, prepared.path));
    json["stale_count"] = published.live->manifest.stale_count();
  }
  Problems problems = prepared.warnings;
  if (output) add_missing(problems, call.backend.pipeline.problems_of(*output));
  json["problems"] = to_json(problems);
  int status = prepared.after && !prepared.before ? 201 : 200;
  http::Response response = respond(*site, status, json, written);
  response.headers.add("Server-Timing", server_timing(written.commit_ns, published.timings));
  return response;
}

http::Response accepted_response(const Call& call, const Written& written) {
  site::SitePtr site = call.backend.pipeline.site();
  http::Response response = respond(*site, 202, base_json(call, *site, written), written);
  response.headers.add("Preference-Applied", "respond-async");
  return response;
}

}  // namespace stet::api
