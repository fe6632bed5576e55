// From an Authorization header to a principal (RFC 6750; RFC 7617 for git), and what those who fail
// are told.
//
// Unknown, expired, revoked and malformed tokens get one and the same answer, so that it teaches
// nothing; the Outcome is for the log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/auth/tokens.h"

namespace stet::auth {

// `header` is the value of Authorization; none where the request has no such field.
Verdict authenticate(Tokens& tokens, std::optional<std::string_view> header);

// The same of one who has come in before, and no sign that the token is in use.
Verdict look_again(Tokens& tokens, std::string_view header);

// The same for programs that know names and passwords alone, as git does: the password is the
// token, the name is nobody's business. A bearer token will do here too.
Verdict authenticate_basic(Tokens& tokens, std::optional<std::string_view> header);

inline constexpr std::string_view kBasicChallenge = R"(Basic realm="stet", charset="UTF-8")";

// The value of WWW-Authenticate for the 401 that answers `outcome` (RFC 6750 3): no error code
// where no credentials were sent. kUnavailable is answered with 503, not with this.
std::string_view challenge_of(Outcome outcome);

// For the 403 that answers a principal who lacks `scope` (RFC 6750 3.1).
std::string challenge_of(Scope scope);

}  // namespace stet::auth
