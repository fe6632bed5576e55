#include "api/routes/change_json.h"

#include "api/changes/timetable.h"
#include "api/routes/route.h"
#include "api/routes/write_path.h"
#include "cms/change/locate.h"
#include "storage/base/time.h"

namespace stet::api {
namespace {

using changes::Record;
using changes::State;

Json instant_json(const std::optional<Instant>& instant) {
  return instant ? Json(iso_instant(*instant)) : Json(nullptr);
}

Json person_json(const changes::Person& person) {
  return {{"name", person.name},
          {"email", person.email},
          {"user", person.user.empty() ? Json(nullptr) : Json(person.user)}};
}

std::string_view state_name(const Record& record) {
  if (record.state == State::kWithdrawn) return "withdrawn";
  if (record.state == State::kPublished) return "published";
  return record.publish_at ? "scheduled" : "open";
}

std::string_view status_of(const storage::FileChange& file) {
  if (!file.before) return "added";
  return file.after ? "modified" : "deleted";
}

// A file that went is looked for among the resources too: by its place.
Json file_json(const site::Site& site, const Record& record, const storage::FileChange& file) {
  const change::Resource* resource = change::resource_of(site, file.path);
  if (!resource) resource = &change::resource_of(change::EntryKind::kFile);
  std::string label = change::label_of(site, *resource, file.path.view());
  std::string name = change::name_of(site, *resource, label, file.path.view());
  return {{"path", file.path.string()},
          {"status", status_of(file)},
          {"resource", resource->name},
          {"label", label.empty() ? Json(nullptr) : Json(label)},
          {"name", name},
          {"self", entry_url(*resource, label, name) + "?change=" + record.id}};
}

struct Whole {
  Json json;
  const Call& call;
  const Record& record;

  Status add_footing() {
    auto footing = TRY(call.backend.changes->footing_of(record));
    auto standing = TRY(standing_at(call.backend, record.head));
    json["behind"] = footing->distance.behind;
    json["ahead"] = footing->distance.ahead;
    json["served"] = footing->served.hex();
    json["merge_base"] = footing->base ? Json(footing->base->hex()) : Json(nullptr);
    Json files = Json::array();
    for (const storage::FileChange& file : footing->diff) {
      if (files.size() >= kChangeFilesShown) break;
      files.push_back(file_json(*standing.site, record, file));
    }
    json["files"] = std::move(files);
    json["file_count"] = footing->diff.size();
    return {};
  }

  Status add_merge() {
    json["merge"] = nullptr;
    if (record.state != State::kOpen) return {};
    auto meeting = TRY(call.backend.changes->meeting_of(record));
    json["merge"] = {{"is_clean", meeting->is_related && meeting->conflicts.empty()},
                     {"is_related", meeting->is_related},
                     {"conflicts", to_json(meeting->conflicts)}};
    return {};
  }

  Status add_reviews() {
    auto approval = TRY(approval_of(call.backend, record));
    json["approval"] = {{"wanted", approval.wanted},
                        {"given", approval.given},
                        {"asked_for_changes", approval.askers},
                        {"is_met", approval.is_met()}};
    Json reviews = Json::array();
    for (const storage::ReviewRow& review : TRY(call.backend.reviews->reviews(record.id))) {
      reviews.push_back(to_json(record, review));
    }
    json["reviews"] = std::move(reviews);
    auto counts = TRY(call.backend.reviews->count_comments(record.id));
    json["comments"] = {{"total", counts.comments}, {"unresolved", counts.unresolved}};
    return {};
  }

  Status add_rest() {
    json["blocked"] = nullptr;
    auto blocked = call.backend.timetable && record.publish_at
                       ? call.backend.timetable->blocked(record)
                       : std::nullopt;
    if (blocked) {
      json["state"] = "blocked";
      json["blocked"] = {{"reason", blocked->reason}, {"since", iso_instant(blocked->since)}};
    }
    json["may_publish"] = record.state == State::kOpen && TRY(publish_faults(call, record)).empty();
    return {};
  }

