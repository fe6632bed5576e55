#include "api/routes/admin_site.h"

#include <algorithm>

#include "api/auth/authenticate.h"
#include "api/http/negotiate.h"
#include "api/http/url.h"
#include "api/remote/leadership.h"
#include "api/routes/problem.h"
#include "api/routes/public_rules.h"
#include "api/routes/route.h"

namespace stet::api {
namespace {

constexpr std::string_view kApi = "/api/", kMetrics = "/metrics";
constexpr std::string_view kLanding =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>stet</title>\n"
    "<h1>stet</h1>\n"
    "<p>This is the admin origin of a site that stet serves. The site itself is on the public "
    "origin. <a href=\"/admin/\">The editor</a> is for people.</p>\n"
    "<p>The API is at <code>/api/v1</code>. <a href=\"/docs/\">Its guide</a> is for people, "
    "<code>/api/v1/openapi.json</code> for programs. A first request:</p>\n"
    "<pre>stet token create --repo DIR --scope admin\n"
    "curl -H \"Authorization: Bearer $TOKEN\" http://HOST:PORT/api/v1/posts</pre>\n</html>\n";

bool is_below(std::string_view path, std::string_view prefix) { return path.starts_with(prefix); }

// Browsers are told to show none of this in frames, to guess no types, to keep nothing.
void add_security(http::Headers& headers) {
  auto add_missing = [&](std::string_view name, std::string_view value) {
    if (!headers.find(name)) headers.set(name, value);
  };
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "no-referrer");
  // Previews, which show pages, have their own.
  add_missing("X-Frame-Options", "DENY");
  add_missing("Cross-Origin-Resource-Policy", "same-origin");
  add_missing("Content-Security-Policy",
              "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  if (!headers.find("Cache-Control")) {
    headers.set("Cache-Control", headers.find("ETag") ? "private, no-cache" : "no-store");
  }
}

http::Response state(bool is_good, std::string_view word) {
  return json_response(is_good ? 200 : 503, Json{{"status", word}});
}

http::Response preflight(std::string_view methods, std::string_view headers) {
  http::Response response{.status = 204};
  response.headers.add("Access-Control-Allow-Methods", methods);
  response.headers.add("Access-Control-Allow-Headers", headers);
  response.headers.add("Access-Control-Max-Age", "600");
  return response;
}

// A browser wants HTML rather than whatever else there is; what takes anything is none.
bool is_of_browser(const http::Request& request) {
  auto accept = request.header("Accept");
  return accept && http::quality_of_media_type(*accept, "text/html") >
                       http::quality_of_media_type(*accept, "application/json");
}

bool names_header(const http::Request& request, std::string_view name) {
  for (const std::string& asked :
       parts_of(request.headers.joined("Access-Control-Request-Headers"))) {
    std::size_t begin = asked.find_first_not_of(' ');
    std::size_t end = asked.find_last_not_of(' ');
    if (begin == std::string::npos) continue;
    if (http::equal_without_case(asked.substr(begin, end - begin + 1), name)) return true;
  }
  return false;
}

}  // namespace

AdminSite::AdminSite(const Backend& backend, std::vector<Mount> mounts, AdminOptions options)
    : backend_(backend),
      router_(backend),
      status_page_(backend, router_),
      mounts_(std::move(mounts)),
      options_(std::move(options)) {}

void AdminSite::handle(http::Request request, http::Responder responder) {
  const Mount* mount = find_mount(request.path);
  if (mount && mount->handler) return mount->handler->handle(std::move(request), responder);
  Router::Answered answered = route(request);
  if (auto* stream = std::get_if<StreamAnswer>(&answered)) {
    http::Response head;
    add_common(request, head.headers);
    return stream->begin(responder, std::move(head));
  }
  http::Response response = std::get<http::Response>(std::move(answered));
  add_common(request, response.headers);
  responder.send(std::move(response));
}

bool AdminSite::is_quick(const http::Request& head) const {
  const bool is_routed = is_below(head.path, kApi) || head.path == kMetrics;
  return !is_routed && head.path != StatusPage::kPath && !find_mount(head.path);
}

const Mount* AdminSite::find_mount(std::string_view path) const {
  auto found = std::find_if(mounts_.begin(), mounts_.end(), [&](const Mount& mount) {
    return is_below(path, mount.prefix);
  });
  return found == mounts_.end() ? nullptr : &*found;
}

std::optional<http::Response> AdminSite::refuse_early(const http::Request& head) const {
  const Mount* mount = find_mount(head.path);
  if (mount && mount->handler) return mount->handler->refuse_early(head);
  if (!is_below(head.path, kApi)) return std::nullopt;
  auto refusal = router_.refuse_early(head);
  if (refusal) add_security(refusal->headers);
  return refusal;
}

// One that is good: who makes one up sends no more than others.
bool AdminSite::shows_token(const http::Request& head) const {
  auto header = head.header("Authorization");
  return header && auth::look_again(backend_.tokens, *header).principal;
}

std::uint64_t AdminSite::body_bytes_max(const http::Request& head) const {
  if (is_below(head.path, kApi)) return router_.body_bytes_max(head);
  const Mount* mount = find_mount(head.path);
  if (mount && mount->handler) return mount->handler->body_bytes_max(head);
  if (!mount) return Router::kAnonymousBodyBytesMax;
  bool may_have_more = mount->bytes_max_with_token > mount->body_bytes_max;
  return may_have_more && shows_token(head) ? mount->bytes_max_with_token : mount->body_bytes_max;
}

