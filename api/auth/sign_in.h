// Proof of who somebody is, by a password and, where they have one, a second factor.
//
// An unknown name, a wrong password, a user without one, and one who is disabled are refused with
// the same words after the same work. Only who knows the password learns that a code is asked for
// as well. Wrong ones are slowed down (attempt_limiter.h), storms are cut off
// (password_hasher.h). Threads: any; waits for the hash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/auth/accounts.h"
#include "api/auth/attempt_limiter.h"
#include "api/auth/second_factor.h"
#include "api/auth/sessions.h"

namespace stet::auth {

struct Credentials {
  std::string login;  // a name or a mail
  std::string password;
  std::string code;     // of the second factor; "": none was given
  std::string address;  // of the client
};

enum class SignInOutcome {
  kRight,
  kWrong,
  kCodeNeeded,  // the password is right
  kTooMany,     // see wait_seconds
};

struct SignInAnswer {
  SignInOutcome outcome = SignInOutcome::kWrong;
  std::optional<storage::UserRow> user = std::nullopt;  // kRight
  std::int64_t wait_seconds = 0;                        // kTooMany
};

class SignIn {
 public:
  struct Parts {
    storage::People& people;
    PasswordHasher& hasher;
    AttemptLimiter& limiter;
    SecondFactor& factor;
    Accounts& accounts;
  };
  explicit SignIn(const Parts& parts) : parts_(parts) {}

  // kUnavailable: too many at once, or the ledger cannot be asked.
  Result<SignInAnswer> prove(const Credentials& credentials);

  // The password, of somebody who is signed in: before what a thief of the session must not do.
  // `code`: and that of the second factor, where they have one; "" is kCodeNeeded.
  Result<SignInAnswer> confirm(const storage::UserRow& user,
                               std::string_view password,
                               std::string_view address,
                               std::optional<std::string_view> code = std::nullopt);

  // The second factor alone, of somebody whom another has vouched for.
  Result<SignInAnswer> prove_code(const storage::UserRow& user,
                                  std::string_view code,
                                  std::string_view address);

 private:
  Result<bool> use_code(const Credentials& credentials, const storage::UserRow& user);
  Result<SignInAnswer> judge(const Credentials& credentials,
                             const std::optional<storage::UserRow>& user,
                             const AttemptLimiter::Attempt& attempt,
                             bool asks_code);
  Status note_failure(const Credentials& credentials,
                      const std::optional<storage::UserRow>& user,
                      std::string_view why);

  const Parts parts_;
};

}  // namespace stet::auth