  Status add_all() {
    TRY(add_footing());
    TRY(add_merge());
    TRY(add_reviews());
    return add_rest();
  }
};

}  // namespace

std::string change_url(std::string_view id) {
  return std::string(kApiRoot).append("/changes/").append(id);
}

Json brief_json(const Record& record) {
  Json people = Json::array();
  for (const changes::Person& person : record.people) people.push_back(person_json(person));
  return {
      {"id", record.id},
      {"self", change_url(record.id)},
      {"title", record.title},
      {"description", record.description},
      {"state", state_name(record)},
      {"wants_review", record.wants_review},
      {"author", person_json(record.author)},
      {"people", std::move(people)},
      {"branch", changes::branch_of(record.id)},
      {"head", record.head.hex()},
      {"base", record.base.hex()},
      {"commits", record.commits},
      {"created", iso_instant(record.created)},
      {"updated", iso_instant(record.updated)},
      {"publish_at", instant_json(record.publish_at)},
      {"publish_method", record.publish_at ? Json(changes::name_of(record.method)) : Json(nullptr)},
      {"scheduled_by", record.publish_at ? Json(record.scheduled_by) : Json(nullptr)},
      {"published_as", record.published_as ? Json(record.published_as->hex()) : Json(nullptr)}};
}

std::variant<Json, ProblemReport> full_json(const Call& call, const Record& record) {
  Whole whole{brief_json(record), call, record};
  Status added = whole.add_all();
  if (!added) return report_of(added.error());
  return std::move(whole.json);
}

Json to_json(const Record& record, const storage::ReviewRow& review) {
  return {{"number", review.number},
          {"verdict", review.verdict == storage::Verdict::kApprove ? "approve" : "ask"},
          {"by", review.user},
          {"name", review.name},
          {"body", review.body},
          {"commit", review.commit},
          {"is_stale", changes::is_stale(review, record)},
          {"dismissed_by", review.dismissed_by.empty() ? Json(nullptr) : Json(review.dismissed_by)},
          {"at", iso_instant(review.at)}};
}

Json to_json(const storage::CommentRow& comment) {
  return {{"number", comment.number},
          {"path", comment.path.empty() ? Json(nullptr) : Json(comment.path)},
          {"line", comment.line > 0 ? Json(comment.line) : Json(nullptr)},
          {"by", comment.user},
          {"name", comment.name},
          {"body", comment.body},
          {"commit", comment.commit},
          {"created", iso_instant(comment.created)},
          {"edited", instant_json(comment.edited)},
          {"resolved_by", comment.resolved_by.empty() ? Json(nullptr) : Json(comment.resolved_by)}};
}

Json to_json(const std::vector<change::FileConflict>& conflicts) {
  Json list = Json::array();
  for (const change::FileConflict& conflict : conflicts) {
    Json json = {{"path", conflict.path},
                 {"reason", conflict.reason.empty() ? Json(nullptr) : Json(conflict.reason)}};
    json.update(conflict_json(conflict.field));
    json["line"] = conflict.line;
    list.push_back(std::move(json));
  }
  return list;
}

std::variant<changes::RecordPtr, ProblemReport> change_of(const Call& call) {
  const Backend& backend = call.backend;
  if (!backend.changes || !backend.reviews) {
    return ProblemReport{.status = 503, .detail = "there is no unpublished work here"};
  }
  auto record = backend.changes->find(call.parameter("id"));
  if (!record) return report_of(record.error());
  return *std::move(record);
}

changes::Hand hand_of(const Call& call) {
  Instant now = call.backend.clock.now();
  site::SitePtr site = call.backend.pipeline.site();
  Time when = site ? site->config().zone().at(now.seconds) : Time{now.seconds};
  return {{call.principal.commit_name, call.principal.commit_email, when}, call.trailers()};
}

Result<std::vector<auth::PathFault>> publish_faults(const Call& call, const Record& record) {
  return publish_faults(call.backend, record, call.principal.rights);
}

ProblemReport forbidden_report(std::string detail, const std::vector<auth::PathFault>& faults) {
  ProblemReport report{.status = 403, .detail = std::move(detail)};
  if (!faults.empty()) report.detail += ": '" + faults.front().path + "': " + faults.front().reason;
  if (faults.empty()) return report;
  Json files = Json::array();
  for (const auth::PathFault& fault : faults) {
    files.push_back({{"path", fault.path}, {"reason", fault.reason}});
  }
  report.extensions["files"] = std::move(files);
  return report;
}

}  // namespace stet::api
