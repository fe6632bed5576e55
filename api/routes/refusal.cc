// Why a write cannot be, as a problem: which field, which version, what a merge would give.

#include "api/http/conditional.h"
#include "api/routes/entries.h"
#include "api/routes/write_path.h"

namespace stet::api {
namespace {

using change::Refusal;

int status_of(Refusal::Kind kind) {
  switch (kind) {
    case Refusal::Kind::kInvalid: return 422;
    case Refusal::Kind::kStale: return 412;
    case Refusal::Kind::kConflict: return 409;
    case Refusal::Kind::kNotFound: return 404;
    case Refusal::Kind::kExists: return 412;
    case Refusal::Kind::kForbidden: return 403;
    case Refusal::Kind::kInUse: return 409;
  }
  return 500;
}

ProblemType type_of(const Refusal& refusal) {
  bool has_conflicts = !refusal.conflicts.empty() || refusal.proposal;
  switch (refusal.kind) {
    case Refusal::Kind::kStale: return ProblemType::kStale;
    case Refusal::Kind::kExists: return ProblemType::kExists;
    case Refusal::Kind::kInUse: return ProblemType::kInUse;
    case Refusal::Kind::kConflict:
      return has_conflicts ? ProblemType::kMergeConflict : ProblemType::kConflict;
    default: return ProblemType::kOfStatus;
  }
}

// A text that is more than a file may have is that, wherever it is found out.
bool is_too_large(const change::WriteRequest& request, const Refusal& refusal) {
  return refusal.kind == Refusal::Kind::kInvalid && request.body &&
         request.body->size() > change::kTextBytesMax;
}

// Members that a raw file's request has beside its content.
bool is_of_request(std::string_view pointer) {
  for (std::string_view member : {"/path", "/message", "/to", "/slug", "/resolutions"}) {
    if (pointer == member) return true;
  }
  return false;
}

Json side_json(const std::optional<document::Data>& side) {
  return side ? to_json(*side) : Json(nullptr);
}

Json conflicts_json(const std::vector<document::Conflict>& conflicts) {
  Json list = Json::array();
  for (const document::Conflict& conflict : conflicts) list.push_back(conflict_json(conflict));
  return list;
}

// "ours" is what is there now, "theirs" what was there before the commit.
Json file_conflicts_json(const std::vector<std::pair<std::string, document::Conflict>>& conflicts) {
  Json list = Json::array();
  for (const auto& [path, conflict] : conflicts) {
    Json json = {{"path", path}};
    json.update(conflict_json(conflict));
    list.push_back(std::move(json));
  }
  return list;
}

Json entries_json(const std::vector<std::pair<std::string, change::Findings>>& entries) {
  Json list = Json::array();
  for (const auto& [path, findings] : entries) {
    Json errors = Json::array();
    for (const change::FieldProblem& found : findings) {
      errors.push_back({{"pointer", found.pointer}, {"detail", found.message}});
    }
    list.push_back({{"path", path}, {"errors", std::move(errors)}});
  }
  return list;
}

// "ours" is what is there now, "theirs" what the request asks for.
Json proposal_json(const site::Site& site,
                   const change::WriteRequest& request,
                   const document::Merged& merged) {
  Json json = Json::object();
  auto path = change::find_path(site, *request.resource, request.label, request.name);
  if (path) {
    change::Entry entry =
        change::entry_of(*request.resource, request.label, request.name, *path, merged.bytes);
    json = entry_json(entry, merged.bytes);
  }
  json["conflicts"] = conflicts_json(merged.conflicts);
  return json;
}

}  // namespace

Json conflict_json(const document::Conflict& conflict) {
  return {{"pointer", conflict.pointer},
          {"line", conflict.line},
          {"base", side_json(conflict.base)},
          {"ours", side_json(conflict.ours)},
          {"theirs", side_json(conflict.theirs)}};
}

ProblemReport report_of(const site::Site& site,
                        const change::WriteRequest& request,
                        const Refusal& refusal) {
  ProblemReport report{.status = status_of(refusal.kind), .detail = refusal.message};
  report.type = type_of(refusal);
  if (is_too_large(request, refusal)) {
    report.status = 413;
    report.type = ProblemType::kTooLarge;
  }
  bool is_raw = request.resource && request.resource->kind == change::EntryKind::kFile;
  for (const change::FieldProblem& field : refusal.fields) {
    // Of a raw file the request has no fields, but its lines.
    std::string line = is_raw && field.line ? "line " + std::to_string(field.line) + ": " : "";
    bool is_of_content = is_raw && !is_of_request(field.pointer);
    report.errors.push_back({is_of_content ? "/content" : field.pointer, line + field.message});
  }
  if (refusal.current) {
    std::string tag = http::quoted({.opaque = refusal.current->hex()});
    report.extensions["current"] = tag;
    report.headers.add("ETag", tag);
  }
  if (!refusal.conflicts.empty()) {
    report.extensions["conflicts"] = file_conflicts_json(refusal.conflicts);
    for (const auto& [path, conflict] : refusal.conflicts) {
      report.errors.push_back({"/commit",
                               "'" + path + "'" +
                                   (conflict.pointer.empty() ? "" : ", " + conflict.pointer) +
                                   ": changed again since"});
    }
  }
  if (!refusal.entries.empty()) report.extensions["entries"] = entries_json(refusal.entries);
  if (refusal.proposal && request.resource) {
    report.extensions["proposal"] = proposal_json(site, request, *refusal.proposal);
  }
  return report;
}

}  // namespace stet::api
