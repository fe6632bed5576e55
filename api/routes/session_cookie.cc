#include "api/routes/session_cookie.h"

#include <algorithm>

namespace stet::api {
namespace {

struct Kind {
  std::string_view secure, plain;  // names
  std::string_view same_site;
};
constexpr Kind kSession{"__Host-stet", "stet", "Strict"};
constexpr Kind kFlow{"__Host-stet-sign-in", "stet-sign-in", "Lax"};

std::string_view name_for(const Kind& kind, const http::Request& request) {
  return request.scheme == "https" ? kind.secure : kind.plain;
}

std::string cookie(const Kind& kind,
                   const http::Request& request,
                   std::string_view value,
                   std::int64_t seconds) {
  std::string text(name_for(kind, request));
  text.append("=").append(value).append("; Path=/; HttpOnly; SameSite=").append(kind.same_site);
  text += "; Max-Age=" + std::to_string(seconds);
  return request.scheme == "https" ? text + "; Secure" : text;
}

std::string_view trimmed(std::string_view text) {
  std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

std::optional<std::string> secret_of(const Kind& kind, const http::Request& request) {
  if (request.headers.count("Cookie") != 1) return std::nullopt;
  std::string_view rest = *request.header("Cookie");
  std::optional<std::string> found;
  while (!rest.empty()) {
    std::string_view pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    std::size_t equals = pair.find('=');
    if (equals == pair.npos || trimmed(pair.substr(0, equals)) != name_for(kind, request)) continue;
    if (found) return std::nullopt;
    found = trimmed(pair.substr(equals + 1));
  }
  return found;
}

}  // namespace

std::optional<std::string> session_secret(const http::Request& request) {
  return secret_of(kSession, request);
}

std::string session_cookie(const http::Request& request,
                           std::string_view secret,
                           std::int64_t lifetime_seconds) {
  return cookie(kSession, request, secret, lifetime_seconds);
}

std::string no_session_cookie(const http::Request& request) {
  return cookie(kSession, request, "", 0);
}

std::optional<std::string> flow_secret(const http::Request& request) {
  return secret_of(kFlow, request);
}

std::string flow_cookie(const http::Request& request,
                        std::string_view secret,
                        std::int64_t lifetime_seconds) {
  return cookie(kFlow, request, secret, lifetime_seconds);
}

std::string no_flow_cookie(const http::Request& request) { return cookie(kFlow, request, "", 0); }

bool is_same_origin(const http::Request& request, std::string_view admin_url) {
  auto site = request.header("Sec-Fetch-Site");
  if (site && *site != "same-origin") return false;
  auto origin = request.header("Origin");
  if (!origin || *origin == admin_url) return true;
  auto host = request.header("Host");
  return host && *origin == request.scheme + "://" + std::string(*host);
}

}  // namespace stet::api