http::Response AdminSite::refusal(int status, std::string_view detail) const {
  http::Response response = problem_response({.status = status, .detail = std::string(detail)}, "");
  add_security(response.headers);
  return response;
}

void AdminSite::set_allowed_origins(std::vector<std::string> origins) {
  std::lock_guard lock(mutex_);
  options_.allowed_origins = std::move(origins);
}

std::optional<std::string_view> AdminSite::allowed_origin(const http::Request& request) const {
  auto origin = request.header("Origin");
  if (!origin || !is_below(request.path, kApi)) return std::nullopt;
  std::shared_lock lock(mutex_);
  const auto& allowed = options_.allowed_origins;
  bool is_allowed = std::find(allowed.begin(), allowed.end(), *origin) != allowed.end();
  return is_allowed ? origin : std::nullopt;
}

// Of reads. A preflight has no token; it says whether one will come.
std::optional<std::string> AdminSite::origin_for_all(const http::Request& request) const {
  auto origin = request.header("Origin");
  if (!origin || !is_below(request.path, kApi)) return std::nullopt;
  std::string_view method = request.method;
  bool has_token = request.header("Authorization").has_value();
  if (method == "OPTIONS") {
    method = request.header("Access-Control-Request-Method").value_or("");
    has_token = names_header(request, "Authorization");
  }
  if (method != "GET" && method != "HEAD") return std::nullopt;
  site::SitePtr site = backend_.pipeline.site();
  return site ? public_rules_of(site->config()).answer_to(*origin, has_token) : std::nullopt;
}

http::Response AdminSite::answer(const http::Request& request) const {
  Router::Answered answered = route(request);
  auto* whole = std::get_if<http::Response>(&answered);
  http::Response response = whole ? std::move(*whole) : http::Response();
  add_common(request, response.headers);
  return response;
}

void AdminSite::add_common(const http::Request& request, http::Headers& headers) const {
  add_security(headers);
  std::optional<std::string> origin;
  if (auto allowed = allowed_origin(request)) origin = *allowed;
  if (!origin) origin = origin_for_all(request);
  // Whether an origin is allowed may follow from the settings or from the site.
  if (is_below(request.path, kApi)) headers.add("Vary", "Origin");
  if (!origin) return;
  headers.add("Access-Control-Allow-Origin", *origin);
  headers.add("Access-Control-Expose-Headers",
              "ETag, Link, Location, Accept-Patch, Accept-Post, Content-Digest, Server-Timing, "
              "Preference-Applied, "
              "X-Request-Id");
  headers.set("Cross-Origin-Resource-Policy", "cross-origin");
}

Router::Answered AdminSite::route(const http::Request& request) const {
  bool is_preflight =
      request.method == "OPTIONS" && request.header("Access-Control-Request-Method");
  if (is_preflight && allowed_origin(request)) {
    return preflight("GET, HEAD, POST, PUT, PATCH, DELETE",
                     "Authorization, Content-Type, If-Match, If-None-Match, Prefer, "
                     "Idempotency-Key, Content-Digest, Want-Content-Digest");
  }
  if (is_preflight && origin_for_all(request)) {
    bool has_token = names_header(request, "Authorization");
    std::string headers = has_token ? "Authorization, " : "";
    return preflight("GET, HEAD", headers + "If-None-Match, Want-Content-Digest");
  }
  if (is_below(request.path, kApi)) return router_.answer(request);
  if (request.path == kMetrics) {
    http::Request routed = request;
    routed.path = std::string(kApiRoot) + std::string(kMetrics);
    return router_.answer(routed);
  }
  if (request.path == StatusPage::kPath) {
    return status_page_.answer(request, is_of_browser(request));
  }
  const Mount* mount = find_mount(request.path);
  if (mount && mount->answer) return with_type(mount->answer(request));
  return own(request);
}

// One that is is ready for readers all the same.
bool AdminSite::is_read_only() const {
  return backend_.leadership && !backend_.leadership->refusal().empty();
}

http::Response AdminSite::own(const http::Request& request) const {
  bool is_own = request.path == "/" || request.path == "/health" || request.path == "/ready";
  if (!is_own) {
    return problem_response({.status = 404, .detail = "there is nothing here"}, request.request_id);
  }
  if (request.method != "GET" && request.method != "HEAD") {
    ProblemReport report{.status = 405, .detail = "this is for reading"};
    report.headers.add("Allow", "GET, HEAD");
    return problem_response(report, request.request_id);
  }
  if (request.path == "/health") return state(true, "ok");
  if (request.path == "/ready") {
    bool is_ready = backend_.publisher.live() != nullptr;
    std::string_view word = is_ready ? "ready" : "nothing is published yet";
    return state(is_ready, is_ready && is_read_only() ? "read-only" : word);
  }
  http::Response response{.status = 200};
  if (!options_.home.empty()) {
    response.headers.add("Vary", "Accept");
    if (is_of_browser(request)) {
      response.status = 302;
      response.headers.add("Location",
                           options_.home + std::string(http::query_part(request.target)));
      return response;
    }
  }
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.body = std::string(kLanding);
  return response;
}

}  // namespace stet::api
