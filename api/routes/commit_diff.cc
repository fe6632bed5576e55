// GET /diff: what lies between two commits, by file, as text and by field.

#include "api/routes/call.h"
#include "api/routes/revert.h"
#include "cms/change/field_changes.h"
#include "cms/document/diff_text.h"
#include "storage/base/utf8.h"
#include "storage/diff/diff.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

using document::Data;
using storage::FileChange;
using storage::FileState;

Json value_or_null(const std::optional<Data>& value) {
  return value ? to_json(*value) : Json(nullptr);
}

Json fields_between(const RepoPath& path, const std::string& before, const std::string& after) {
  Json fields = Json::array();
  for (const change::FieldChange& change : change::field_changes(path, before, after)) {
    Json field = {{"pointer", change.pointer}};
    if (change.before || change.after) {
      field["before"] = value_or_null(change.before);
      field["after"] = value_or_null(change.after);
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

Json blob_json(const std::optional<FileState>& state) {
  return state ? Json(state->blob.hex()) : Json(nullptr);
}

Result<std::optional<std::string>> text_of(const storage::SnapshotPtr& snapshot,
                                           const std::optional<FileState>& state) {
  if (!state || !storage::is_readable(state->kind)) return std::optional(std::string());
  std::string bytes = TRY(snapshot->read(state->blob));
  bool is_shown = is_utf8(bytes) && bytes.size() <= kDiffBytesMax;
  return is_shown ? std::optional(std::move(bytes)) : std::nullopt;
}

Result<Json> file_json(const FileChange& change,
                       const storage::SnapshotPtr& from,
                       const storage::SnapshotPtr& to) {
  Json json = {{"path", change.path.string()},
               {"status",
                !change.before  ? "added"
                : !change.after ? "deleted"
                                : "modified"},
               {"before", blob_json(change.before)},
               {"after", blob_json(change.after)}};
  auto before = TRY(text_of(from, change.before));
  auto after = TRY(text_of(to, change.after));
  bool is_text = before && after;
  json["diff"] =
      is_text ? Json(document::unified_diff(change.path.view(), *before, *after)) : Json(nullptr);
  bool has_fields = is_text && change.before && change.after;
  json["fields"] = has_fields ? fields_between(change.path, *before, *after) : Json::array();
  return Result<Json>(std::move(json));
}

struct Range {
  CommitId from, to;
};

std::variant<CommitId, ProblemReport> commit_of(const Call& call,
                                                std::string_view name,
                                                std::string_view text) {
  auto commit = call.backend.repository.resolve(text);
  if (!commit) return bad_query(name, commit.error().message);
  return *commit;
}

std::variant<Range, ProblemReport> range_of(const Call& call) {
  auto from = commit_of(call, "from", *call.request.query_value("from"));
  if (auto* report = std::get_if<ProblemReport>(&from)) return *report;
  auto to = commit_of(call, "to", call.request.query_value("to").value_or(call.backend.branch()));
  if (auto* report = std::get_if<ProblemReport>(&to)) return *report;
  return Range{std::get<CommitId>(from), std::get<CommitId>(to)};
}

// Those of the path, or below it, behind the cursor.
bool is_wanted(const FileChange& change, std::string_view path, std::string_view cursor) {
  return change.path.view() > cursor && (path.empty() || change.path.is_below(path));
}

Result<Json> diff_json(const Call& call, const Range& range, std::size_t limit) {
  const storage::Repository& repository = call.backend.repository;
  auto diff = TRY(storage::compare(repository, range.from, range.to));
  auto from = TRY(storage::open_git_snapshot(repository, range.from));
  auto to = TRY(storage::open_git_snapshot(repository, range.to));
  std::string_view path = call.request.query_value("path").value_or("");
  std::string_view cursor = call.request.query_value("cursor").value_or("");
  Json files = Json::array();
  Json next = nullptr;
  std::string last;
  for (const FileChange& change : diff) {
    if (!is_wanted(change, path, cursor)) continue;
    if (files.size() == limit) {
      next = last;
      break;
    }
    files.push_back(TRY(file_json(change, from, to)));
    last = change.path.string();
  }
  Json json = {{"from", range.from.hex()}, {"to", range.to.hex()}};
  json["files"] = std::move(files);
  json["next"] = std::move(next);
  return Result<Json>(std::move(json));
}

}  // namespace

Answer read_diff(const Call& call) {
  auto limit = limit_of(call, kDiffFilesShown, kDiffFilesMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  if (auto path = call.request.query_value("path")) {
    auto parsed = RepoPath::parse(*path);
    if (!parsed) return bad_query("path", parsed.error().message);
  }
  auto range = range_of(call);
  if (auto* report = std::get_if<ProblemReport>(&range)) return *report;
  auto json = diff_json(call, std::get<Range>(range), std::get<std::size_t>(limit));
  if (!json) return report_of(json.error());
  http::Response response = tagged_response(call, *json);
  if ((*json)["next"].is_string()) {
    response.headers.add(
        "Link",
        "<" + url_with_cursor(call, (*json)["next"].get<std::string>()) + ">; rel=\"next\"");
  }
  return response;
}

}  // namespace stet::api
