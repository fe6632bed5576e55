// What follows when somebody has proven who they are, by whatever means. Threads: any.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "api/auth/door.h"
#include "api/routes/call.h"

namespace stet::api {

struct StartedSession {
  auth::SignedIn signed_in;
  std::string cookie;  // the value of Set-Cookie
};

// Always a new one. `how`: for the log of rights. 401: they were disabled meanwhile.
std::variant<StartedSession, ProblemReport> start_session(const Call& call,
                                                          const storage::UserRow& user,
                                                          std::string how = "");

// 201 with the cookie, as POST /session answers.
Answer session_answer(const Call& call, const storage::UserRow& user, std::string how = "");

// 401, in the same words whatever was wrong.
ProblemReport sign_in_refused(auth::SignInOutcome outcome);

// Whoever was signed in here before is not any more: a session is never handed on.
struct SessionBefore {
  std::string user, session;
};
std::optional<SessionBefore> session_before(const Call& call);
void end_session_before(const Call& call, const SessionBefore& before);

}  // namespace stet::api
