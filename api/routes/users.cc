#include <charconv>

#include "api/auth/audit_kinds.h"
#include "api/events/presence.h"
#include "api/routes/people.h"
#include "api/routes/people_json.h"
#include "api/routes/reset_page.h"
#include "storage/base/time.h"

namespace stet::api {
namespace {

using document::Data;

constexpr std::size_t kAuditShown = 50, kAuditMax = 500;

Fault take_role(Data::Map& object, std::optional<auth::Role>& role) {
  std::optional<std::string> name;
  if (auto fault = take_text(object, "role", name)) return fault;
  if (!name) return std::nullopt;
  auto parsed = auth::parse_role(*name);
  if (!parsed) return field_report("/role", parsed.error().message);
  role = *parsed;
  return std::nullopt;
}

Fault take_disabled(Data::Map& object, std::optional<bool>& is_disabled) {
  const Data* given = object.find("is_disabled");
  if (!given) return std::nullopt;
  if (!given->boolean()) return field_report("/is_disabled", "true or false");
  is_disabled = *given->boolean();
  object.erase("is_disabled");
  return std::nullopt;
}

Fault take_user(const Call& call, auth::NewUser& user) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::optional<auth::Role> role;
  std::optional<std::string> commit_name, commit_mail;
  if (auto fault = take_needed(object, "name", user.name)) return fault;
  if (auto fault = take_needed(object, "mail", user.mail)) return fault;
  if (auto fault = take_role(object, role)) return fault;
  if (auto fault = take_text(object, "commit_name", commit_name)) return fault;
  if (auto fault = take_text(object, "commit_mail", commit_mail)) return fault;
  if (!role) return field_report("/role", "role is needed");
  user.role = *role;
  user.commit_name = commit_name.value_or("");
  user.commit_mail = commit_mail.value_or("");
  return refuse_rest(object);
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

Json audit_json(const storage::AuditRow& row) {
  return {{"number", row.number},
          {"at", iso_instant(row.at)},
          {"kind", row.kind},
          {"actor", row.actor},
          {"subject", row.subject},
          {"address", row.address},
          {"detail", row.detail}};
}

// Nobody has anything open any more who is no user any more.
void close_all_of(const Backend& backend, const std::string& user) {
  if (!backend.presence) return;
  for (const events::Presence::Lease& lease : backend.presence->list("")) {
    if (lease.opened.user != user) continue;
    // Another may have been faster.
    (void)backend.presence->leave(lease.opened.principal, lease.id);
  }
}

}  // namespace

Answer list_users(const Call& call) {
  if (!call.backend.door) return tagged_response(call, {{"items", Json::array()}});
  auto users = call.backend.door->people.users();
  if (!users) return report_of(users.error());
  Json items = Json::array();
  for (const storage::UserRow& user : *users) items.push_back(user_json(user));
  return tagged_response(call, {{"items", std::move(items)}});
}

Answer create_user(const Call& call) {
  auth::Door* door = call.backend.door;
  if (!door) return ProblemReport{.status = 503, .detail = "there are no users here"};
  auth::NewUser user;
  if (auto fault = take_user(call, user)) return std::move(*fault);
  auto users = door->people.users();
  if (!users) return report_of(users.error());
  if (users->size() >= kUsersMax) {
    return ProblemReport{.status = 409, .detail = "there are 1000 users, and no more can be"};
  }
  auto created = door->accounts.create(user, call.actor());
  if (!created) return report_of(created.error());
  Json shown = user_json(*created);
  http::Response response = json_response(201, shown);
  response.headers.add("Location", shown["self"].get<std::string>());
  return response;
}

Answer read_user(const Call& call) {
  auto user = user_in_path(call);
  if (auto* report = std::get_if<ProblemReport>(&user)) return *report;
  return tagged_response(call, user_json(std::get<storage::UserRow>(user)));
}

Answer patch_user(const Call& call) {
  auto user = user_in_path(call);
  if (auto* report = std::get_if<ProblemReport>(&user)) return *report;
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  auth::UserChange change;
  if (auto fault = take_text(object, "mail", change.mail)) return std::move(*fault);
  if (auto fault = take_text(object, "commit_name", change.commit_name)) return std::move(*fault);
  if (auto fault = take_text(object, "commit_mail", change.commit_mail)) return std::move(*fault);
  if (auto fault = take_role(object, change.role)) return std::move(*fault);
  if (auto fault = take_disabled(object, change.is_disabled)) return std::move(*fault);
  if (auto fault = refuse_rest(object)) return std::move(*fault);
  auto changed =
      call.backend.door->accounts.change(std::get<storage::UserRow>(user), change, call.actor());
  call.backend.tokens.forget_cached();
  if (!changed) return report_of(changed.error());
  return json_response(200, user_json(*changed));
}

Answer delete_user(const Call& call) {
  auto user = user_in_path(call);
  if (auto* report = std::get_if<ProblemReport>(&user)) return *report;
  const auto& row = std::get<storage::UserRow>(user);
  if (row.id == call.principal.user_id) {
    return ProblemReport{.status = 409,
                         .detail =
                             "nobody deletes themselves; another admin can, or `stet user "
                             "delete` on the server"};
  }
  Status removed = call.backend.door->accounts.remove(row, call.actor());
  call.backend.tokens.forget_cached();
  if (!removed) return report_of(removed.error());
  close_all_of(call.backend, row.name);
  return json_response(200, {{"is_done", true}});
}

Answer reset_user(const Call& call) {
  auto user = user_in_path(call);
  if (auto* report = std::get_if<ProblemReport>(&user)) return *report;
  auto reset =
      call.backend.door->accounts.make_reset(std::get<storage::UserRow>(user), call.actor());
  if (!reset) return report_of(reset.error());
  return json_response(201,
                       {{"secret", reset->secret},
                        {"link", ResetPage::address(call.backend, reset->secret)},
                        {"expires", iso_instant(reset->expires)}});
}

Answer remove_user_second_factor(const Call& call) {
  auto user = user_in_path(call);
  if (auto* report = std::get_if<ProblemReport>(&user)) return *report;
  const auto& row = std::get<storage::UserRow>(user);
  Status removed = call.backend.door->people.remove_totp(row.id);
  if (!removed) return report_of(removed.error());
  Status noted = call.backend.door->accounts.note("second-factor-off", call.actor(), row.name);
  if (!noted) return report_of(noted.error());
  return json_response(200, {{"is_done", true}});
}

Answer end_user_sessions(const Call& call) {
  auto user = user_in_path(call);
  if (auto* report = std::get_if<ProblemReport>(&user)) return *report;
  const auto& row = std::get<storage::UserRow>(user);
  auto ended = call.backend.door->people.end_sessions(row.id);
  if (!ended) return report_of(ended.error());
  Status noted = call.backend.door->accounts.note("sign-out-everywhere", call.actor(), row.name);
  if (!noted) return report_of(noted.error());
  return json_response(200, {{"ended", *ended}});
}

Answer read_audit(const Call& call) {
  if (!call.backend.door) return ProblemReport{.status = 503, .detail = "there is no log here"};
  auto limit = limit_of(call, kAuditShown, kAuditMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  storage::People::AuditQuery query;
  query.kind = call.request.query_value("kind").value_or("");
  if (!query.kind.empty() && !auth::is_audit_kind(query.kind)) {
    return bad_query("kind",
                     "the log has no lines of the kind '" + query.kind + "'; there are " +
                         auth::audit_kinds_text());
  }
  query.actor = call.request.query_value("actor").value_or("");
  query.subject = call.request.query_value("subject").value_or("");
  if (auto cursor = call.request.query_value("cursor")) {
    auto number = number_of(*cursor);
    if (!number) return bad_query("cursor", "this is no cursor of the log");
    query.before = *number;
  }
  std::size_t wanted = std::get<std::size_t>(limit);
  // One more than is shown says whether there is a next page.
  query.rows_max = static_cast<std::int64_t>(wanted) + 1;
  auto rows = call.backend.door->people.audit(query);
  if (!rows) return report_of(rows.error());
  bool has_more = rows->size() > wanted;
  if (has_more) rows->pop_back();
  Json items = Json::array();
  for (const storage::AuditRow& row : *rows) items.push_back(audit_json(row));
  Json next = has_more ? Json(std::to_string(rows->back().number)) : Json(nullptr);
  http::Response response = tagged_response(call, {{"items", std::move(items)}, {"next", next}});
  if (has_more && response.status == 200) {
    std::string url = url_with_cursor(call, next.get<std::string>());
    response.headers.add("Link", "<" + url + ">; rel=\"next\"");
  }
  return response;
}

}  // namespace stet::api
