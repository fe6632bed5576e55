#include "api/routes/history.h"

#include "api/routes/entries.h"
#include "api/routes/route.h"
#include "cms/change/entry.h"
#include "storage/history/history.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

constexpr std::size_t kChangesShown = 20, kChangesMax = 200;

Json person_json(const storage::Signature& signature) {
  return {{"name", signature.name}, {"email", signature.email}, {"when", iso_time(signature.when)}};
}

Json commit_json(const storage::CommitRecord& commit) {
  return {{"commit", commit.id.hex()},
          {"subject", commit.subject()},
          {"message", commit.message},
          {"author", person_json(commit.author)},
          {"committer", person_json(commit.committer)}};
}

std::variant<RepoPath, ProblemReport> path_of(const Call& call) {
  auto path = RepoPath::parse(*call.request.query_value("path"));
  if (path) return *path;
  return bad_query("path", path.error().message);
}

}  // namespace

Answer read_history(const Call& call) {
  auto path = path_of(call);
  if (auto* report = std::get_if<ProblemReport>(&path)) return *report;
  auto limit = limit_of(call, kChangesShown, kChangesMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  std::optional<CommitId> after;
  if (auto cursor = call.request.query_value("cursor")) {
    auto commit = CommitId::parse(*cursor);
    if (!commit) return bad_query("cursor", "this is no cursor of a history");
    after = *commit;
  }
  auto head = call.backend.repository.head_of(call.branch());
  if (!head) return report_of(head.error());
  if (!*head) return json_response(200, {{"items", Json::array()}, {"next", nullptr}});
  std::size_t wanted = std::get<std::size_t>(limit);
  // One more than is shown says whether there is a next page.
  auto items = storage::history(
      call.backend.repository, **head, std::get<RepoPath>(path), wanted + 1, after);
  if (!items) {
    if (after && items.error().code == ErrorCode::kNotFound) {
      return bad_query("cursor", "this is no cursor of this file's history");
    }
    return report_of(items.error());
  }
  bool has_more = items->size() > wanted;
  if (has_more) items->pop_back();
  Json list = Json::array();
  for (const storage::HistoryItem& item : *items) {
    Json json = commit_json(item.commit);
    json["blob"] = item.blob ? Json(item.blob->hex()) : Json(nullptr);
    list.push_back(std::move(json));
  }
  std::string next = has_more ? items->back().commit.id.hex() : "";
  Json json = {{"items", std::move(list)}, {"next", has_more ? Json(next) : Json(nullptr)}};
  http::Response response = tagged_response(call, json);
  if (has_more) {
    response.headers.add("Link", "<" + url_with_cursor(call, next) + ">; rel=\"next\"");
  }
  return response;
}

Answer read_version(const Call& call) {
  auto path = path_of(call);
  if (auto* report = std::get_if<ProblemReport>(&path)) return *report;
  const RepoPath& file = std::get<RepoPath>(path);
  auto site = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&site)) return *report;
  const storage::Repository& repository = call.backend.repository;
  auto commit = repository.resolve(call.parameter("commit"));
  if (!commit) {
    // A name that git refuses is as little there as one that nobody has.
    return ProblemReport{.status = 404, .detail = commit.error().message};
  }
  auto record = repository.read_commit(*commit);
  if (!record) return report_of(record.error());
  auto snapshot = storage::open_git_snapshot(repository, *commit);
  if (!snapshot) return report_of(snapshot.error());
  auto found = (*snapshot)->find(file);
  if (!found) return report_of(found.error());
  if (!*found || !storage::is_readable((*found)->kind)) {
    return ProblemReport{.status = 404, .detail = "the commit has no file '" + file.string() + "'"};
  }
  auto bytes = (*snapshot)->read((*found)->blob);
  if (!bytes) return report_of(bytes.error());
  const change::Resource* resource = change::resource_of(*std::get<site::SitePtr>(site), file);
  if (!resource) resource = &change::resource_of(change::EntryKind::kFile);
  change::Entry entry = change::entry_of(*resource, "", file.string(), file, *bytes);
  Json json = commit_json(*record);
  json["entry"] = entry_json(entry, *bytes);
  json["entry"].erase("self");  // that names what is there now
  json["problems"] = to_json(entry.problems);
  return tagged_response(call, json);
}

}  // namespace stet::api
