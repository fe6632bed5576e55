#include "api/routes/people.h"
#include "api/routes/people_json.h"
#include "api/routes/session_cookie.h"
#include "storage/base/time.h"

namespace stet::api {
namespace {

using document::Data;

// Of who signs in by a provider alone: a session this young is the proof that a password is of
// others.
constexpr std::int64_t kFreshSeconds = 600;

Fault fault_of_age(const Call& call) {
  std::int64_t age = call.backend.clock.now().seconds - call.session->session.created.seconds;
  if (age >= 0 && age < kFreshSeconds) return std::nullopt;
  return ProblemReport{.status = 403,
                       .detail =
                           "you have no password here to show who you are: sign in by your "
                           "provider once more, and ask again within ten minutes"};
}

// {"password": ..., "code": ...} that are right, or why not. A code where there is a second factor.
Fault take_proof(const Call& call) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::string password;
  std::optional<std::string> code;
  if (auto fault = take_text(object, "code", code)) return fault;
  bool has_none = call.session->user.password.empty() && !object.contains("password");
  if (!has_none) {
    if (auto fault = take_needed(object, "password", password)) return fault;
  }
  if (auto fault = refuse_rest(object)) return fault;
  if (!has_none) return fault_of_password(call, password, "/password", code.value_or(""));
  if (auto fault = fault_of_age(call)) return fault;
  return fault_of_code(call, code.value_or(""));
}

Answer codes_answer(const Call& call,
                    const Result<std::vector<std::string>>& codes,
                    std::string_view kind) {
  if (!codes) return member_report(codes.error(), "/code");
  Status noted =
      call.backend.door->accounts.note(std::string(kind), call.actor(), call.session->user.name);
  if (!noted) return report_of(noted.error());
  return json_response(200, {{"recovery_codes", strings_json(*codes)}});
}

Answer answer_of(const Call& call) {
  auto json = account_json(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  return tagged_response(call, std::get<Json>(json));
}

}  // namespace

Answer read_account(const Call& call) { return answer_of(call); }

Answer patch_account(const Call& call) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  auth::UserChange change;
  if (auto fault = take_text(object, "commit_name", change.commit_name)) return std::move(*fault);
  if (auto fault = take_text(object, "commit_mail", change.commit_mail)) return std::move(*fault);
  if (auto fault = refuse_rest(object)) return std::move(*fault);
  auto changed = call.backend.door->accounts.change(call.session->user, change, call.actor());
  if (!changed) return report_of(changed.error());
  call.backend.tokens.forget_cached();
  return json_response(200, user_json(*changed));
}

Answer change_password(const Call& call) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::string before, after;
  if (auto fault = take_needed(object, "old", before)) return std::move(*fault);
  if (auto fault = take_needed(object, "new", after)) return std::move(*fault);
  auto tokens = take_tokens(object, auth::Accounts::Tokens::kStay);
  if (auto* report = std::get_if<ProblemReport>(&tokens)) return std::move(*report);
  if (auto fault = refuse_rest(object)) return std::move(*fault);
  if (auto fault = fault_of_password(call, before, "/old")) return std::move(*fault);
  Status changed =
      call.backend.door->accounts.set_password(call.session->user,
                                               after,
                                               call.session->session.id,
                                               call.actor(),
                                               std::get<auth::Accounts::Tokens>(tokens));
  call.backend.tokens.forget_cached();
  if (!changed) return member_report(changed.error(), "/new");
  return json_response(200, {{"is_done", true}});
}

Answer list_sessions(const Call& call) {
  auth::Door& door = *call.backend.door;
  auto sessions = door.people.sessions(call.session->user.id, call.backend.clock.now());
  if (!sessions) return report_of(sessions.error());
  Json items = Json::array();
  for (const storage::SessionRow& session : *sessions) {
    if (door.sessions.idle_end(session) <= call.backend.clock.now()) continue;
    items.push_back({{"id", session.id},
                     {"created", iso_instant(session.created)},
                     {"last_seen", iso_instant(session.last_seen)},
                     {"expires", iso_instant(session.expires)},
                     {"address", session.address},
                     {"agent", session.agent},
                     {"is_this", session.id == call.session->session.id}});
  }
  return tagged_response(call, {{"items", std::move(items)}});
}

Answer end_session(const Call& call) {
  auth::Door& door = *call.backend.door;
  Status ended = door.people.end_session(call.session->user.id, call.parameter("id"));
  if (!ended) return report_of(ended.error());
  Status noted = door.accounts.note("sign-out", call.actor(), call.session->user.name);
  if (!noted) return report_of(noted.error());
  return json_response(200, {{"ended", 1}});
}

Answer end_all_sessions(const Call& call) {
  auth::Door& door = *call.backend.door;
  auto ended = door.people.end_sessions(call.session->user.id);
  if (!ended) return report_of(ended.error());
  Status noted = door.accounts.note("sign-out-everywhere", call.actor(), call.session->user.name);
  if (!noted) return report_of(noted.error());
  http::Response response = json_response(200, {{"ended", *ended}});
  response.headers.add("Set-Cookie", no_session_cookie(call.request));
  return response;
}

Answer begin_second_factor(const Call& call) {
  if (auto fault = take_proof(call)) return std::move(*fault);
  if (!call.session->user.totp_secret.empty()) {
    return ProblemReport{.status = 409,
                         .detail = "there is a second factor already; remove it first"};
  }
  auto begun = call.backend.door->factor.begin(call.session->user);
  if (!begun) return report_of(begun.error());
  return json_response(200, {{"secret", begun->secret}, {"uri", begun->uri}});
}

Answer finish_second_factor(const Call& call) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::string code;
  if (auto fault = take_needed(object, "code", code)) return std::move(*fault);
  if (auto fault = refuse_rest(object)) return std::move(*fault);
  return codes_answer(
      call, call.backend.door->factor.finish(call.session->user, code), "second-factor-on");
}

Answer remove_second_factor(const Call& call) {
  if (auto fault = take_proof(call)) return std::move(*fault);
  auth::Door& door = *call.backend.door;
  Status removed = door.people.remove_totp(call.session->user.id);
  if (!removed) return report_of(removed.error());
  Status noted = door.accounts.note("second-factor-off", call.actor(), call.session->user.name);
  if (!noted) return report_of(noted.error());
  return json_response(200, {{"is_done", true}});
}

Answer renew_recovery_codes(const Call& call) {
  if (auto fault = take_proof(call)) return std::move(*fault);
  return codes_answer(
      call, call.backend.door->factor.renew_codes(call.session->user), "recovery-codes-renewed");
}

}  // namespace stet::api
