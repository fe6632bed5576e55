#include "api/oidc/claims.h"

#include <algorithm>
#include <optional>

#include "storage/base/hash.h"

namespace stet::oidc {
namespace {

// RFC 7519 2: seconds, with a fraction perhaps.
std::optional<double> seconds_of(const Json& token, std::string_view name) {
  auto found = token.find(name);
  if (found == token.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

Status check_audience(const Json& token, const std::string& client) {
  auto audience = token.find("aud");
  bool is_one = audience != token.end() && audience->is_string();
  bool is_list = audience != token.end() && audience->is_array() && !audience->empty();
  bool is_ours =
      (is_one && *audience == client) ||
      (is_list && std::find(audience->begin(), audience->end(), client) != audience->end());
  if (!is_ours) return invalid_input("the token is for somebody else (aud)");
  bool has_party = token.contains("azp");
  if (has_party && text_of(token, "azp") != client) {
    return invalid_input("the token was given to somebody else (azp)");
  }
  if (is_list && audience->size() > 1 && !has_party) {
    return invalid_input("the token is for several, and does not say to whom it was given (azp)");
  }
  return {};
}

Status check_times(const Json& token, const Expected& expected) {
  auto expires = seconds_of(token, "exp"), issued = seconds_of(token, "iat");
  const auto now = static_cast<double>(expected.now.seconds);
  if (!expires || !issued) return invalid_input("the token has no times (exp, iat)");
  if (*expires + kSkewSeconds <= now) return invalid_input("the token has expired (exp)");
  if (*issued - kSkewSeconds > now) return invalid_input("the token is of the future (iat)");
  if (*issued + kSkewSeconds < static_cast<double>(expected.asked.seconds)) {
    return invalid_input("the token is older than what was asked (iat)");
  }
  auto begins = seconds_of(token, "nbf");
  if (begins && *begins - kSkewSeconds > now) {
    return invalid_input("the token does not hold yet (nbf)");
  }
  return {};
}

}  // namespace

Result<Claims> check_claims(const Json& token, const Expected& expected) {
  if (text_of(token, "iss") != expected.issuer) {
    return invalid_input("the token is of another issuer (iss)");
  }
  TRY(check_audience(token, expected.client));
  TRY(check_times(token, expected));
  if (!equal_in_constant_time(text_of(token, "nonce"), expected.nonce)) {
    return invalid_input("the token answers another question (nonce)");
  }
  Claims claims{.issuer = expected.issuer, .subject = text_of(token, "sub")};
  if (claims.subject.empty() || claims.subject.size() > kSubjectBytesMax) {
    return invalid_input("the token does not say who it is about (sub)");
  }
  take_profile(token, claims);
  return claims;
}

void take_profile(const Json& json, Claims& claims) {
  auto take = [&](std::string_view name, std::string& text) {
    if (text.empty()) text = text_of(json, name);
  };
  take("name", claims.name);
  take("preferred_username", claims.login);
  std::string mail = text_of(json, "email");
  if (claims.is_mail_judged || mail.empty()) return;
  claims.mail = std::move(mail);
  auto verified = json.find("email_verified");
  claims.is_mail_judged = verified != json.end();
  // Some write it as text.
  claims.is_mail_verified =
      claims.is_mail_judged && (*verified == Json(true) || *verified == Json("true"));
}

}  // namespace stet::oidc
