// Codes of an authenticator (RFC 6238), and recovery codes for the day on which it is lost.
//
// An authenticator's code is taken a half minute early or late, for clocks differ, and each once:
// who looks over a shoulder has nothing. A recovery code is 80 random bits, good once, kept as a
// hash. Threads: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/sqlite/people.h"

namespace stet::auth {

inline constexpr std::size_t kRecoveryCodes = 10;
inline constexpr std::size_t kTotpSecretBytes = 20;  // RFC 4226 4

class SecondFactor {
 public:
  enum class Kind { kNone, kAuthenticator, kRecoveryCode };

  SecondFactor(storage::People& people, const Clock& clock, RandomSource& random)
      : people_(people), clock_(clock), random_(random) {}

  // Which kind of code this was, and it is used now; kNone: it is wrong, or was used.
  Result<Kind> use(const storage::UserRow& user, std::string_view code);

  struct Enrolment {
    std::string secret;  // base32, to be typed
    std::string uri;     // otpauth://, to be scanned
  };
  // Not yet asked for at sign-in: only once a code has shown that the authenticator has it.
  Result<Enrolment> begin(const storage::UserRow& user);
  // Recovery codes, shown this once. kInvalidInput: the code is wrong; kConflict: none was begun.
  Result<std::vector<std::string>> finish(const storage::UserRow& user, std::string_view code);
  Result<std::vector<std::string>> renew_codes(const storage::UserRow& user);

 private:
  std::vector<std::string> make_codes(std::vector<ContentHash>& hashes);

  storage::People& people_;
  const Clock& clock_;
  RandomSource& random_;
};

}  // namespace stet::auth
