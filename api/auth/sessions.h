// Who is signed in, and where from.
//
// A session is 256 random bits in a cookie; kept is their hash. It ends when nothing was asked for
// idle_seconds, after seconds_max whatever was asked, when its user is disabled or has another
// password, or when somebody ends it; a new sign-in is always a new session. Requests that change
// something must also show the session's CSRF token, which follows from the secret: other origins
// can have the cookie sent, and not read that. Threads: any. Each look is one of the ledger: what
// another process has ended is ended at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/auth/principal.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/sqlite/people.h"

namespace stet::auth {

struct SessionLimits {
  std::int64_t idle_seconds = 12 * 3600;
  std::int64_t seconds_max = 14 * 86'400;
};

struct NewSession {
  std::string secret;
  std::string id;
  Instant expires;
};

struct SignedIn {
  Principal principal;
  storage::UserRow user;
  storage::SessionRow session;
  std::string csrf;
};

class Sessions {
 public:
  static constexpr std::int64_t kTouchSeconds = 60;  // the grain of "last seen"
  static constexpr std::size_t kAgentBytesMax = 200;

  Sessions(storage::People& people,
           const Clock& clock,
           RandomSource& random,
           const SessionLimits& limits)
      : people_(people), clock_(clock), random_(random), limits_(limits) {}

  Result<NewSession> begin(const storage::UserRow& user,
                           std::string_view address,
                           std::string_view agent);
  // kNotFound for all that is no session now.
  Result<SignedIn> find(std::string_view secret);
  // The same, and no sign that somebody is there.
  Result<SignedIn> look_at(std::string_view secret) const;
  Instant idle_end(const storage::SessionRow& session) const;

 private:
  storage::People& people_;
  const Clock& clock_;
  RandomSource& random_;
  const SessionLimits limits_;
};

// Of the session's secret.
std::string csrf_token(std::string_view secret);

// What somebody who is signed in by this session is. kInternal: the ledger names no role of ours.
Result<Principal> principal_of(const storage::UserRow& user, std::string_view session_id);

}  // namespace stet::auth
