#include "api/routes/new_session.h"

#include "api/auth/authenticate.h"
#include "api/routes/people_json.h"
#include "api/routes/session_cookie.h"

namespace stet::api {

using auth::SignInOutcome;

ProblemReport sign_in_refused(SignInOutcome outcome) {
  bool needs_code = outcome == SignInOutcome::kCodeNeeded;
  ProblemReport report{.status = 401,
                       .detail = needs_code ? "the code of the second factor is needed as well"
                                            : "the name, the password or the code is wrong"};
  report.type = needs_code ? ProblemType::kCodeNeeded : ProblemType::kWrongCredentials;
  if (needs_code) report.extensions["needs"] = "code";
  report.headers.add("WWW-Authenticate", auth::challenge_of(auth::Outcome::kMissing));
  return report;
}

std::optional<SessionBefore> session_before(const Call& call) {
  auto secret = session_secret(call.request);
  auto found = secret ? call.backend.door->sessions.find(*secret)
                      : Result<auth::SignedIn>(not_found("no cookie"));
  if (!found) return std::nullopt;
  return SessionBefore{found->user.id, found->session.id};
}

void end_session_before(const Call& call, const SessionBefore& before) {
  static_cast<void>(call.backend.door->people.end_session(before.user, before.session));
}

std::variant<StartedSession, ProblemReport> start_session(const Call& call,
                                                          const storage::UserRow& user,
                                                          std::string how) {
  auth::Door& door = *call.backend.door;
  const http::Request& request = call.request;
  auto begun =
      door.sessions.begin(user, request.peer_address, request.header("User-Agent").value_or(""));
  if (!begun && begun.error().code == ErrorCode::kNotFound) {
    return sign_in_refused(SignInOutcome::kWrong);
  }
  if (!begun) return report_of(begun.error());
  Status noted =
      door.accounts.note("sign-in", {user.name, request.peer_address}, user.name, std::move(how));
  if (!noted) return report_of(noted.error());
  auto session = door.sessions.find(begun->secret);
  if (!session) return report_of(session.error());
  std::int64_t lifetime = begun->expires.seconds - call.backend.clock.now().seconds;
  return StartedSession{*std::move(session), session_cookie(request, begun->secret, lifetime)};
}

Answer session_answer(const Call& call, const storage::UserRow& user, std::string how) {
  auto started = start_session(call, user, std::move(how));
  if (auto* report = std::get_if<ProblemReport>(&started)) return *report;
  auto& session = std::get<StartedSession>(started);
  http::Response response = json_response(201, session_json(call, session.signed_in));
  response.headers.add("Set-Cookie", session.cookie);
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace stet::api
