// What a provider says of somebody, and whether it is said to us, now, and in answer to what we
// asked (OpenID Connect Core 1.0, 3.1.3.7).
//
// Threads: pure functions, values.
#pragma once

#include <string>
#include <string_view>

#include "api/oidc/signed_token.h"
#include "storage/base/clock.h"

namespace stet::oidc {

inline constexpr std::int64_t kSkewSeconds = 60;  // by which clocks may differ
inline constexpr std::size_t kSubjectBytesMax = 255;

struct Claims {
  std::string issuer, subject;
  std::string mail = {};
  bool is_mail_judged = false;  // whether it is verified has been said
  bool is_mail_verified = false;
  std::string name = {}, login = {};  // as the provider calls them; "": it does not say
};

struct Expected {
  std::string issuer, client, nonce;
  Instant asked;  // when the nonce was made
  Instant now;
};

// Of a token whose signature is good. kInvalidInput says which claim does not hold.
Result<Claims> check_claims(const Json& token, const Expected& expected);

// Takes mail and names out of a token, or of the answer about the user; what is known already
// stays.
void take_profile(const Json& json, Claims& claims);

}  // namespace stet::oidc
