// Signing in and out, by password and by others, one's own account, other people's accounts,
// tokens, and the log of rights.
//
// Threads: any. Limits: kUsersMax people, kTokensMax valid tokens of one person.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

inline constexpr std::size_t kUsersMax = auth::Accounts::kUsersMax;
inline constexpr std::size_t kTokensMax = 100;

// session.cc
Answer sign_in(const Call& call);
Answer read_session(const Call& call);
Answer sign_out(const Call& call);
Answer use_reset(const Call& call);  // a password, by the secret that an admin has handed over

// providers.cc: signing in by OpenID Connect
Answer list_providers(const Call& call);
Answer begin_at_provider(const Call& call);
Answer finish_at_provider(const Call& call);
Answer prove_second_factor(const Call& call);

// identities.cc: what providers are bound to whom
Answer unbind_own_identity(const Call& call);
Answer list_user_identities(const Call& call);
Answer unbind_user_identity(const Call& call);

// account.cc: of whoever asks
Answer read_account(const Call& call);
Answer patch_account(const Call& call);
Answer change_password(const Call& call);
Answer list_sessions(const Call& call);
Answer end_session(const Call& call);
Answer end_all_sessions(const Call& call);
Answer begin_second_factor(const Call& call);
Answer finish_second_factor(const Call& call);
Answer remove_second_factor(const Call& call);
Answer renew_recovery_codes(const Call& call);

// tokens.cc
Answer list_own_tokens(const Call& call);
Answer create_own_token(const Call& call);
Answer revoke_own_token(const Call& call);
Answer list_tokens(const Call& call);  // everybody's
Answer revoke_token(const Call& call);

// users.cc: for admins
Answer list_users(const Call& call);
Answer create_user(const Call& call);
Answer read_user(const Call& call);
Answer patch_user(const Call& call);
Answer delete_user(const Call& call);
Answer reset_user(const Call& call);
Answer remove_user_second_factor(const Call& call);
Answer end_user_sessions(const Call& call);
Answer read_audit(const Call& call);

}  // namespace stet::api
