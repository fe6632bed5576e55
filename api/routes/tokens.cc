#include <algorithm>

#include "api/routes/people.h"
#include "api/routes/people_json.h"

namespace stet::api {
namespace {

using document::Data;

constexpr std::int64_t kDaysMax = 3660;

Answer list_answer(const Call& call, const Result<std::vector<storage::TokenRow>>& tokens) {
  if (!tokens) return report_of(tokens.error());
  Json items = Json::array();
  for (const storage::TokenRow& token : *tokens) items.push_back(token_json(token));
  return tagged_response(call, {{"items", std::move(items)}});
}

// Whether the role lets anybody use the scope.
bool is_of_use(auth::Scope scope, const auth::Rights& rights) {
  for (const auth::RoleRow& row : auth::role_table()) {
    for (auth::Action action : {auth::Action::kRead, auth::Action::kWrite}) {
      if (auth::scope_of(row.area, action) == scope && rights.may(row.area, action)) return true;
    }
  }
  return false;
}

Fault take_scopes(Data::Map& object, const auth::Rights& rights, auth::ScopeSet& scopes) {
  const Data* given = object.find("scopes");
  if (!given || !given->list() || given->list()->empty()) {
    return field_report("/scopes", "scopes is a list of one at least");
  }
  for (std::size_t i = 0; i < given->list()->size(); ++i) {
    std::string at = "/scopes/" + std::to_string(i);
    const std::string* name = (*given->list())[i].string();
    auto parsed = auth::ScopeSet::parse(name ? *name : "");
    if (!parsed) return field_report(at, parsed.error().message);
    if (parsed->string() != *name) return field_report(at, "one scope for each item");
    for (auth::Scope scope : {auth::Scope::kContentRead,
                              auth::Scope::kPostsWrite,
                              auth::Scope::kScheduleWrite,
                              auth::Scope::kThemeWrite,
                              auth::Scope::kAdmin}) {
      if (auth::name_of(scope) != *name) continue;
      if (!is_of_use(scope, rights)) {
        return field_report(
            at, "your role, " + std::string(auth::name_of(*rights.role)) + ", has no use for this");
      }
      scopes.add(scope);
    }
  }
  object.erase("scopes");
  return std::nullopt;
}

Fault take_days(Data::Map& object, auth::NewToken& token) {
  const Data* days = object.find("days");
  if (!days) return std::nullopt;
  if (!days->integer() || *days->integer() < 1 || *days->integer() > kDaysMax) {
    return field_report("/days", "a number from 1 to 3660, until it expires");
  }
  token.lifetime_seconds = *days->integer() * 86'400;
  object.erase("days");
  return std::nullopt;
}

Fault fault_of_number(const Call& call) {
  auto tokens = call.backend.tokens.list_of(call.principal.user_id);
  if (!tokens) return report_of(tokens.error());
  auto valid = std::count_if(tokens->begin(), tokens->end(), [&](const storage::TokenRow& token) {
    return !token.revoked && (!token.expires || *token.expires > call.backend.clock.now());
  });
  if (valid < static_cast<std::ptrdiff_t>(kTokensMax)) return std::nullopt;
  return ProblemReport{.status = 409, .detail = "you have 100 tokens; revoke one first"};
}

Answer revoked(const Call& call, const Status& done) {
  if (!done) return report_of(done.error());
  Status noted = call.backend.door
                     ? call.backend.door->accounts.note(
                           "token-revoked", call.actor(), std::string(call.parameter("id")))
                     : Status();
  if (!noted) return report_of(noted.error());
  return json_response(200, {{"is_done", true}});
}

}  // namespace

Answer list_own_tokens(const Call& call) {
  return list_answer(call, call.backend.tokens.list_of(call.principal.user_id));
}

Answer create_own_token(const Call& call) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  auth::NewToken token;
  token.user = call.principal.user_id;
  if (auto fault = take_needed(object, "name", token.name)) return std::move(*fault);
  if (auto fault = take_scopes(object, call.principal.rights, token.scopes)) {
    return std::move(*fault);
  }
  if (auto fault = take_days(object, token)) return std::move(*fault);
  if (auto fault = refuse_rest(object)) return std::move(*fault);
  if (auto fault = fault_of_number(call)) return std::move(*fault);
  auto created = call.backend.tokens.create(token);
  if (!created) return member_report(created.error(), "/name");
  Status noted = call.backend.door->accounts.note(
      "token-created", call.actor(), created->id, "scopes: " + token.scopes.string());
  if (!noted) return report_of(noted.error());
  auto tokens = call.backend.tokens.list_of(token.user);
  if (!tokens) return report_of(tokens.error());
  auto made = std::find_if(tokens->begin(), tokens->end(), [&](const storage::TokenRow& one) {
    return one.id == created->id;
  });
  if (made == tokens->end()) return report_of(internal("the token that was made is not there"));
  Json shown = token_json(*made);
  shown["token"] = created->secret;
  return json_response(201, shown);
}

Answer revoke_own_token(const Call& call) {
  return revoked(call, call.backend.tokens.revoke_of(call.principal.user_id, call.parameter("id")));
}

Answer list_tokens(const Call& call) { return list_answer(call, call.backend.tokens.list()); }

Answer revoke_token(const Call& call) {
  return revoked(call, call.backend.tokens.revoke(call.parameter("id")));
}

}  // namespace stet::api
