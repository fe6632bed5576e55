#include "api/routes/router.h"

#include <algorithm>

#include "api/auth/authenticate.h"
#include "api/http/content_digest.h"
#include "api/routes/problem.h"
#include "api/routes/public_rules.h"
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

// RFC 9530: what came in is what was sent.
std::optional<ProblemReport> fault_of_digest(const http::Request& request) {
  std::string field = request.headers.joined("Content-Digest");
  if (field.empty()) return std::nullopt;
  auto content = request.body.read(Router::kBodyBytesMax);
  if (!content) return report_of(content.error());
  switch (http::check_digest(field, *content)) {
    case http::DigestCheck::kRight: return std::nullopt;
    case http::DigestCheck::kMalformed:
      return ProblemReport{.status = 400,
                           .detail =
                               "Content-Digest is no dictionary such as sha-256=:...: "
                               "(RFC 9530)"};
    case http::DigestCheck::kWrong: break;
  }
  return ProblemReport{.status = 400,
                       .detail = "the content is not what its Content-Digest says; send it again"};
}

void add_digest(const http::Request& request, http::Response& response) {
  std::string field = request.headers.joined("Want-Content-Digest");
  const auto* content = std::get_if<std::string>(&response.body);
  if (field.empty() || !content || content->empty()) return;
  if (auto digest = http::wanted_digest(field, *content)) {
    response.headers.add("Content-Digest", *digest);
  }
}

http::Response options_response(const Match& match, const http::Request& request) {
  http::Response response{.status = 204};
  response.headers.add("Allow", allow_field(match.allowed));
  std::string patches = accept_patch_field(request.path);
  if (!patches.empty()) response.headers.add("Accept-Patch", patches);
  return response;
}

bool may_write_something(const auth::Principal& principal) {
  return principal.may(auth::Scope::kPostsWrite) || principal.may(auth::Scope::kScheduleWrite) ||
         principal.may(auth::Scope::kThemeWrite);
}

// The rules by which anybody may have what the request asks for; none: a token is needed.
std::optional<PublicRules> rules_for_all(const Backend& backend,
                                         const http::Request& request,
                                         const Match& match) {
  bool is_public = match.route && match.route->may_be_public && !request.header("Authorization");
  site::SitePtr site = is_public ? backend.pipeline.site() : nullptr;
  if (!site) return std::nullopt;
  PublicRules rules = public_rules_of(site->config());
  std::string_view label;
  for (const auto& [name, value] : match.parameters) {
    if (name == "label") label = value;
  }
  if (!rules.allows(match.route->resource_name(), label)) return std::nullopt;
  return rules;
}

Answer run_for_all(const Backend& backend,
                   const http::Request& request,
                   const PublicRules& rules,
                   Match match) {
  static const auth::Principal nobody;
  if (auto fault = fault_of_query(*match.route, request)) return std::move(*fault);
  Call call{.backend = backend,
            .request = request,
            .route = *match.route,
            .principal = nobody,
            .parameters = std::move(match.parameters),
            .is_anonymous = true};
  Answer answer = match.route->run(call);
  auto* response = std::get_if<http::Response>(&answer);
  if (!response) return answer;
  std::string age = std::to_string(rules.max_age_seconds);
  response->headers.set("Cache-Control",
                        rules.max_age_seconds > 0 ? "public, max-age=" + age : "public, no-cache");
  response->headers.add("Vary", "Authorization");
  return answer;
}

Answer run(const Backend& backend, const http::Request& request) {
  Match match = match_route(request.method, request.path);
  if (auto rules = rules_for_all(backend, request, match)) {
    return run_for_all(backend, request, *rules, std::move(match));
  }
  auth::Verdict verdict = auth::authenticate(backend.tokens, request.header("Authorization"));
  if (!verdict.principal) {
    ProblemReport report = unauthorized(verdict.outcome);
    report.cause = verdict.reason;
    return report;
  }
  if (request.method == "OPTIONS" && !match.allowed.empty()) {
    return options_response(match, request);
  }
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
  if (auto fault = fault_of_digest(request)) return std::move(*fault);
  return backend.keys.run(
      Call{backend, request, route, *verdict.principal, std::move(match.parameters)});
}

}  // namespace

Router::Answered Router::answer(const http::Request& request) const {
  Answer answer = run(backend_, request);
  if (auto* response = std::get_if<http::Response>(&answer)) {
    add_digest(request, *response);
    return std::move(*response);
  }
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
