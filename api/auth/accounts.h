// People and their rights: made, changed, disabled, deleted, with a line in the audit log for each.
//
// A name is for good, for commits and drafts name it: also after its user is deleted nobody else is
// called so. Threads: any. Failure: nothing is changed, but where the log cannot be written after
// the change was made.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/auth/password_hasher.h"
#include "api/auth/roles.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/sqlite/people.h"

namespace stet::auth {

// Who does it, for the audit log.
struct Actor {
  std::string name;     // a user's name, a token's id, "command line"
  std::string address;  // "": none
};

struct NewUser {
  std::string name, mail;
  Role role = Role::kReader;
  std::string commit_name = {}, commit_mail = {};  // "": the name, the mail
};

// What is given is changed.
struct UserChange {
  std::optional<std::string> mail = std::nullopt, commit_name = std::nullopt,
                             commit_mail = std::nullopt;
  std::optional<Role> role = std::nullopt;
  std::optional<bool> is_disabled = std::nullopt;
};

class Accounts {
 public:
  static constexpr std::size_t kUsersMax = 1000;
  static constexpr std::int64_t kResetSeconds = 86'400;
  static constexpr std::string_view kResetPrefix = "stetr_";

  Accounts(storage::People& people,
           const Clock& clock,
           RandomSource& random,
           PasswordHasher& hasher)
      : people_(people), clock_(clock), random_(random), hasher_(hasher) {}

  // Nobody signs in as them until there is a password.
  Result<storage::UserRow> create(const NewUser& user, const Actor& actor);
  // kConflict: no admin would be left.
  Result<storage::UserRow> change(storage::UserRow user,
                                  const UserChange& change,
                                  const Actor& actor);
  // With all by which they come in. kConflict: no admin would be left.
  Status remove(const storage::UserRow& user, const Actor& actor);
  // What a new password takes from whoever knew the old one, beside the sessions.
  enum class Tokens { kStay, kEnd };

  // Signs out everywhere but `kept_session`. kInvalidInput where it is no good password.
  Status set_password(const storage::UserRow& user,
                      std::string_view password,
                      std::string_view kept_session,
                      const Actor& actor,
                      Tokens tokens = Tokens::kStay);

  struct Reset {
    std::string secret;  // shown now and never again
    Instant expires;
  };
  // Who has the secret may set the password once. kConflict: the user is disabled.
  Result<Reset> make_reset(const storage::UserRow& user, const Actor& actor);
  // kNotFound: it is unknown, was used, or has expired.
  Status use_reset(std::string_view secret,
                   std::string_view password,
                   std::string_view address,
                   Tokens tokens);

  Status note(std::string kind, const Actor& actor, std::string subject, std::string detail = "");

 private:
  storage::People& people_;
  const Clock& clock_;
  RandomSource& random_;
  PasswordHasher& hasher_;
};

}  // namespace stet::auth
