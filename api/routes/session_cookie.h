// The cookies of a session and of a sign-in by a provider, and what shows that a request is not
// another site's.
//
// "__Host-stet" behind TLS (Secure, Path=/, no Domain: no neighbour can set it), "stet" without.
// HttpOnly and SameSite=Strict. A request with it that changes something must show the session's
// CSRF token in X-CSRF-Token, and what the browser says of where it comes from (Sec-Fetch-Site,
// Origin) must be this origin. The cookie of a sign-in that is under way, "__Host-stet-sign-in", is
// SameSite=Lax: the browser comes back from another site. Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "storage/base/clock.h"

namespace stet::api {

inline constexpr std::string_view kCsrfHeader = "X-CSRF-Token";

// The session's secret; none where there is no such cookie, or more than one.
std::optional<std::string> session_secret(const http::Request& request);

// Values of Set-Cookie.
std::string session_cookie(const http::Request& request,
                           std::string_view secret,
                           std::int64_t lifetime_seconds);
std::string no_session_cookie(const http::Request& request);

// Of a sign-in by a provider: likewise.
std::optional<std::string> flow_secret(const http::Request& request);
std::string flow_cookie(const http::Request& request,
                        std::string_view secret,
                        std::int64_t lifetime_seconds);
std::string no_flow_cookie(const http::Request& request);

// False where the browser says that another origin's page has made the request. Ours is the one
// that was asked; and `admin_url` (Backend), for a proxy may say of the host what it likes.
bool is_same_origin(const http::Request& request, std::string_view admin_url);

}  // namespace stet::api
