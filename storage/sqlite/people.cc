#include "storage/sqlite/people.h"

#include "storage/sqlite/ledger_schema.h"
#include "storage/sqlite/people_rows.h"

namespace stet::storage {
namespace {

Result<std::int64_t> enabled_admins(Database& database) {
  Statement count =
      TRY(database.prepare("SELECT count(*) FROM users WHERE role = ? AND disabled IS NULL"));
  TRY(count.bind(1, kAdminRole).step());
  return count.integer(0);
}

Status keep_admin(Database& database, std::int64_t admins_before) {
  if (admins_before == 0 || TRY(enabled_admins(database)) > 0) return {};
  return conflict("no admin would be left; make somebody else an admin first");
}

Result<bool> is_former_name(Database& database, std::string_view name) {
  Statement row = TRY(database.prepare("SELECT 1 FROM former_users WHERE name = ?"));
  return row.bind(1, name).step();
}

Error taken(const Error& error, const UserRow& user) {
  if (error.code != ErrorCode::kConflict) return error;
  return conflict("there is a user of the name '" + user.name + "' or the mail '" + user.mail +
                  "' already");
}

}  // namespace

UserRow user_of(const Statement& row, int first) {
  UserRow user;
  user.id = row.text(first);
  user.name = row.text(first + 1);
  user.mail = row.text(first + 2);
  user.commit_name = row.text(first + 3);
  user.commit_mail = row.text(first + 4);
  user.role = row.text(first + 5);
  user.password = row.text(first + 6);
  user.disabled = instant_of(row.integer_or_null(first + 7));
  user.totp_secret = row.text(first + 8);
  user.totp_pending = row.text(first + 9);
  user.totp_step = row.integer(first + 10);
  user.created = {row.integer(first + 11)};
  user.last_sign_in = instant_of(row.integer_or_null(first + 12));
  return user;
}

Result<std::unique_ptr<People>> People::open(const std::filesystem::path& path) {
  Database database = TRY(open_ledger(path));
  return std::unique_ptr<People>(new People(std::move(database)));
}

Status People::commit_revocation(Transaction& transaction) {
  TRY(transaction.commit());
  ++revocations_;
  return {};
}

Status People::run_for(std::string_view sql, std::string_view id) {
  Statement statement = TRY(database_.prepare(sql));
  return statement.bind(1, id).run();
}

// By a mail somebody is known to git's programs and to forges, whoever signs in.
Status People::check_mails(const UserRow& user) {
  Statement row = TRY(database_.prepare(
      "SELECT name FROM users WHERE id <> ? AND (lower(mail) IN (lower(?), lower(?)) OR "
      "lower(commit_mail) IN (lower(?), lower(?))) LIMIT 1"));
  row.bind(1, user.id).bind(2, user.mail).bind(3, user.commit_mail);
  row.bind(4, user.mail).bind(5, user.commit_mail);
  if (!TRY(row.step())) return {};
  return conflict("the mail '" + user.mail + "' or, for commits, '" + user.commit_mail +
                  "' is already that of the user '" + row.text(0) + "'");
}

Status People::check_commit_name(const UserRow& user) {
  Statement row =
      TRY(database_.prepare("SELECT name FROM users WHERE id <> ? AND (name = ? OR "
                            "lower(commit_name) = lower(?)) LIMIT 1"));
  row.bind(1, user.id).bind(2, user.commit_name).bind(3, user.commit_name);
  if (!TRY(row.step())) return {};
  return conflict("the name '" + user.commit_name + "' is already that of the user '" +
                  row.text(0) + "'; add what tells you apart");
}

Result<bool> People::is_former(std::string_view name) {
  std::lock_guard lock(mutex_);
  return is_former_name(database_, name);
}

Status People::remove(std::string_view id, Instant at) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  std::int64_t admins_before = TRY(enabled_admins(database_));
  const UserRow user = TRY(user_where("id = ?", id));
  for (std::string_view sql : {"DELETE FROM sessions WHERE user = ?",
                               "DELETE FROM recovery_codes WHERE user = ?",
                               "DELETE FROM password_resets WHERE user = ?",
                               "DELETE FROM identities WHERE user = ?",
                               "DELETE FROM tokens WHERE owner = ?",
                               "DELETE FROM users WHERE id = ?"}) {
    TRY(run_for(sql, id));
  }
  TRY(keep_admin(database_, admins_before));
  Statement keep =
      TRY(database_.prepare("INSERT OR REPLACE INTO former_users (name, deleted) VALUES (?, ?)"));
  TRY(keep.bind(1, user.name).bind(2, at.seconds).run());
  return commit_revocation(transaction);
}

