#include "api/routes/router.h"

#include <algorithm>

#include "api/auth/authenticate.h"
#include "api/auth/door.h"
#include "api/auth/rate_limiter.h"
#include "api/changes/changes.h"
#include "api/http/content_digest.h"
#include "api/http/multipart.h"
#include "api/routes/leader.h"
#include "api/routes/problem.h"
#include "api/routes/public_rules.h"
#include "api/routes/route.h"
#include "api/routes/session_cookie.h"
#include "cms/change/locate.h"
#include "storage/base/hash.h"

namespace stet::api {
namespace {

ProblemReport unauthorized(auth::Outcome outcome) {
  if (outcome == auth::Outcome::kUnavailable) {
    return {.status = 503, .detail = "tokens cannot be checked just now; try again in a moment"};
  }
  ProblemReport report{
      .status = 401,
      .detail = "a valid token is needed: Authorization: Bearer <token>; or a session"};
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

std::string known_names(const Route& route) {
  std::string names;
  for (const QueryParameter& known : route.query) {
    std::string name(known.name);
    if (name.ends_with("[]")) name.insert(name.size() - 1, "KEY");
    names += (names.empty() ? "; there are " : ", ") + name;
  }
  return names;
}

// A misspelt parameter must not be taken for one that was left out, nor a second one for none.
std::optional<ProblemReport> fault_of_query(const Route& route, const http::Request& request) {
  for (const auto& [name, value] : request.query) {
    if (!is_query_known(route, name)) {
      return bad_query(name, "there is no parameter '" + name + "' here" + known_names(route));
    }
    auto is_same = [&](const auto& other) { return other.first == name; };
    // Conditions all hold, so that one key may have several.
    bool may_repeat = name.ends_with(']');
    if (!may_repeat && std::count_if(request.query.begin(), request.query.end(), is_same) > 1) {
      return bad_query(name, "the parameter '" + name + "' is given twice");
    }
  }
  for (const QueryParameter& known : route.query) {
    if (known.is_required && !request.query_value(known.name)) {
      return bad_query(known.name, "the parameter '" + std::string(known.name) + "' is needed");
    }
  }
  return std::nullopt;
}

// Nothing is unpacked: a few bytes could become as many as they like (RFC 9110 8.4, 15.5.16).
std::optional<ProblemReport> fault_of_coding(const Route& route, const http::Request& request) {
  std::string coding = request.headers.joined("Content-Encoding");
  if (coding.empty() || coding == "identity" || route.request_type.empty()) return std::nullopt;
  ProblemReport report{.status = 415, .detail = "send the body as it is, without Content-Encoding"};
  report.headers.add("Accept-Encoding", "identity");
  return report;
}

// Such as they are; a cookie is looked up once the request is whole.
bool has_credentials(const http::Request& head) {
  return head.header("Authorization") || session_secret(head);
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
  auto body = http::source_of(request.body);
  if (!body) return report_of(body.error());
  auto checked = http::check_digest(field, **body);
  if (!checked) return report_of(checked.error());
  switch (*checked) {
    case http::DigestCheck::kRight: return std::nullopt;
    case http::DigestCheck::kMalformed:
      return ProblemReport{.status = 400,
                           .detail =
                               "Content-Digest is no dictionary such as sha-256=:...: "
                               "(RFC 9530)"};
    case http::DigestCheck::kWrong: break;
  }
  return ProblemReport{.status = 400,
                       .detail = "the content is not what its Content-Digest says; send it again",
                       .type = ProblemType::kDigestMismatch};
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
  for (const char* method : {"PATCH", "POST"}) {
    Match taking = match_route(method, request.path);
    std::string types = taking.route ? accepted_types(*taking.route) : "";
    if (!types.empty()) response.headers.add(accepting_field(method), types);
  }
  return response;
}

// Who asks, or what they are told.
struct Caller {
  std::optional<auth::Principal> principal;
  std::optional<auth::SignedIn> session;
  ProblemReport refusal;
  bool has_ended = false;  // the session that they show
};

Caller caller_by_token(const Backend& backend, const http::Request& request) {
  auth::Verdict verdict = auth::authenticate(backend.tokens, request.header("Authorization"));
  Caller caller;
  caller.principal = std::move(verdict.principal);
  if (caller.principal) return caller;
  caller.refusal = unauthorized(verdict.outcome);
  caller.refusal.cause = verdict.reason;
  return caller;
}

// A browser sends cookies whoever has made it ask.
std::optional<ProblemReport> fault_of_origin(const Backend& backend,
                                             const http::Request& request,
                                             std::string_view csrf) {
  bool is_safe = request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
  if (is_safe) return std::nullopt;
  if (!is_same_origin(request, backend.admin_url)) {
    return ProblemReport{.status = 403,
                         .detail = "this comes from another origin's page",
                         .type = ProblemType::kForeignPage};
  }
  if (equal_in_constant_time(request.header(kCsrfHeader).value_or(""), csrf)) return std::nullopt;
  return ProblemReport{.status = 403,
                       .detail = "who is signed in shows the session's csrf in " +
                                 std::string(kCsrfHeader) + "; GET /api/v1/session has it",
                       .type = ProblemType::kForeignPage};
}

Caller caller_of(const Backend& backend, const http::Request& request) {
  auto secret = session_secret(request);
  if (request.header("Authorization") || !secret || !backend.door) {
    return caller_by_token(backend, request);
  }
  Caller caller;
  auto session = backend.door->sessions.find(*secret);
  if (!session) {
    bool is_none = session.error().code == ErrorCode::kNotFound;
    caller.refusal = unauthorized(is_none ? auth::Outcome::kMissing : auth::Outcome::kUnavailable);
    if (!is_none) caller.refusal.cause = session.error().message;
    caller.has_ended = is_none;
    return caller;
  }
  if (auto fault = fault_of_origin(backend, request, session->csrf)) {
    caller.refusal = std::move(*fault);
    return caller;
  }
  caller.principal = session->principal;
  caller.session = *std::move(session);
  return caller;
}

ProblemReport lacking_scope(auth::Scope scope) {
  ProblemReport report{.status = 403,
                       .detail = "the token lacks the scope " + std::string(auth::name_of(scope))};
  report.headers.add("WWW-Authenticate", auth::challenge_of(scope));
  report.type = ProblemType::kMissingScope;
  return report;
}

struct Need {
  auth::Area area;
  auth::Action action;
};

// What the table of roles is asked for; none where any principal will do.
std::optional<Need> need_of(const Route& route, bool is_in_change) {
  using auth::Action;
  using auth::Area;
  if (!route.scope) return std::nullopt;
  if (*route.scope == auth::Scope::kAdmin) {
    return Need{Area::kServer, route.method == "GET" ? Action::kRead : Action::kWrite};
  }
  const Area otherwise = route.resource ? auth::area_of(*route.resource) : Area::kContent;
  const Area area = route.area.value_or(otherwise);
  if (*route.scope == auth::Scope::kContentRead) return Need{area, Action::kRead};
  return Need{area, is_in_change ? Action::kPropose : Action::kWrite};
}

// Counts what somebody known asks for, also what is then refused.
std::optional<ProblemReport> fault_of_rate(const Backend& backend,
                                           const auth::Principal& principal,
                                           const http::Request& request) {
  using Kind = auth::RateLimiter::Kind;
  if (!backend.limiter) return std::nullopt;
  const bool is_read =
      request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
  const std::int64_t wait =
      backend.limiter->take(principal.id(), is_read ? Kind::kRead : Kind::kWrite);
  if (wait == 0) return std::nullopt;
  ProblemReport report{.status = 429,
                       .detail = std::string(is_read ? "requests" : "writes") +
                                 " come more quickly than the server's limits let them; go on in " +
                                 std::to_string(wait) + " s"};
  report.headers.add("Retry-After", std::to_string(wait));
  return report;
}

std::optional<ProblemReport> fault_of_quota(const Backend& backend, const Route& route) {
  const bool adds =
      route.method != "GET" && (route.is_entry_write || route.takes_bytes || route.is_of_changes);
  if (!adds || !backend.upkeep || !backend.upkeep->is_full()) return std::nullopt;
  return ProblemReport{
      .status = 507,
      .detail =
          "the repository has reached the size that the server's settings allow "
          "(limits.repository_mib): an admin has to raise it; nothing was written"};
}

bool names_change(const Route& route, const http::Request& request) {
  return is_query_known(route, "change") && request.query_value("change");
}

std::optional<ProblemReport> fault_of_rights(const Route& route,
                                             const auth::Principal& principal,
                                             bool is_in_change) {
  const auth::Rights& rights = principal.rights;
  if (route.needs_session && principal.session_id.empty()) {
    return ProblemReport{
        .status = 403,
        .detail = "this is for people who are signed in (POST /api/v1/session), not for tokens"};
  }
  bool is_writer = is_in_change || route.is_of_changes ? rights.may_propose() : rights.may_write();
  if (route.needs_some_write && !is_writer) {
    return ProblemReport{.status = 403,
                         .detail = "you may read, and write nothing: GET /api/v1/account says why"};
  }
  auto need = need_of(route, is_in_change);
  if (route.area && !rights.scopes.allows(*route.scope)) return lacking_scope(*route.scope);
  if (!need || rights.may(need->area, need->action)) return std::nullopt;
  auth::Scope scope = auth::scope_of(need->area, need->action);
  if (!rights.scopes.allows(scope)) return lacking_scope(scope);
  return ProblemReport{.status = 403,
                       .detail = "the role " + std::string(auth::name_of(*rights.role)) +
                                 " may not " + std::string(auth::name_of(need->action)) + " " +
                                 std::string(auth::name_of(need->area)),
                       .type = ProblemType::kRoleForbids};
}

// Finds the change that the request names.
std::optional<ProblemReport> add_change(Call& call) {
  auto id = call.request.query_value("change");
  if (!id) return std::nullopt;
  if (!call.backend.changes) return ProblemReport{.status = 503, .detail = "there are no changes"};
  auto record = call.backend.changes->find(*id);
  if (!record) return report_of(record.error());
  bool has_ended = (*record)->state != changes::State::kOpen;
  if (has_ended && call.route.method != "GET") {
    return ProblemReport{.status = 409,
                         .detail = "the change '" + std::string(*id) +
                                   "' has ended: it is published, or withdrawn; reopen it first"};
  }
  call.change = *std::move(record);
  return std::nullopt;
}

// Of those who have yet to say who they are; a page of another origin must not sign anybody in.
Answer run_anonymous(const Backend& backend, const http::Request& request, Match match) {
  auto fault =
      match.route->is_return_address ? std::nullopt : fault_of_query(*match.route, request);
  if (fault) return std::move(*fault);
  if (!match.route->is_return_address && !is_same_origin(request, backend.admin_url)) {
    return ProblemReport{.status = 403,
                         .detail = "this comes from another origin's page",
                         .type = ProblemType::kForeignPage};
  }
  static const auth::Principal kNobody;
  return backend.keys.run(
      Call{backend, request, *match.route, kNobody, std::move(match.parameters)});
}

// The rules by which anybody may have what the request asks for; none: a token is needed.
std::optional<PublicRules> rules_for_all(const Backend& backend, const Match& match) {
  bool is_public = match.route && match.route->may_be_public;
  site::SitePtr site = is_public ? backend.pipeline.site() : nullptr;
  if (!site) return std::nullopt;
  PublicRules rules = public_rules_of(site->config());
  std::string_view label;
  for (const auto& [name, value] : match.parameters) {
    if (name == "label") label = value;
  }
  const change::Resource* resource = match.route->resource;
  std::string_view collection = resource ? change::collection_of(*resource, label) : "";
  if (!rules.allows(match.route->resource_name(), label, collection)) return std::nullopt;
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
  response->headers.add("Vary", "Authorization, Cookie");
  return answer;
}

// A browser keeps the cookie of a session that has ended: it reads what anybody may, and forgets
// it.
Answer run_after_session(const Backend& backend,
                         const http::Request& request,
                         const PublicRules& rules,
                         Match match) {
  Answer answer = run_for_all(backend, request, rules, std::move(match));
  if (auto* response = std::get_if<http::Response>(&answer)) {
    response->headers.add("Set-Cookie", no_session_cookie(request));
    response->headers.set("Cache-Control", "private, no-cache");
  }
  return answer;
}

Answer run_match(const Backend& backend, const http::Request& request, Match match) {
  if (!has_credentials(request)) {
    if (auto rules = rules_for_all(backend, match)) {
      return run_for_all(backend, request, *rules, std::move(match));
    }
  }
  if (match.route && match.route->is_anonymous) {
    return run_anonymous(backend, request, std::move(match));
  }
  Caller caller = caller_of(backend, request);
  if (!caller.principal) {
    auto rules = caller.has_ended ? rules_for_all(backend, match) : std::nullopt;
    if (rules) return run_after_session(backend, request, *rules, std::move(match));
    return std::move(caller.refusal);
  }
  if (auto fault = fault_of_rate(backend, *caller.principal, request)) return std::move(*fault);
  if (request.method == "OPTIONS" && !match.allowed.empty()) {
    return options_response(match, request);
  }
  if (auto fault = fault_of_route(match, request)) return std::move(*fault);
  const Route& route = *match.route;
  if (auto fault = fault_of_rights(route, *caller.principal, names_change(route, request)))
    return std::move(*fault);
  if (auto fault = fault_of_quota(backend, route)) return std::move(*fault);
  if (auto fault = fault_of_query(route, request)) return std::move(*fault);
  if (auto fault = fault_of_coding(route, request)) return std::move(*fault);
  if (auto fault = fault_of_digest(request)) return std::move(*fault);
  Call call{backend, request, route, *caller.principal, std::move(match.parameters)};
  if (caller.session) call.session = &*caller.session;
  if (names_change(route, request)) {
    if (auto fault = add_change(call)) return std::move(*fault);
  }
  return backend.keys.run(std::move(call));
}

// A small body costs less than a new connection: it is read, and then refused. One without a length
// is held to the limit of those who show nothing, or may be of any size.
bool is_small(const http::Request& head) {
  auto length = head.header("Content-Length");
  if (!length) return !has_credentials(head);
  std::string limit = std::to_string(Router::kAnonymousBodyBytesMax);
  return length->size() < limit.size() || (length->size() == limit.size() && *length <= limit);
}

Answer run(const Backend& backend, const http::Request& request) {
  Match match = match_route(request.method, request.path);
  const Route* route = match.route;
  if (auto elsewhere = answer_elsewhere(backend, request, route)) return std::move(*elsewhere);
  Answer answer = run_match(backend, request, std::move(match));
  if (!route) return answer;
  if (auto* response = std::get_if<http::Response>(&answer)) {
    add_retirement(*route, response->headers);
  } else if (auto* report = std::get_if<ProblemReport>(&answer)) {
    add_retirement(*route, report->headers);
  }
  return answer;
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
  if (is_small(head)) return std::nullopt;
  Match match = match_route(head.method, head.path);
  if (auto elsewhere = answer_elsewhere(backend_, head, match.route)) return elsewhere;
  if (match.route && match.route->is_anonymous) return std::nullopt;  // a matter of its limit
  Caller caller = caller_of(backend_, head);
  if (!caller.principal) return problem_response(caller.refusal, head.request_id);
  auto fault = fault_of_route(match, head);
  if (!fault) {
    fault = fault_of_rights(*match.route, *caller.principal, names_change(*match.route, head));
  }
  if (!fault) return std::nullopt;
  return problem_response(*fault, head.request_id);
}

std::uint64_t Router::body_bytes_max(const http::Request& head) const {
  if (!has_credentials(head)) return kAnonymousBodyBytesMax;
  Match match = match_route(head.method, head.path);
  if (match.route && match.route->is_anonymous) return kAnonymousBodyBytesMax;
  bool is_file = match.route && match.route->takes_bytes;
  return is_file ? backend_.media.request_bytes_max : kBodyBytesMax;
}

}  // namespace stet::api
