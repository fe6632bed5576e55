// The rows of the table that are about people.

#include <array>

#include "api/routes/people.h"
#include "api/routes/route_table.h"

namespace stet::api {
namespace {

enum class For {
  kAnybody,  // without any token or session
  kAny,      // whoever is known
  kPerson,   // who is signed in
  kAdmin,
};

struct Row {
  std::string_view method, end;
  Run run;
  std::string_view id, summary;
  std::string_view request_schema;  // "": no body
  std::string_view response_schema;
  For who = For::kPerson;
  int status = 200;
  bool has_secret = false;
  bool takes_password = false;
};

constexpr std::array kAuditQuery = std::to_array<QueryParameter>({
    {"kind", "string", "sign-in, sign-in-failed, user-changed, token-created ...; else all"},
    {"actor", "string", "what this user has done, by name; a token, by its id"},
    {"subject", "string", "what was done to this user, by name; to a token, by its id"},
    {"limit", "integer", "lines in one answer: 1 to 500, else 50"},
    {"cursor", "string", "where the last answer ended: its next"},
});

// clang-format off
const std::array kRows = std::to_array<Row>({
    {"POST", "/session", sign_in, "sign_in", "Signs in: a cookie, and the token that goes with it",
     "SignIn", "Session", For::kAnybody, 201, true, true},
    {"GET", "/session", read_session, "session", "Who is signed in here", "", "Session",
     For::kPerson, 200, true},
    {"DELETE", "/session", sign_out, "sign_out", "Signs out here", "", "Ended"},
    {"POST", "/password-reset", use_reset, "use_reset",
     "Sets a password, once, by the secret that an admin has handed over",
     "ResetUse", "Done", For::kAnybody, 200, true},
    {"GET", "/account", read_account, "account", "Who asks, and what they may", "", "Account",
     For::kAny},
    {"PATCH", "/account", patch_account, "patch_account", "Changes how one's commits are signed",
     "AccountPatch", "User"},
    {"PUT", "/account/password", change_password, "change_password",
     "Another password; signs out everywhere else", "PasswordChange", "Done", For::kPerson, 200,
     true, true},
    {"GET", "/account/sessions", list_sessions, "list_sessions", "Where one is signed in", "",
     "SessionList"},
    {"DELETE", "/account/sessions", end_all_sessions, "sign_out_everywhere",
     "Signs out everywhere, here too", "", "Ended"},
    {"DELETE", "/account/sessions/{id}", end_session, "end_session", "Signs out there", "",
     "Ended"},
    {"POST", "/account/second-factor", begin_second_factor, "begin_second_factor",
     "A secret for an authenticator; it is asked for once a code has shown that it is there",
     "PasswordProof", "Enrolment", For::kPerson, 200, true, true},
    {"PUT", "/account/second-factor", finish_second_factor, "finish_second_factor",
     "Switches the second factor on; recovery codes are shown this once", "CodeProof",
     "RecoveryCodes", For::kPerson, 200, true},
    {"POST", "/account/second-factor/removal", remove_second_factor, "remove_second_factor",
     "Switches the second factor off", "PasswordProof", "Done", For::kPerson, 200, true, true},
    {"POST", "/account/recovery-codes", renew_recovery_codes, "renew_recovery_codes",
     "New recovery codes, in place of the old", "PasswordProof", "RecoveryCodes", For::kPerson, 200,
     true, true},
    {"GET", "/account/tokens", list_own_tokens, "list_own_tokens", "One's own tokens", "",
     "TokenList"},
    {"POST", "/account/tokens", create_own_token, "create_own_token",
     "A token that may what its scopes and one's role both allow; it is shown this once",
     "TokenNew", "TokenWithSecret", For::kPerson, 201, true},
    {"DELETE", "/account/tokens/{id}", revoke_own_token, "revoke_own_token",
     "Revokes one of one's own tokens", "", "Done"},
    {"GET", "/tokens", list_tokens, "list_tokens", "Everybody's tokens, and the server's own", "",
     "TokenList", For::kAdmin},
    {"DELETE", "/tokens/{id}", revoke_token, "revoke_token", "Revokes anybody's token", "", "Done",
     For::kAdmin},
    {"GET", "/users", list_users, "list_users", "Everybody, by name", "", "UserList", For::kAdmin},
    {"POST", "/users", create_user, "create_user", "A new user, without a password yet", "UserNew",
     "User", For::kAdmin, 201},
    {"GET", "/users/{id}", read_user, "read_user", "Reads a user", "", "User", For::kAdmin},
    {"PATCH", "/users/{id}", patch_user, "patch_user",
     "Changes a user's role and addresses; disables them, and enables them again", "UserPatch",
     "User", For::kAdmin},
    {"POST", "/users/{id}/reset", reset_user, "reset_user",
     "A secret by which the user sets a password once, within a day", "", "Reset", For::kAdmin, 201,
     true},
    {"DELETE", "/users/{id}/second-factor", remove_user_second_factor, "remove_user_second_factor",
     "Switches a user's second factor off, where it is lost", "", "Done", For::kAdmin},
    {"DELETE", "/users/{id}/sessions", end_user_sessions, "end_user_sessions",
     "Signs a user out everywhere", "", "Ended", For::kAdmin},
    {"GET", "/audit", read_audit, "audit", "Who has signed in, and what was done to whose rights",
     "", "Audit", For::kAdmin},
});
// clang-format on

}  // namespace

void add_people_routes(std::vector<Route>& table) {
  for (const Row& row : kRows) {
    Route route;
    route.method = row.method;
    route.pattern = std::string(kApiRoot) + std::string(row.end);
    route.run = row.run;
    if (row.who == For::kAdmin) route.scope = auth::Scope::kAdmin;
    route.id = row.id;
    route.summary = row.summary;
    if (!row.request_schema.empty()) {
      route.request_type = row.method == "PATCH" ? kMergePatchType : kJsonType;
      route.request_schema = row.request_schema;
    }
    route.response_schema = row.response_schema;
    route.status = row.status;
    if (row.id == "audit") route.query = kAuditQuery;
    route.is_anonymous = row.who == For::kAnybody;
    route.needs_session = row.who == For::kPerson;
    route.has_secret = row.has_secret;
    route.takes_password = row.takes_password;
    table.push_back(std::move(route));
  }
}

}  // namespace stet::api
