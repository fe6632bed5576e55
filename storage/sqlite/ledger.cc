#include "storage/sqlite/ledger.h"

#include "storage/sqlite/digests.h"
#include "storage/sqlite/instants.h"
#include "storage/sqlite/ledger_schema.h"

namespace stet::storage {
namespace {

constexpr std::string_view kTokenColumns =
    "SELECT tokens.id, tokens.name, hash, scopes, tokens.created, expires, last_used, revoked, "
    "owner, users.name, role, commit_name, commit_mail, disabled "
    "FROM tokens LEFT JOIN users ON users.id = tokens.owner ";

TokenRow token_of(const Statement& row) {
  TokenRow token;
  token.id = row.text(0);
  token.name = row.text(1);
  token.hash = digest_of<32>(row.text(2));
  token.scopes = row.text(3);
  token.created = {row.integer(4)};
  token.expires = instant_of(row.integer_or_null(5));
  token.last_used = instant_of(row.integer_or_null(6));
  token.revoked = instant_of(row.integer_or_null(7));
  token.user = row.text(8);
  if (row.is_null(9)) return token;
  token.owner = TokenOwner{.name = row.text(9),
                           .role = row.text(10),
                           .commit_name = row.text(11),
                           .commit_mail = row.text(12),
                           .is_disabled = !row.is_null(13)};
  return token;
}

}  // namespace

Result<std::unique_ptr<Ledger>> Ledger::open(const std::filesystem::path& path) {
  Database database = TRY(open_ledger(path));
  return std::unique_ptr<Ledger>(new Ledger(std::move(database)));
}

Status Ledger::add_token(const TokenRow& token) {
  std::lock_guard lock(mutex_);
  Statement insert = TRY(database_.prepare(
      "INSERT INTO tokens (id, name, hash, scopes, created, expires, last_used, revoked, owner) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''))"));
  insert.bind(1, token.id).bind(2, token.name).bind_blob(3, bytes_of(token.hash));
  insert.bind(4, token.scopes).bind(5, token.created.seconds);
  insert.bind(6, seconds_of(token.expires)).bind(7, seconds_of(token.last_used));
  insert.bind(8, seconds_of(token.revoked)).bind(9, token.user);
  return insert.run();
}

Result<std::vector<TokenRow>> Ledger::tokens() {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(
      database_.prepare(std::string(kTokenColumns).append("ORDER BY tokens.created, tokens.id")));
  std::vector<TokenRow> tokens;
  while (TRY(rows.step())) tokens.push_back(token_of(rows));
  return tokens;
}

Result<std::vector<TokenRow>> Ledger::tokens_of(std::string_view user) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(std::string(kTokenColumns)
                                             .append("WHERE owner = ? ORDER BY tokens.created, "
                                                     "tokens.id")));
  rows.bind(1, user);
  std::vector<TokenRow> tokens;
  while (TRY(rows.step())) tokens.push_back(token_of(rows));
  return tokens;
}

Result<TokenRow> Ledger::find_token(const ContentHash& hash) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(std::string(kTokenColumns).append("WHERE hash = ?")));
  rows.bind_blob(1, bytes_of(hash));
  if (!TRY(rows.step())) return not_found("there is no such token");
  return token_of(rows);
}

Status Ledger::revoke_token(std::string_view id, Instant at) {
  std::lock_guard lock(mutex_);
  Statement update =
      TRY(database_.prepare("UPDATE tokens SET revoked = coalesce(revoked, ?) WHERE id = ?"));
  TRY(update.bind(1, at.seconds).bind(2, id).run());
  if (database_.changed_rows() > 0) return {};
  return not_found("there is no token '" + std::string(id.substr(0, 60)) + "'");
}

Status Ledger::revoke_token_of(std::string_view user, std::string_view id, Instant at) {
  std::lock_guard lock(mutex_);
  Statement update = TRY(database_.prepare(
      "UPDATE tokens SET revoked = coalesce(revoked, ?) WHERE id = ? AND owner = ?"));
  TRY(update.bind(1, at.seconds).bind(2, id).bind(3, user).run());
  return database_.changed_rows() > 0 ? Status() : not_found("there is no such token of yours");
}

Status Ledger::touch_token(std::string_view id, Instant at) {
  std::lock_guard lock(mutex_);
  Statement update = TRY(database_.prepare(
      "UPDATE tokens SET last_used = max(coalesce(last_used, 0), ?) WHERE id = ?"));
  return update.bind(1, at.seconds).bind(2, id).run();
}

