#include "api/routes/people.h"
#include "api/routes/people_json.h"

namespace stet::api {
namespace {

Answer unbind(const Call& call,
              const storage::UserRow& user,
              std::string_view identity,
              std::string_view kept_session) {
  auth::Door& door = *call.backend.door;
  Status unbound = door.people.unbind_identity(user.id, identity, kept_session);
  if (!unbound) return report_of(unbound.error());
  Status noted =
      door.accounts.note("identity-unbound", call.actor(), user.name, std::string(identity));
  if (!noted) return report_of(noted.error());
  return json_response(200, {{"is_done", true}});
}

}  // namespace

Answer unbind_own_identity(const Call& call) {
  return unbind(call, call.session->user, call.parameter("id"), call.session->session.id);
}

Answer list_user_identities(const Call& call) {
  auto user = user_in_path(call);
  if (auto* report = std::get_if<ProblemReport>(&user)) return *report;
  auto identities = call.backend.door->people.identities(std::get<storage::UserRow>(user).id);
  if (!identities) return report_of(identities.error());
  return tagged_response(call, {{"items", identities_json(*identities)}});
}

Answer unbind_user_identity(const Call& call) {
  auto user = user_in_path(call);
  if (auto* report = std::get_if<ProblemReport>(&user)) return *report;
  return unbind(call, std::get<storage::UserRow>(user), call.parameter("identity"), "");
}

}  // namespace stet::api
