#include "api/routes/history.h"

#include "api/changes/record.h"
#include "api/routes/entries.h"
#include "api/routes/route.h"
#include "cms/change/entry.h"
#include "storage/history/history.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

constexpr std::size_t kChangesShown = 20, kChangesMax = 200;
// In one answer, for those of one person.
constexpr std::size_t kChangesLookedAt = 2000;

Json person_json(const storage::Signature& signature) {
  return {{"name", signature.name}, {"email", signature.email}, {"when", iso_time(signature.when)}};
}

Json commit_json(const storage::CommitRecord& commit) {
  Json parents = Json::array();
  for (const CommitId& parent : commit.parents) parents.push_back(parent.hex());
  return {{"commit", commit.id.hex()},
          {"parents", std::move(parents)},
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

struct Wanted {
  std::optional<RepoPath> path;  // none: of the whole site
  std::string author;            // "": anybody
  std::size_t limit = kChangesShown;
  std::optional<CommitId> after;

  // By the name that the commit gives, or that the server has written into it.
  bool fits(const storage::CommitRecord& commit) const {
    return author.empty() || commit.author.name == author || commit.author.email == author ||
           changes::actor_of(commit) == author;
  }
};

std::variant<Wanted, ProblemReport> wanted_of(const Call& call) {
  Wanted wanted;
  if (call.request.query_value("path")) {
    auto path = path_of(call);
    if (auto* report = std::get_if<ProblemReport>(&path)) return *report;
    wanted.path = std::get<RepoPath>(path);
  }
  auto limit = limit_of(call, kChangesShown, kChangesMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  wanted.limit = std::get<std::size_t>(limit);
  wanted.author = call.request.query_value("author").value_or("");
  if (auto cursor = call.request.query_value("cursor")) {
    auto commit = CommitId::parse(*cursor);
    if (!commit) return bad_query("cursor", "this is no cursor of a history");
    wanted.after = *commit;
  }
  return wanted;
}

using Items = std::vector<storage::HistoryItem>;

// The next of them, whoever made them.
Result<Items> next_items(const Call& call,
                         const CommitId& head,
                         const Wanted& wanted,
                         std::size_t limit) {
  const storage::Repository& repository = call.backend.repository;
  if (wanted.path) return storage::history(repository, head, *wanted.path, limit, wanted.after);
  Items items;
  for (auto& step : TRY(storage::steps(repository, head, limit, wanted.after))) {
    items.push_back({std::move(step), std::nullopt});
  }
  return items;
}

struct Found {
  Items items;
  std::string next;  // "": that is all
};

Result<Found> find_items(const Call& call, const CommitId& head, Wanted wanted) {
  Found found;
  // One more than is shown says whether there is a next page.
  std::size_t looked_max = wanted.author.empty() ? wanted.limit : kChangesLookedAt;
  Items items = TRY(next_items(call, head, wanted, looked_max + 1));
  std::size_t looked = 0;
  for (; looked < items.size() && looked < looked_max; ++looked) {
    if (found.items.size() == wanted.limit) break;
    if (wanted.fits(items[looked].commit)) found.items.push_back(items[looked]);
  }
  if (looked < items.size()) found.next = items[looked - 1].commit.id.hex();
  return found;
}

}  // namespace

Answer read_history(const Call& call) {
  auto parsed = wanted_of(call);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  const Wanted& wanted = std::get<Wanted>(parsed);
  auto head = call.backend.repository.head_of(call.branch());
  if (!head) return report_of(head.error());
  if (!*head) return json_response(200, {{"items", Json::array()}, {"next", nullptr}});
  auto found = find_items(call, **head, wanted);
  if (!found) {
    if (wanted.after && found.error().code == ErrorCode::kNotFound) {
      return bad_query("cursor", "this is no cursor of this history");
    }
    return report_of(found.error());
  }
  Json list = Json::array();
  for (const storage::HistoryItem& item : found->items) {
    Json json = commit_json(item.commit);
    json["blob"] = item.blob ? Json(item.blob->hex()) : Json(nullptr);
    list.push_back(std::move(json));
  }
  const std::string& next = found->next;
  Json json = {{"items", std::move(list)}, {"next", next.empty() ? Json(nullptr) : Json(next)}};
  http::Response response = tagged_response(call, json);
  if (!next.empty()) {
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
