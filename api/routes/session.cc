#include "api/auth/authenticate.h"
#include "api/routes/people.h"
#include "api/routes/people_json.h"
#include "api/routes/session_cookie.h"

namespace stet::api {
namespace {

using auth::SignInOutcome;
using document::Data;

ProblemReport refused(SignInOutcome outcome) {
  bool needs_code = outcome == SignInOutcome::kCodeNeeded;
  ProblemReport report{.status = 401,
                       .detail = needs_code ? "the code of the second factor is needed as well"
                                            : "the name, the password or the code is wrong"};
  report.type = needs_code ? ProblemType::kCodeNeeded : ProblemType::kWrongCredentials;
  if (needs_code) report.extensions["needs"] = "code";
  report.headers.add("WWW-Authenticate", auth::challenge_of(auth::Outcome::kMissing));
  return report;
}

Fault take_credentials(const Call& call, auth::Credentials& credentials) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::optional<std::string> code;
  if (auto fault = take_needed(object, "login", credentials.login)) return fault;
  if (auto fault = take_needed(object, "password", credentials.password)) return fault;
  if (auto fault = take_text(object, "code", code)) return fault;
  credentials.code = code.value_or("");
  credentials.address = call.request.peer_address;
  return refuse_rest(object);
}

// Whoever was signed in here before is not any more: a session is never handed on.
void end_former(const Call& call) {
  auto secret = session_secret(call.request);
  auto former = secret ? call.backend.door->sessions.find(*secret)
                       : Result<auth::SignedIn>(not_found("no cookie"));
  if (!former) return;
  static_cast<void>(call.backend.door->people.end_session(former->user.id, former->session.id));
}

}  // namespace

Answer sign_in(const Call& call) {
  auth::Door* door = call.backend.door;
  if (!door) return ProblemReport{.status = 503, .detail = "nobody can sign in here"};
  auth::Credentials credentials;
  if (auto fault = take_credentials(call, credentials)) return std::move(*fault);
  auto answer = door->sign_in.prove(credentials);
  if (!answer) return report_of(answer.error());
  if (answer->outcome == SignInOutcome::kTooMany) return too_many(answer->wait_seconds);
  if (answer->outcome != SignInOutcome::kRight) return refused(answer->outcome);
  end_former(call);
  auto begun = door->sessions.begin(
      *answer->user, call.request.peer_address, call.request.header("User-Agent").value_or(""));
  if (!begun && begun.error().code == ErrorCode::kNotFound) return refused(SignInOutcome::kWrong);
  if (!begun) return report_of(begun.error());
  const std::string& name = answer->user->name;
  Status noted = door->accounts.note("sign-in", {name, call.request.peer_address}, name);
  if (!noted) return report_of(noted.error());
  auto session = door->sessions.find(begun->secret);
  if (!session) return report_of(session.error());
  http::Response response = json_response(201, session_json(call, *session));
  std::int64_t lifetime = begun->expires.seconds - call.backend.clock.now().seconds;
  response.headers.add("Set-Cookie", session_cookie(call.request, begun->secret, lifetime));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Answer read_session(const Call& call) {
  http::Response response = json_response(200, session_json(call, *call.session));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Answer sign_out(const Call& call) {
  auth::Door& door = *call.backend.door;
  Status ended = door.people.end_session(call.session->user.id, call.session->session.id);
  if (!ended && ended.error().code != ErrorCode::kNotFound) return report_of(ended.error());
  Status noted = door.accounts.note("sign-out", call.actor(), call.session->user.name);
  if (!noted) return report_of(noted.error());
  http::Response response = json_response(200, {{"ended", 1}});
  response.headers.add("Set-Cookie", no_session_cookie(call.request));
  return response;
}

Answer use_reset(const Call& call) {
  auth::Door* door = call.backend.door;
  if (!door) return ProblemReport{.status = 503, .detail = "nobody can sign in here"};
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::string secret, password;
  if (auto fault = take_needed(object, "secret", secret)) return std::move(*fault);
  if (auto fault = take_needed(object, "password", password)) return std::move(*fault);
  if (auto fault = refuse_rest(object)) return std::move(*fault);
  Status used = door->accounts.use_reset(secret, password, call.request.peer_address);
  if (used) return json_response(200, {{"is_done", true}});
  if (used.error().code == ErrorCode::kNotFound) {
    return field_report("/secret", used.error().message);
  }
  return member_report(used.error(), "/password");
}

}  // namespace stet::api
