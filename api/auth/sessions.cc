#include "api/auth/sessions.h"

#include <algorithm>
#include <array>

#include "storage/base/base64.h"
#include "storage/base/utf8.h"

namespace stet::auth {
namespace {

constexpr std::size_t kSecretBytes = 32, kIdBytes = 8;

}  // namespace

std::string csrf_token(std::string_view secret) {
  return encode_base64url(hmac_sha256(secret, "csrf"));
}

Result<Principal> principal_of(const storage::UserRow& user, std::string_view session_id) {
  auto role = parse_role(user.role);
  if (!role) return internal("the ledger gives '" + user.name + "' a role that is not known");
  return Principal{.token_id = "",
                   .name = user.name,
                   .rights = {{Scope::kAdmin}, *role, user.name},
                   .commit_name = user.commit_name,
                   .commit_email = user.commit_mail,
                   .user_id = user.id,
                   .session_id = std::string(session_id)};
}

Result<NewSession> Sessions::begin(const storage::UserRow& user,
                                   std::string_view address,
                                   std::string_view agent) {
  std::array<std::uint8_t, kSecretBytes> secret;
  random_.fill(secret);
  std::array<std::uint8_t, kIdBytes> id;
  random_.fill(id);
  NewSession made{encode_base64url(secret), encode_hex(id), {}};
  storage::SessionRow row{.id = made.id,
                          .hash = content_hash(made.secret),
                          .user = user.id,
                          .created = clock_.now(),
                          .last_seen = clock_.now(),
                          .expires = {clock_.now().seconds + limits_.seconds_max},
                          .address = std::string(address),
                          .agent = printable(agent, kAgentBytesMax)};
  TRY(people_.forget_sessions_before(row.created));
  TRY(people_.add_session(row));
  made.expires = row.expires;
  return made;
}

Instant Sessions::idle_end(const storage::SessionRow& session) const {
  return {std::min(session.last_seen.seconds + limits_.idle_seconds, session.expires.seconds)};
}

Result<SignedIn> Sessions::find(std::string_view secret) {
  SignedIn found = TRY(look_at(secret));
  const Instant now = clock_.now();
  // One that fails is lost, not the request.
  if (now.seconds - found.session.last_seen.seconds >= kTouchSeconds) {
    static_cast<void>(people_.touch_session(found.session.id, now));
    found.session.last_seen = now;
  }
  return found;
}

Result<SignedIn> Sessions::look_at(std::string_view secret) const {
  auto found = TRY(people_.find_session(content_hash(secret)));
  if (idle_end(found.session) <= clock_.now() || found.user.disabled) {
    return not_found("there is no such session");
  }
  Principal principal = TRY(principal_of(found.user, found.session.id));
  return SignedIn{
      std::move(principal), std::move(found.user), std::move(found.session), csrf_token(secret)};
}

}  // namespace stet::auth
