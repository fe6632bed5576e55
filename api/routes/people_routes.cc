// The rows of the table that are about people.

#include <array>

#include "api/routes/people.h"
#include "api/routes/route_row.h"
#include "api/routes/route_table.h"

namespace stet::api {
namespace {

constexpr std::array kAuditQuery = std::to_array<QueryParameter>({
    {"kind",
     "string",
     "one kind of lines: sign-in, user-changed, token-created ...; else all. Of another "
     "word the answer has those that there are"},
    {"actor", "string", "what this user has done, by name; a token, by its id"},
    {"subject", "string", "what was done to this user, by name; to a token, by its id"},
    {"limit", "integer", "lines in one answer: 1 to 500, else 50"},
    {"cursor", "string", "where the last answer ended: its next"},
});

constexpr std::array kReturnQuery = std::to_array<QueryParameter>({
    {"state", "string", "as it was sent"},
    {"code", "string", "of the provider; else there is an error"},
    {"error", "string", "of the provider, as RFC 6749 has them"},
    {"iss", "string", "the provider itself (RFC 9207)"},
});

// clang-format off
const std::array kRows = std::to_array<RouteRow>({
    {"POST", "/session", sign_in, "sign_in", "Signs in: a cookie, and the token that goes with it",
     "SignIn", "Session", For::kAnybody,
     {.status = 201, .has_secret = true, .takes_password = true}},
    {"GET", "/session", read_session, "session", "Who is signed in here", "", "Session",
     For::kPerson, {.has_secret = true}},
    {"DELETE", "/session", sign_out, "sign_out", "Signs out here", "", "Ended"},
    {"GET", "/session/providers", list_providers, "list_providers",
     "By whom one may sign in, beside a password", "", "ProviderList", For::kAnybody},
    {"POST", "/session/providers/{id}", begin_at_provider, "begin_at_provider",
     "Begins to sign in by a provider: where to send the browser", "ProviderSignIn",
     "ProviderSignInBegun", For::kAnybody, {.status = 201, .has_secret = true}},
    {"GET", "/session/providers/{id}/callback", finish_at_provider, "finish_at_provider",
     "Where the provider sends the browser back to: a page that goes on to return_to, with sign_in="
     "code where POST /session/second-factor is to follow, and sign_in_error=<word> where nobody "
     "has come in", "", "", For::kAnybody,
     {.query = kReturnQuery, .response_type = "text/html", .is_return_address = true}},
    {"POST", "/session/second-factor", prove_second_factor, "prove_second_factor",
     "Signs in who has come back from a provider and has a second factor", "CodeProof", "Session",
     For::kAnybody, {.status = 201, .has_secret = true, .takes_password = true}},
    {"POST", "/password-reset", use_reset, "use_reset",
     "Sets a password, once, by the secret that an admin has handed over",
     "ResetUse", "Done", For::kAnybody, {.has_secret = true}},
    {"GET", "/account", read_account, "account", "Who asks, and what they may", "", "Account",
     For::kAny},
    {"PATCH", "/account", patch_account, "patch_account", "Changes how one's commits are signed",
     "AccountPatch", "User"},
    {"PUT", "/account/password", change_password, "change_password",
     "Another password; signs out everywhere else", "PasswordChange", "Done", For::kPerson,
     {.has_secret = true, .takes_password = true}},
    {"GET", "/account/sessions", list_sessions, "list_sessions", "Where one is signed in", "",
     "SessionList"},
    {"DELETE", "/account/sessions", end_all_sessions, "sign_out_everywhere",
     "Signs out everywhere, here too", "", "Ended"},
    {"DELETE", "/account/sessions/{id}", end_session, "end_session", "Signs out there", "",
     "Ended"},
    {"DELETE", "/account/identities/{id}", unbind_own_identity, "unbind_own_identity",
     "A provider's identity is one's own no more; signs out everywhere else", "", "Done"},
    {"POST", "/account/second-factor", begin_second_factor, "begin_second_factor",
     "A secret for an authenticator; it is asked for once a code has shown that it is there",
     "PasswordProof", "Enrolment", For::kPerson, {.has_secret = true, .takes_password = true}},
    {"PUT", "/account/second-factor", finish_second_factor, "finish_second_factor",
     "Switches the second factor on; recovery codes are shown this once", "CodeProof",
     "RecoveryCodes", For::kPerson, {.has_secret = true}},
    {"POST", "/account/second-factor/removal", remove_second_factor, "remove_second_factor",
     "Switches the second factor off", "PasswordProof", "Done", For::kPerson,
     {.has_secret = true, .takes_password = true}},
    {"POST", "/account/recovery-codes", renew_recovery_codes, "renew_recovery_codes",
     "New recovery codes, in place of the old", "PasswordProof", "RecoveryCodes", For::kPerson,
     {.has_secret = true, .takes_password = true}},
    {"GET", "/account/tokens", list_own_tokens, "list_own_tokens", "One's own tokens", "",
     "TokenList"},
    {"POST", "/account/tokens", create_own_token, "create_own_token",
     "A token that may what its scopes and one's role both allow; it is shown this once",
     "TokenNew", "TokenWithSecret", For::kPerson, {.status = 201, .has_secret = true}},
    {"DELETE", "/account/tokens/{id}", revoke_own_token, "revoke_own_token",
     "Revokes one of one's own tokens", "", "Done"},
    {"GET", "/tokens", list_tokens, "list_tokens", "Everybody's tokens, and the server's own", "",
     "TokenList", For::kAdmin},
    {"DELETE", "/tokens/{id}", revoke_token, "revoke_token", "Revokes anybody's token", "", "Done",
     For::kAdmin},
    {"GET", "/users", list_users, "list_users", "Everybody, by name", "", "UserList", For::kAdmin},
    {"POST", "/users", create_user, "create_user", "A new user, without a password yet", "UserNew",
     "User", For::kAdmin, {.status = 201}},
    {"GET", "/users/{id}", read_user, "read_user", "Reads a user", "", "User", For::kAdmin},
    {"PATCH", "/users/{id}", patch_user, "patch_user",
     "Changes a user's role and addresses; disables them, and enables them again", "UserPatch",
     "User", For::kAdmin},
    {"DELETE", "/users/{id}", delete_user, "delete_user",
     "Deletes a user with all by which they come in; nobody else is ever called so. Not oneself, "
     "and not the last admin", "", "Done", For::kAdmin},
    {"POST", "/users/{id}/reset", reset_user, "reset_user",
     "A link by which the user sets a password once, within a day", "", "Reset", For::kAdmin,
     {.status = 201, .has_secret = true}},
    {"DELETE", "/users/{id}/second-factor", remove_user_second_factor, "remove_user_second_factor",
     "Switches a user's second factor off, where it is lost", "", "Done", For::kAdmin},
    {"GET", "/users/{id}/identities", list_user_identities, "list_user_identities",
     "As whom providers know a user", "", "IdentityList", For::kAdmin},
    {"DELETE", "/users/{id}/identities/{identity}", unbind_user_identity, "unbind_user_identity",
     "Frees a user from a provider's identity, and signs them out everywhere", "", "Done",
     For::kAdmin},
    {"DELETE", "/users/{id}/sessions", end_user_sessions, "end_user_sessions",
     "Signs a user out everywhere", "", "Ended", For::kAdmin},
    {"GET", "/audit", read_audit, "audit", "Who has signed in, and what was done to whose rights",
     "", "Audit", For::kAdmin, {.query = kAuditQuery}},
});
// clang-format on

}  // namespace

void add_people_routes(std::vector<Route>& table) { add_rows("", kRows, table); }

}  // namespace stet::api
