// People, sessions and tokens as JSON, and what their routes have in common. No secret is ever
// shown, but once by the route that makes it. Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/auth/door.h"
#include "api/routes/call.h"
#include "api/routes/request_json.h"
#include "storage/sqlite/ledger.h"

namespace stet::api {

Json user_json(const storage::UserRow& user);
Json token_json(const storage::TokenRow& token);
Json identities_json(const std::vector<storage::IdentityRow>& identities);
// Who asks, and what they may: the rows of the table of roles, as far as they reach.
std::variant<Json, ProblemReport> account_json(const Call& call);

// The session's own view of itself: who, until when, and the token for X-CSRF-Token.
Json session_json(const Call& call, const auth::SignedIn& session);

// Whom the path names by their id.
std::variant<storage::UserRow, ProblemReport> user_in_path(const Call& call);

// The request's object.
std::variant<document::Data, ProblemReport> object_of(const Call& call);

// Text that must be there.
Fault take_needed(document::Data::Map& object, std::string_view key, std::string& text);

// Of one who is signed in: that the password is theirs, once more. 422 at `pointer`, or 429.
// `code`: of the second factor, which is asked for where they have one; "": 422 at /code.
Fault fault_of_password(const Call& call,
                        std::string_view password,
                        std::string_view pointer,
                        std::optional<std::string_view> code = std::nullopt);
// Likewise of who has no password, and perhaps a second factor.
Fault fault_of_code(const Call& call, std::string_view code);

// `revoke_tokens`, true or false: what becomes of the user's tokens with the old password.
std::variant<auth::Accounts::Tokens, ProblemReport> take_tokens(document::Data::Map& object,
                                                                auth::Accounts::Tokens otherwise);

// 429, with Retry-After.
ProblemReport too_many(std::int64_t wait_seconds);

// Of an error that is about one member of the request; others as they are.
ProblemReport member_report(const Error& error, std::string_view pointer);

Json strings_json(const std::vector<std::string>& strings);

}  // namespace stet::api
