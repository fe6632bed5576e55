#include "api/routes/leader.h"

#include "storage/base/time.h"

namespace stet::api {
namespace {

Json instant_json(const std::optional<Instant>& instant) {
  return instant ? Json(iso_instant(*instant)) : Json(nullptr);
}

http::Response redirect(const std::string& origin, const http::Request& request) {
  http::Response response = json_response(
      307, {{"status", 307}, {"title", "The leader takes writes"}, {"leader", origin}});
  response.headers.add("Location", origin + request.target);
  return response;
}

Json report_json(const remote::LeaderReport& report) {
  Json json = {{"url", report.url},
               {"admin_url", nullptr},
               {"state", remote::name_of(report.state)},
               {"epoch", report.epoch},
               {"commit", report.head ? Json(report.head->hex()) : Json(nullptr)},
               {"behind", report.behind},
               {"is_alike", report.is_alike},
               {"last_look", instant_json(report.last_look)},
               {"next_try", instant_json(report.next_try)},
               {"error", nullptr},
               {"unshared", report.unshared}};
  if (!report.admin_url.empty()) json["admin_url"] = report.admin_url;
  if (!report.last_error.empty()) {
    json["error"] = {{"detail", report.last_error}, {"since", instant_json(report.failing_since)}};
  }
  return json;
}

}  // namespace

bool is_of_leader(const Route& route) {
  if (route.method == "GET") return false;
  if (route.needs_some_write || route.is_entry_write) return true;
  if (!route.scope || *route.scope == auth::Scope::kContentRead) return false;
  std::string_view path = route.pattern;
  path.remove_prefix(kApiRoot.size());
  return !path.starts_with("/users") && !path.starts_with("/tokens");
}

std::optional<http::Response> send_elsewhere(const Backend& backend, const http::Request& request) {
  const remote::Leadership* leadership = backend.leadership;
  if (!leadership || leadership->may_write()) return std::nullopt;
  const std::string leader = leadership->report().admin_url;
  if (leadership->role() == remote::Role::kFollows && !leader.empty()) {
    return redirect(leader, request);
  }
  ProblemReport report{
      .status = 503, .detail = leadership->refusal(), .type = ProblemType::kReadOnly};
  if (report.detail.empty()) report.detail = "who leads this site cannot be read just now";
  return problem_response(report, request.request_id);
}

std::optional<http::Response> answer_elsewhere(const Backend& backend,
                                               const http::Request& request,
                                               const Route* route) {
  if (!route || !is_of_leader(*route)) return std::nullopt;
  return send_elsewhere(backend, request);
}

Json leadership_json(const remote::Leadership& leadership) {
  const std::string refusal = leadership.refusal();
  const remote::LeaderReport report = leadership.report();
  return {{"role", remote::name_of(leadership.role())},
          {"epoch", leadership.epoch()},
          {"term", leadership.term()},
          {"refusal", refusal.empty() ? Json(nullptr) : Json(refusal)},
          {"leader", report.url.empty() ? Json(nullptr) : report_json(report)}};
}

}  // namespace stet::api