Status People::revoke_tokens(std::string_view user, Instant at) {
  Statement update =
      TRY(database_.prepare("UPDATE tokens SET revoked = ? WHERE owner = ? AND revoked IS NULL"));
  return update.bind(1, at.seconds).bind(2, user).run();
}

Status People::add(const UserRow& user) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  if (TRY(is_former_name(database_, user.name))) {
    return conflict("somebody who is no user any more was called '" + user.name +
                    "': commits and drafts name them, so that nobody else is called so");
  }
  TRY(check_mails(user));
  Statement insert = TRY(database_.prepare(
      "INSERT INTO users (id, name, mail, commit_name, commit_mail, role, password, disabled, "
      "totp_secret, totp_pending, totp_step, created, last_sign_in) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(1, user.id).bind(2, user.name).bind(3, user.mail).bind(4, user.commit_name);
  insert.bind(5, user.commit_mail).bind(6, user.role).bind(7, user.password);
  insert.bind(8, seconds_of(user.disabled)).bind_blob(9, user.totp_secret);
  insert.bind_blob(10, user.totp_pending).bind(11, user.totp_step);
  insert.bind(12, user.created.seconds).bind(13, seconds_of(user.last_sign_in));
  Status added = insert.run();
  return added ? transaction.commit() : Status(taken(added.error(), user));
}

Result<std::vector<UserRow>> People::users() {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      std::string("SELECT ").append(kUserColumns).append(" FROM users ORDER BY name")));
  std::vector<UserRow> users;
  while (TRY(rows.step())) users.push_back(user_of(rows));
  return users;
}

Result<UserRow> People::user_where(std::string_view condition, std::string_view value) {
  Statement row = TRY(database_.prepare(
      std::string("SELECT ").append(kUserColumns).append(" FROM users WHERE ").append(condition)));
  if (!TRY(row.bind(1, value).step())) return not_found("there is no such user");
  return user_of(row);
}

Result<UserRow> People::find(std::string_view id) {
  std::lock_guard lock(mutex_);
  return user_where("id = ?", id);
}

Result<UserRow> People::find_login(std::string_view login) {
  std::lock_guard lock(mutex_);
  bool is_mail = login.find('@') != std::string_view::npos;
  return user_where(is_mail ? "mail = ?" : "name = ?", login);
}

Status People::change(const UserRow& user) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  std::int64_t admins_before = TRY(enabled_admins(database_));
  const UserRow before = TRY(user_where("id = ?", user.id));
  bool has_other_mail = before.mail != user.mail || before.commit_mail != user.commit_mail;
  if (has_other_mail) TRY(check_mails(user));
  if (before.commit_name != user.commit_name) TRY(check_commit_name(user));
  Statement update = TRY(database_.prepare(
      "UPDATE users SET mail = ?, commit_name = ?, commit_mail = ?, role = ?, disabled = ? "
      "WHERE id = ?"));
  update.bind(1, user.mail).bind(2, user.commit_name).bind(3, user.commit_mail);
  update.bind(4, user.role).bind(5, seconds_of(user.disabled)).bind(6, user.id);
  if (Status updated = update.run(); !updated) return taken(updated.error(), user);
  if (database_.changed_rows() == 0) return not_found("there is no such user");
  TRY(keep_admin(database_, admins_before));
  if (user.disabled) {
    TRY(run_for("DELETE FROM sessions WHERE user = ?", user.id));
    TRY(run_for("DELETE FROM password_resets WHERE user = ?", user.id));
  }
  return commit_revocation(transaction);
}

Status People::set_password(std::string_view id,
                            std::string_view hash,
                            std::string_view kept_session,
                            std::optional<Instant> tokens_revoked) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement update = TRY(database_.prepare("UPDATE users SET password = ? WHERE id = ?"));
  TRY(update.bind(1, hash).bind(2, id).run());
  if (database_.changed_rows() == 0) return not_found("there is no such user");
  Statement end = TRY(database_.prepare("DELETE FROM sessions WHERE user = ? AND id <> ?"));
  TRY(end.bind(1, id).bind(2, kept_session).run());
  if (tokens_revoked) TRY(revoke_tokens(id, *tokens_revoked));
  TRY(run_for("DELETE FROM password_resets WHERE user = ?", id));
  return commit_revocation(transaction);
}

Status People::rehash(std::string_view id, std::string_view before, std::string_view after) {
  std::lock_guard lock(mutex_);
  Statement update =
      TRY(database_.prepare("UPDATE users SET password = ? WHERE id = ? AND password = ?"));
  return update.bind(1, after).bind(2, id).bind(3, before).run();
}

}  // namespace stet::storage
