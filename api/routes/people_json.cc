#include "api/routes/people_json.h"

#include "storage/base/time.h"

namespace stet::api {
namespace {

using document::Data;

Json instant_json(const std::optional<Instant>& instant) {
  return instant ? Json(iso_instant(*instant)) : Json(nullptr);
}

Json names_json(std::string_view names) {
  Json list = Json::array();
  while (!names.empty()) {
    std::size_t blank = names.find(' ');
    list.push_back(names.substr(0, blank));
    names.remove_prefix(blank == names.npos ? names.size() : blank + 1);
  }
  return list;
}

Json rights_json(const auth::Rights& rights) {
  Json list = Json::array();
  for (const auth::RoleRow& row : auth::role_table()) {
    if (row.role != auth::Role::kAdmin) continue;  // every area once
    for (auth::Action action :
         {auth::Action::kRead, auth::Action::kWrite, auth::Action::kPropose}) {
      list.push_back({{"area", auth::name_of(row.area)},
                      {"action", auth::name_of(action)},
                      {"reach", auth::name_of(rights.reach(row.area, action))}});
    }
  }
  return list;
}

}  // namespace

Json user_json(const storage::UserRow& user) {
  return {{"id", user.id},
          {"self", std::string("/api/v1/users/") + user.id},
          {"name", user.name},
          {"mail", user.mail},
          {"commit_name", user.commit_name},
          {"commit_mail", user.commit_mail},
          {"role", user.role},
          {"is_disabled", user.disabled.has_value()},
          {"has_password", !user.password.empty()},
          {"has_second_factor", !user.totp_secret.empty()},
          {"created", iso_instant(user.created)},
          {"last_sign_in", instant_json(user.last_sign_in)}};
}

Json token_json(const storage::TokenRow& token) {
  return {{"id", token.id},
          {"name", token.name},
          {"scopes", names_json(token.scopes)},
          {"user", token.owner ? Json(token.owner->name) : Json(nullptr)},
          {"created", iso_instant(token.created)},
          {"expires", instant_json(token.expires)},
          {"last_used", instant_json(token.last_used)},
          {"revoked", instant_json(token.revoked)}};
}

Json identities_json(const std::vector<storage::IdentityRow>& identities) {
  Json list = Json::array();
  for (const storage::IdentityRow& identity : identities) {
    list.push_back({{"id", identity.id},
                    {"provider", identity.provider},
                    {"issuer", identity.issuer},
                    {"subject", identity.subject},
                    {"mail", identity.mail},
                    {"bound", iso_instant(identity.bound)},
                    {"last_used", iso_instant(identity.last_used)}});
  }
  return list;
}

std::variant<Json, ProblemReport> account_json(const Call& call) {
  const auth::Principal& principal = call.principal;
  const auth::Rights& rights = principal.rights;
  Json json = {{"kind", call.session ? "session" : "token"},
               {"name", principal.name},
               {"role", rights.role ? Json(auth::name_of(*rights.role)) : Json(nullptr)},
               {"commit_name", principal.commit_name},
               {"commit_mail", principal.commit_email},
               {"rights", rights_json(rights)},
               {"limits", {{"upload_bytes", call.backend.media.file_bytes_max}}}};
  if (!call.session) json["scopes"] = names_json(rights.scopes.string());
  json["user"] = nullptr;
  if (principal.user_id.empty() || !call.backend.door) return json;
  auto user = call.backend.door->people.find(principal.user_id);
  if (!user) return report_of(user.error());
  json["user"] = user_json(*user);
  auto codes = call.backend.door->people.recovery_codes(user->id);
  if (!codes) return report_of(codes.error());
  json["recovery_codes"] = *codes;
  auto identities = call.backend.door->people.identities(user->id);
  if (!identities) return report_of(identities.error());
  json["identities"] = identities_json(*identities);
  return json;
}

Json session_json(const Call& call, const auth::SignedIn& session) {
  return {{"id", session.session.id},
          {"user", user_json(session.user)},
          {"csrf", session.csrf},
          {"expires", iso_instant(session.session.expires)},
          {"idle_until", iso_instant(call.backend.door->sessions.idle_end(session.session))}};
}

std::variant<storage::UserRow, ProblemReport> user_in_path(const Call& call) {
  if (!call.backend.door) return ProblemReport{.status = 503, .detail = "there are no users here"};
  auto user = call.backend.door->people.find(call.parameter("id"));
  if (!user) return report_of(user.error());
  return *std::move(user);
}

std::variant<Data, ProblemReport> object_of(const Call& call) {
  auto json = json_of(call);
  if (std::holds_alternative<Data>(json) && !std::get<Data>(json).map()) {
    return field_report("", "the request is an object");
  }
  return json;
}

Fault take_needed(Data::Map& object, std::string_view key, std::string& text) {
  std::optional<std::string> given;
  if (auto fault = take_text(object, key, given)) return fault;
  if (!given) return field_report("/" + std::string(key), std::string(key) + " is needed");
  text = *std::move(given);
  return std::nullopt;
}

ProblemReport too_many(std::int64_t wait_seconds) {
  std::string seconds = std::to_string(wait_seconds);
  ProblemReport report{.status = 429,
                       .detail = "there were too many wrong passwords; wait " + seconds +
                                 (wait_seconds == 1 ? " second" : " seconds")};
  report.headers.add("Retry-After", seconds);
  return report;
}

namespace {

constexpr char kCodeNeeded[] = "the code of your second factor is needed, or a recovery code";

Fault fault_of_proof(const Result<auth::SignInAnswer>& answer,
                     std::string pointer,
                     const char* wrong) {
  if (!answer) return report_of(answer.error());
  switch (answer->outcome) {
    case auth::SignInOutcome::kRight: return std::nullopt;
    case auth::SignInOutcome::kTooMany: return too_many(answer->wait_seconds);
    case auth::SignInOutcome::kCodeNeeded: return field_report("/code", kCodeNeeded);
    case auth::SignInOutcome::kWrong: break;
  }
  return field_report(std::move(pointer), wrong);
}

}  // namespace

Fault fault_of_password(const Call& call,
                        std::string_view password,
                        std::string_view pointer,
                        std::optional<std::string_view> code) {
  const storage::UserRow& user = call.session->user;
  auto answer = call.backend.door->sign_in.confirm(user, password, call.request.peer_address, code);
  bool has_code = code && !code->empty() && !user.totp_secret.empty();
  return fault_of_proof(answer,
                        std::string(pointer),
                        has_code ? "this is not your password, or the code is wrong or was used"
                                 : "this is not your password");
}

Fault fault_of_code(const Call& call, std::string_view code) {
  const storage::UserRow& user = call.session->user;
  if (user.totp_secret.empty()) return std::nullopt;
  if (code.empty()) return field_report("/code", kCodeNeeded);
  auto answer = call.backend.door->sign_in.prove_code(user, code, call.request.peer_address);
  return fault_of_proof(answer, "/code", "the code is wrong, or was used");
}

std::variant<auth::Accounts::Tokens, ProblemReport> take_tokens(Data::Map& object,
                                                                auth::Accounts::Tokens otherwise) {
  const Data* given = object.find("revoke_tokens");
  if (!given) return otherwise;
  if (!given->boolean()) return field_report("/revoke_tokens", "true or false");
  auto tokens = *given->boolean() ? auth::Accounts::Tokens::kEnd : auth::Accounts::Tokens::kStay;
  object.erase("revoke_tokens");
  return tokens;
}

ProblemReport member_report(const Error& error, std::string_view pointer) {
  if (error.code != ErrorCode::kInvalidInput) return report_of(error);
  return field_report(std::string(pointer), error.message);
}

Json strings_json(const std::vector<std::string>& strings) {
  Json list = Json::array();
  for (const std::string& text : strings) list.push_back(text);
  return list;
}

}  // namespace stet::api
