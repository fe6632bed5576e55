#include "api/routes/router.h"

#include <algorithm>

#include "api/auth/authenticate.h"
#include "api/routes/problem.h"
#include "api/routes/route.h"

namespace stet::api {
namespace {

ProblemReport unauthorized(auth::Outcome outcome) {
  if (outcome == auth::Outcome::kUnavailable) {
    return {.status = 503, .detail = "tokens cannot be checked just now; try again in a moment"};
  }
  ProblemReport report{.status = 401,
                       .detail = "a valid token is needed: Authorization: Bearer <token>"};
  report.headers.add("WWW-Authenticate", auth::challenge_of(outcome));
  return report;
}

bool is_query_known(const Route& route, std::string_view name) {
  return std::any_of(route.query.begin(), route.query.end(), [&](const QueryParameter& known) {
    if (!known.name.ends_with("[]")) return known.name == name;
    std::string_view begin = known.name.substr(0, known.name.size() - 1);
    return name.starts_with(begin) && name.ends_with(']') && name.size() > begin.size() + 1;
  });
}

// A misspelt parameter must not be taken for one that was left out.
std::optional<ProblemReport> fault_of_query(const Route& route, const http::Request& request) {
  for (const auto& [name, value] : request.query) {
    if (!is_query_known(route, name)) {
      return bad_query(name, "there is no parameter '" + name + "' here");
    }
  }
  for (const QueryParameter& known : route.query) {
    if (known.is_required && !request.query_value(known.name)) {
      return bad_query(known.name, "the parameter '" + std::string(known.name) + "' is needed");
    }
  }
  return std::nullopt;
}

std::optional<ProblemReport> fault_of_route(const Match& match, const http::Request& request) {
  if (match.allowed.empty()) {
    return ProblemReport{.status = 404,
                         .detail =
                             "the API has nothing here; /api/v1/openapi.json lists what it "
                             "has"};
  }
  if (match.route) return std::nullopt;
  ProblemReport report{.status = 405, .detail = request.method + " is not for this resource"};
  report.headers.add("Allow", allow_field(match.allowed));
  return report;
}

bool may_write_something(const auth::Principal& principal) {
  return principal.may(auth::Scope::kPostsWrite) || principal.may(auth::Scope::kScheduleWrite) ||
         principal.may(auth::Scope::kThemeWrite);
}

Answer run(const Backend& backend, const http::Request& request) {
  auth::Verdict verdict = auth::authenticate(backend.tokens, request.header("Authorization"));
  if (!verdict.principal) {
    ProblemReport report = unauthorized(verdict.outcome);
    report.cause = verdict.reason;
    return report;
  }
  Match match = match_route(request.method, request.path);
  if (auto fault = fault_of_route(match, request)) return std::move(*fault);
  const Route& route = *match.route;
  if (route.scope && !verdict.principal->may(*route.scope)) {
    ProblemReport report{
        .status = 403,
        .detail = "the token lacks the scope " + std::string(auth::name_of(*route.scope))};
    report.headers.add("WWW-Authenticate", auth::challenge_of(*route.scope));
    return report;
  }
  if (route.needs_some_write && !may_write_something(*verdict.principal)) {
    return ProblemReport{.status = 403, .detail = "the token may read, and write nothing"};
  }
  if (auto fault = fault_of_query(route, request)) return std::move(*fault);
  return backend.keys.run(
      Call{backend, request, route, *verdict.principal, std::move(match.parameters)});
}

}  // namespace

Router::Answered Router::answer(const http::Request& request) const {
  Answer answer = run(backend_, request);
  if (auto* response = std::get_if<http::Response>(&answer)) return std::move(*response);
  if (auto* stream = std::get_if<StreamAnswer>(&answer)) return std::move(*stream);
  const ProblemReport& report = std::get<ProblemReport>(answer);
  if (!report.cause.empty() && backend_.note) {
    backend_.note(request.request_id + " " + request.method + " " + request.path + ": " +
                  report.cause);
  }
  return problem_response(report, request.request_id);
}

std::optional<http::Response> Router::refuse_early(const http::Request& head) const {
  if (head.header("Authorization")) return std::nullopt;
  // A small body costs less than a new connection: it is read, and then refused.
  auto length = head.header("Content-Length");
  std::string limit = std::to_string(kAnonymousBodyBytesMax);
  bool is_small = !length || length->size() < limit.size() ||
                  (length->size() == limit.size() && *length <= limit);
  if (is_small) return std::nullopt;
  return problem_response(unauthorized(auth::Outcome::kMissing), head.request_id);
}

std::uint64_t Router::body_bytes_max(const http::Request& head) const {
  return head.header("Authorization") ? kBodyBytesMax : kAnonymousBodyBytesMax;
}

}  // namespace stet::api
