#include "api/auth/accounts.h"

#include <array>
#include <cassert>

#include "api/auth/audit_kinds.h"
#include "api/auth/names.h"
#include "api/auth/password_rules.h"
#include "storage/base/base64.h"

namespace stet::auth {
namespace {

constexpr std::size_t kIdBytes = 8, kSecretBytes = 32;
constexpr char kTokensRevoked[] = "tokens revoked";

Status check(const storage::UserRow& user) {
  TRY(check_user_name(user.name));
  TRY(check_mail(user.mail));
  TRY(check_mail(user.commit_mail));
  return check_commit_name(user.commit_name);
}

// What was taken once is no reason to refuse another change.
Status check_change(const storage::UserRow& before, const storage::UserRow& user) {
  if (before.mail != user.mail) TRY(check_mail(user.mail));
  if (before.commit_mail != user.commit_mail) TRY(check_mail(user.commit_mail));
  return before.commit_name == user.commit_name ? Status() : check_commit_name(user.commit_name);
}

void add_line(std::string& text,
              std::string_view what,
              const std::string& before,
              const std::string& after) {
  if (before == after) return;
  text.append(text.empty() ? "" : "; ").append(what).append(": ");
  text += before + " -> " + after;
}

}  // namespace

Status Accounts::note(std::string kind,
                      const Actor& actor,
                      std::string subject,
                      std::string detail) {
  assert(is_audit_kind(kind));
  return people_.note({.number = 0,
                       .at = clock_.now(),
                       .kind = std::move(kind),
                       .actor = actor.name,
                       .subject = std::move(subject),
                       .address = actor.address,
                       .detail = std::move(detail)});
}

Result<storage::UserRow> Accounts::create(const NewUser& user, const Actor& actor) {
  std::array<std::uint8_t, kIdBytes> id;
  random_.fill(id);
  storage::UserRow row;
  row.id = encode_hex(id);
  row.name = user.name;
  row.mail = user.mail;
  row.commit_name = user.commit_name.empty() ? user.name : user.commit_name;
  row.commit_mail = user.commit_mail.empty() ? user.mail : user.commit_mail;
  row.role = name_of(user.role);
  row.created = clock_.now();
  TRY(check(row));
  TRY(people_.add(row));
  TRY(note("user-created", actor, row.name, "role: " + row.role));
  return row;
}

Result<storage::UserRow> Accounts::change(storage::UserRow user,
                                          const UserChange& change,
                                          const Actor& actor) {
  const storage::UserRow before = user;
  user.mail = change.mail.value_or(user.mail);
  user.commit_name = change.commit_name.value_or(user.commit_name);
  user.commit_mail = change.commit_mail.value_or(user.commit_mail);
  if (change.role) user.role = name_of(*change.role);
  if (change.is_disabled && *change.is_disabled != user.disabled.has_value()) {
    user.disabled = *change.is_disabled ? std::optional(clock_.now()) : std::nullopt;
  }
  if (user == before) return user;
  TRY(check_change(before, user));
  std::string detail;
  add_line(detail, "mail", before.mail, user.mail);
  add_line(detail, "commit name", before.commit_name, user.commit_name);
  add_line(detail, "commit mail", before.commit_mail, user.commit_mail);
  add_line(detail, "role", before.role, user.role);
  Status changed = people_.change(user);
  if (!changed && changed.error().code == ErrorCode::kConflict) {
    TRY(note("user-change-refused", actor, user.name, detail));
  }
  TRY(std::move(changed));
  if (!detail.empty()) TRY(note("user-changed", actor, user.name, detail));
  if (before.disabled != user.disabled) {
    TRY(note(user.disabled ? "user-disabled" : "user-enabled", actor, user.name));
  }
  return user;
}

Status Accounts::remove(const storage::UserRow& user, const Actor& actor) {
  Status removed = people_.remove(user.id, clock_.now());
  if (!removed && removed.error().code == ErrorCode::kConflict) {
    TRY(note("user-change-refused", actor, user.name, "deletion"));
  }
  TRY(std::move(removed));
  return note("user-deleted", actor, user.name, "role: " + user.role);
}

Status Accounts::set_password(const storage::UserRow& user,
                              std::string_view password,
                              std::string_view kept_session,
                              const Actor& actor,
                              Tokens tokens) {
  TRY(check_password(password, user.name, user.mail));
  const bool is_of_tokens = tokens == Tokens::kEnd;
  auto end = is_of_tokens ? std::optional(clock_.now()) : std::nullopt;
  TRY(people_.set_password(user.id, TRY(hasher_.hash(password)), kept_session, end));
  return note("password-changed", actor, user.name, is_of_tokens ? kTokensRevoked : "");
}

Result<Accounts::Reset> Accounts::make_reset(const storage::UserRow& user, const Actor& actor) {
  if (user.disabled) return conflict("'" + user.name + "' is disabled");
  std::array<std::uint8_t, kSecretBytes> secret;
  random_.fill(secret);
  Reset reset{std::string(kResetPrefix) + encode_base64url(secret),
              {clock_.now().seconds + kResetSeconds}};
  TRY(people_.add_reset(user.id, content_hash(reset.secret), reset.expires));
  TRY(note("password-reset-issued", actor, user.name));
  return reset;
}

Status Accounts::use_reset(std::string_view secret,
                           std::string_view password,
                           std::string_view address,
                           Tokens tokens) {
  const Error unknown = not_found("this secret is unknown, was used, or has expired");
  ContentHash hash = content_hash(secret);
  auto user = people_.find_reset(hash, clock_.now());
  if (!user) return user.error().code == ErrorCode::kNotFound ? unknown : user.error();
  TRY(check_password(password, user->name, user->mail));
  std::string kept = TRY(hasher_.hash(password));
  const bool is_of_tokens = tokens == Tokens::kEnd;
  if (!TRY(people_.use_reset(hash, clock_.now(), kept, is_of_tokens))) return unknown;
  return note("password-reset-used",
              {user->name, std::string(address)},
              user->name,
              is_of_tokens ? kTokensRevoked : "");
}

}  // namespace stet::auth
