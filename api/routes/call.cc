#include "api/routes/call.h"

#include <charconv>

#include "api/http/conditional.h"
#include "api/http/url.h"
#include "api/routes/route.h"
#include "storage/base/hash.h"

namespace stet::api {

std::string_view Call::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return "";
}

ProblemReport bad_query(std::string_view name, std::string detail) {
  ProblemReport report{.status = 400, .detail = std::move(detail)};
  report.extensions["parameter"] = name;
  report.type = ProblemType::kBadParameter;
  return report;
}

Call::Trailers Call::trailers() const {
  Trailers trailers;
  if (!principal.rights.user.empty()) trailers.emplace_back(kUserTrailer, principal.rights.user);
  if (!principal.token_id.empty()) trailers.emplace_back(kTokenTrailer, principal.token_id);
  return trailers;
}

std::variant<bool, ProblemReport> flag_of(const Call& call, std::string_view name) {
  auto value = call.request.query_value(name);
  if (!value || *value == "0" || *value == "false") return false;
  if (*value == "1" || *value == "true") return true;
  return bad_query(name, std::string(name) + " is 1 or 0");
}

std::variant<std::size_t, ProblemReport> limit_of(const Call& call,
                                                  std::size_t otherwise,
                                                  std::size_t max) {
  auto value = call.request.query_value("limit");
  if (!value) return otherwise;
  std::size_t limit = 0;
  const char* end = value->data() + value->size();
  auto [last, error] = std::from_chars(value->data(), end, limit);
  if (error == std::errc() && last == end && limit >= 1 && limit <= max) return limit;
  return bad_query("limit", "limit is a number from 1 to " + std::to_string(max));
}

std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    std::size_t comma = list.find(',');
    std::string_view part = list.substr(0, comma);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

std::string Call::branch() const {
  return change ? changes::branch_of(change->id) : backend.branch();
}

Result<pipeline::Standing> standing_at(const Backend& backend, const CommitId& head) {
  constexpr int kNearMax = 16;
  std::vector<CommitId> near;
  CommitId at = head;
  for (int i = 0; i < kNearMax; ++i) {
    auto commit = backend.repository.read_commit(at);
    if (!commit || commit->parents.empty()) break;
    at = commit->parents.front();
    near.push_back(at);
  }
  auto& sites = backend.remembered->sites;
  return pipeline::Standing{TRY(sites.find_or_make(backend.pipeline, head, near)), head};
}

std::variant<pipeline::Standing, ProblemReport> standing_of(const Call& call) {
  const pipeline::Pipeline& pipeline = call.backend.pipeline;
  auto live = call.is_anonymous ? pipeline.public_standing() : pipeline.standing();
  if (!live) {
    return ProblemReport{.status = 503,
                         .detail = "nothing is published yet; try again in a moment"};
  }
  if (!call.change) return std::move(*live);
  auto head = call.backend.repository.head_of(call.branch());
  if (!head) return report_of(head.error());
  if (!*head) return ProblemReport{.status = 404, .detail = "the change is gone"};
  auto standing = standing_at(call.backend, **head);
  if (!standing) return report_of(standing.error());
  return std::move(*standing);
}

std::variant<site::SitePtr, ProblemReport> site_of(const Call& call) {
  auto standing = standing_of(call);
  if (auto* report = std::get_if<ProblemReport>(&standing)) return std::move(*report);
  return std::get<pipeline::Standing>(std::move(standing)).site;
}

std::string url_with_cursor(const Call& call, std::string_view cursor) {
  std::string url = http::percent_encode_path(call.request.path);
  char joint = '?';
  auto add = [&](std::string_view name, std::string_view value) {
    url += joint + http::percent_encode(name) + "=" + http::percent_encode(value);
    joint = '&';
  };
  for (const auto& [name, value] : call.request.query) {
    if (name != "cursor") add(name, value);
  }
  if (!cursor.empty()) add("cursor", cursor);
  return url;
}

http::Response tagged_response(const Call& call, const Json& json, std::string_view tag_begin) {
  return tagged_response(call, dump(json), tag_begin);
}

http::Response tagged_response(const Call& call, std::string json, std::string_view tag_begin) {
  http::Response response{.status = 200};
  response.headers.add("Content-Type", kJsonType);
  response.body = std::move(json);
  std::string tag(tag_begin);
  if (tag.empty() || tag.ends_with('-')) {
    tag += fingerprint(std::get<std::string>(response.body)).hex();
  }
  http::EntityTag entity_tag{.opaque = tag};
  response.headers.add("ETag", http::quoted(entity_tag));
  auto condition = http::condition_of_read(call.request.headers, entity_tag, std::nullopt);
  if (condition == http::Condition::kNotModified) {
    response.status = 304;
    response.headers.remove("Content-Type");
    response.body = std::string();
  } else if (condition != http::Condition::kProceed) {
    bool is_malformed = condition == http::Condition::kMalformed;
    return problem_response(
        {.status = is_malformed ? 400 : 412,
         .detail = is_malformed ? "If-Match or If-None-Match is no list of tags"
                                : "this is not the version that If-Match names"},
        call.request.request_id);
  }
  return response;
}

Json to_json(const Problem& problem) {
  return {{"severity", problem.severity == Severity::kError ? "error" : "warning"},
          {"path", problem.path},
          {"line", problem.line},
          {"column", problem.column},
          {"message", problem.message}};
}

Json to_json(const Problems& problems) {
  Json list = Json::array();
  for (const Problem& problem : problems) list.push_back(to_json(problem));
  return list;
}

}  // namespace stet::api
