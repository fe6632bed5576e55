#include "storage/sqlite/people.h"
#include "storage/sqlite/people_rows.h"

namespace stet::storage {

Status People::bind_identity(const IdentityRow& identity) {
  std::lock_guard lock(mutex_);
  // Whoever was disabled meanwhile is given nothing.
  Statement insert = TRY(database_.prepare(
      "INSERT INTO identities (issuer, subject, id, user, provider, mail, bound, last_used) "
      "SELECT ?, ?, ?, users.id, ?, ?, ?, ? FROM users WHERE users.id = ? AND disabled IS NULL"));
  insert.bind(1, identity.issuer).bind(2, identity.subject).bind(3, identity.id);
  insert.bind(4, identity.provider).bind(5, identity.mail).bind(6, identity.bound.seconds);
  insert.bind(7, identity.last_used.seconds).bind(8, identity.user);
  if (Status bound = insert.run(); !bound) {
    if (bound.error().code != ErrorCode::kConflict) return bound;
    return conflict("the identity is bound already, or the user has another of this issuer");
  }
  return database_.changed_rows() > 0 ? Status() : not_found("there is no such user");
}

Result<UserRow> People::find_identity(std::string_view issuer, std::string_view subject) {
  std::lock_guard lock(mutex_);
  Statement row = TRY(database_.prepare(
      std::string("SELECT ")
          .append(kUserColumns)
          .append(" FROM users WHERE users.id = "
                  "(SELECT user FROM identities WHERE issuer = ? AND subject = ?)")));
  if (!TRY(row.bind(1, issuer).bind(2, subject).step())) {
    return not_found("this identity is bound to nobody");
  }
  return user_of(row);
}

Result<std::vector<IdentityRow>> People::identities(std::string_view user) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      "SELECT id, user, provider, issuer, subject, mail, bound, last_used FROM identities "
      "WHERE user = ? ORDER BY bound, id"));
  rows.bind(1, user);
  std::vector<IdentityRow> identities;
  while (TRY(rows.step())) {
    identities.push_back({.id = rows.text(0),
                          .user = rows.text(1),
                          .provider = rows.text(2),
                          .issuer = rows.text(3),
                          .subject = rows.text(4),
                          .mail = rows.text(5),
                          .bound = {rows.integer(6)},
                          .last_used = {rows.integer(7)}});
  }
  return identities;
}

Status People::touch_identity(std::string_view issuer, std::string_view subject, Instant at) {
  std::lock_guard lock(mutex_);
  Statement update = TRY(database_.prepare(
      "UPDATE identities SET last_used = max(last_used, ?) WHERE issuer = ? AND subject = ?"));
  return update.bind(1, at.seconds).bind(2, issuer).bind(3, subject).run();
}

Status People::unbind_identity(std::string_view user,
                               std::string_view id,
                               std::string_view kept_session) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement remove = TRY(database_.prepare("DELETE FROM identities WHERE user = ? AND id = ?"));
  TRY(remove.bind(1, user).bind(2, id).run());
  if (database_.changed_rows() == 0) return not_found("there is no such identity");
  Statement end = TRY(database_.prepare("DELETE FROM sessions WHERE user = ? AND id <> ?"));
  TRY(end.bind(1, user).bind(2, kept_session).run());
  return commit_revocation(transaction);
}

}  // namespace stet::storage
