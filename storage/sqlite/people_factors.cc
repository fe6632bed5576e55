// Second factors, recovery codes, reset links.

#include "storage/sqlite/people.h"
#include "storage/sqlite/people_rows.h"

namespace stet::storage {

Status People::set_pending_totp(std::string_view id, std::string_view secret) {
  std::lock_guard lock(mutex_);
  Statement update = TRY(database_.prepare("UPDATE users SET totp_pending = ? WHERE id = ?"));
  return update.bind_blob(1, secret).bind(2, id).run();
}

Status People::put_codes(std::string_view id, const std::vector<ContentHash>& codes) {
  TRY(run_for("DELETE FROM recovery_codes WHERE user = ?", id));
  for (const ContentHash& code : codes) {
    Statement insert =
        TRY(database_.prepare("INSERT INTO recovery_codes (user, hash) VALUES (?, ?)"));
    TRY(insert.bind(1, id).bind_blob(2, bytes_of(code)).run());
  }
  return {};
}

Status People::take_pending_totp(std::string_view id,
                                 std::int64_t step,
                                 const std::vector<ContentHash>& codes) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement update = TRY(database_.prepare(
      "UPDATE users SET totp_secret = totp_pending, totp_pending = x'', totp_step = ? "
      "WHERE id = ? AND totp_pending <> x''"));
  TRY(update.bind(1, step).bind(2, id).run());
  if (database_.changed_rows() == 0) return conflict("no second factor is being set up");
  TRY(put_codes(id, codes));
  return transaction.commit();
}

Status People::remove_totp(std::string_view id) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  TRY(run_for("UPDATE users SET totp_secret = x'', totp_pending = x'' WHERE id = ?", id));
  TRY(run_for("DELETE FROM recovery_codes WHERE user = ?", id));
  return transaction.commit();
}

Result<bool> People::use_totp_step(std::string_view id, std::int64_t step) {
  std::lock_guard lock(mutex_);
  Statement update =
      TRY(database_.prepare("UPDATE users SET totp_step = ? WHERE id = ? AND totp_step < ?"));
  TRY(update.bind(1, step).bind(2, id).bind(3, step).run());
  return database_.changed_rows() > 0;
}

Status People::set_recovery_codes(std::string_view id, const std::vector<ContentHash>& codes) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  TRY(put_codes(id, codes));
  return transaction.commit();
}

Result<bool> People::use_recovery_code(std::string_view id, const ContentHash& code) {
  std::lock_guard lock(mutex_);
  Statement remove =
      TRY(database_.prepare("DELETE FROM recovery_codes WHERE user = ? AND hash = ?"));
  TRY(remove.bind(1, id).bind_blob(2, bytes_of(code)).run());
  return database_.changed_rows() > 0;
}

Result<std::int64_t> People::recovery_codes(std::string_view id) {
  std::lock_guard lock(mutex_);
  Statement count = TRY(database_.prepare("SELECT count(*) FROM recovery_codes WHERE user = ?"));
  TRY(count.bind(1, id).step());
  return count.integer(0);
}

Status People::add_reset(std::string_view id, const ContentHash& secret, Instant expires) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  TRY(run_for("DELETE FROM password_resets WHERE user = ?", id));
  Statement insert =
      TRY(database_.prepare("INSERT INTO password_resets (hash, user, expires) VALUES (?, ?, ?)"));
  TRY(insert.bind_blob(1, bytes_of(secret)).bind(2, id).bind(3, expires.seconds).run());
  return transaction.commit();
}

Result<UserRow> People::find_reset(const ContentHash& secret, Instant now) {
  std::lock_guard lock(mutex_);
  Statement row = TRY(database_.prepare(
      std::string("SELECT ")
          .append(kUserColumns)
          .append(" FROM users JOIN password_resets ON users.id = password_resets.user "
                  "WHERE hash = ? AND expires > ? AND disabled IS NULL")));
  row.bind_blob(1, bytes_of(secret)).bind(2, now.seconds);
  if (!TRY(row.step())) return not_found("there is no such link");
  return user_of(row);
}

Result<bool> People::use_reset(const ContentHash& secret,
                               Instant now,
                               std::string_view password_hash,
                               bool is_of_tokens) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  std::string user;
  {
    Statement row = TRY(database_.prepare(
        "SELECT user FROM password_resets JOIN users ON users.id = password_resets.user "
        "WHERE hash = ? AND expires > ? AND disabled IS NULL"));
    row.bind_blob(1, bytes_of(secret)).bind(2, now.seconds);
    if (!TRY(row.step())) return false;
    user = row.text(0);
  }
  Statement update = TRY(database_.prepare("UPDATE users SET password = ? WHERE id = ?"));
  TRY(update.bind(1, password_hash).bind(2, user).run());
  TRY(run_for("DELETE FROM password_resets WHERE user = ?", user));
  if (is_of_tokens) TRY(revoke_tokens(user, now));
  TRY(run_for("DELETE FROM sessions WHERE user = ?", user));
  TRY(commit_revocation(transaction));
  return true;
}

}  // namespace stet::storage
