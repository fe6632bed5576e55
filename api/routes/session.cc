#include "api/routes/new_session.h"
#include "api/routes/people.h"
#include "api/routes/people_json.h"
#include "api/routes/session_cookie.h"

namespace stet::api {
namespace {

using auth::SignInOutcome;
using document::Data;

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

}  // namespace

Answer sign_in(const Call& call) {
  auth::Door* door = call.backend.door;
  if (!door) return ProblemReport{.status = 503, .detail = "nobody can sign in here"};
  auth::Credentials credentials;
  if (auto fault = take_credentials(call, credentials)) return std::move(*fault);
  auto answer = door->sign_in.prove(credentials);
  if (!answer) return report_of(answer.error());
  if (answer->outcome == SignInOutcome::kTooMany) return too_many(answer->wait_seconds);
  if (answer->outcome != SignInOutcome::kRight) return sign_in_refused(answer->outcome);
  if (auto former = session_before(call)) end_session_before(call, *former);
  return session_answer(call, *answer->user);
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
  auto tokens = take_tokens(object, auth::Accounts::Tokens::kEnd);
  if (auto* report = std::get_if<ProblemReport>(&tokens)) return std::move(*report);
  if (auto fault = refuse_rest(object)) return std::move(*fault);
  Status used = door->accounts.use_reset(
      secret, password, call.request.peer_address, std::get<auth::Accounts::Tokens>(tokens));
  call.backend.tokens.forget_cached();
  if (used) return json_response(200, {{"is_done", true}});
  if (used.error().code == ErrorCode::kNotFound) {
    return field_report("/secret", used.error().message);
  }
  return member_report(used.error(), "/password");
}

}  // namespace stet::api