Result<IdempotencyClaim> Ledger::claim_key(const IdempotencyKey& key, Instant at) {
  using State = IdempotencyClaim::State;
  std::lock_guard lock(mutex_);
  Statement insert = TRY(database_.prepare(
      "INSERT INTO idempotency_keys (principal, key, request, created) VALUES (?, ?, ?, ?) "
      "ON CONFLICT DO NOTHING"));
  insert.bind(1, key.principal).bind(2, key.key).bind_blob(3, bytes_of(key.request));
  TRY(insert.bind(4, at.seconds).run());
  if (database_.changed_rows() > 0) return IdempotencyClaim{State::kClaimed, {}};
  Statement row = TRY(database_.prepare(
      "SELECT request, response FROM idempotency_keys WHERE principal = ? AND key = ?"));
  row.bind(1, key.principal).bind(2, key.key);
  if (!TRY(row.step())) return unavailable("the idempotency key was just released; try again");
  if (row.text(0) != bytes_of(key.request)) return IdempotencyClaim{State::kOther, {}};
  if (row.is_null(1)) return IdempotencyClaim{State::kRunning, {}};
  return IdempotencyClaim{State::kDone, row.text(1)};
}

Status Ledger::complete_key(const IdempotencyKey& key, std::string_view response) {
  std::lock_guard lock(mutex_);
  Statement update = TRY(database_.prepare(
      "UPDATE idempotency_keys SET response = ? WHERE principal = ? AND key = ?"));
  TRY(update.bind_blob(1, response).bind(2, key.principal).bind(3, key.key).run());
  return database_.changed_rows() > 0 ? Status() : not_found("the key was never claimed");
}

Status Ledger::release_key(const IdempotencyKey& key) {
  std::lock_guard lock(mutex_);
  Statement remove = TRY(database_.prepare(
      "DELETE FROM idempotency_keys WHERE principal = ? AND key = ? AND response IS NULL"));
  return remove.bind(1, key.principal).bind(2, key.key).run();
}

Status Ledger::release_unfinished_keys() {
  std::lock_guard lock(mutex_);
  return database_.execute("DELETE FROM idempotency_keys WHERE response IS NULL");
}

Result<std::int64_t> Ledger::forget_keys_before(Instant moment) {
  return forget_before("DELETE FROM idempotency_keys WHERE created < ?", moment);
}

Result<std::int64_t> Ledger::forget_surplus_keys(std::int64_t keys_max) {
  std::lock_guard lock(mutex_);
  Statement remove = TRY(database_.prepare(
      "DELETE FROM idempotency_keys WHERE (principal, key) IN (SELECT principal, key FROM "
      "(SELECT principal, key, row_number() OVER (PARTITION BY principal ORDER BY created DESC, "
      "key) AS place FROM idempotency_keys WHERE response IS NOT NULL) WHERE place > ?)"));
  TRY(remove.bind(1, keys_max).run());
  return database_.changed_rows();
}

Result<bool> Ledger::see_delivery(std::string_view source, std::string_view id, Instant at) {
  std::lock_guard lock(mutex_);
  Statement insert =
      TRY(database_.prepare("INSERT INTO incoming_deliveries (source, id, seen) VALUES (?, ?, ?) "
                            "ON CONFLICT DO NOTHING"));
  TRY(insert.bind(1, source).bind(2, id).bind(3, at.seconds).run());
  return database_.changed_rows() > 0;
}

Status Ledger::unsee_delivery(std::string_view source, std::string_view id) {
  std::lock_guard lock(mutex_);
  Statement remove =
      TRY(database_.prepare("DELETE FROM incoming_deliveries WHERE source = ? AND id = ?"));
  return remove.bind(1, source).bind(2, id).run();
}

Result<std::int64_t> Ledger::forget_deliveries_before(Instant moment) {
  return forget_before("DELETE FROM incoming_deliveries WHERE seen < ?", moment);
}

Result<std::int64_t> Ledger::forget_before(std::string_view sql, Instant moment) {
  std::lock_guard lock(mutex_);
  Statement remove = TRY(database_.prepare(sql));
  TRY(remove.bind(1, moment.seconds).run());
  return database_.changed_rows();
}

}  // namespace stet::storage
