#include "storage/sqlite/people.h"
#include "storage/sqlite/people_rows.h"

namespace stet::storage {
namespace {

constexpr std::string_view kSessionColumns =
    "sessions.id, hash, user, sessions.created, last_seen, expires, address, agent";
constexpr int kSessionColumnCount = 8;

SessionRow session_of(const Statement& row) {
  SessionRow session;
  session.id = row.text(0);
  session.hash = digest_of<32>(row.text(1));
  session.user = row.text(2);
  session.created = {row.integer(3)};
  session.last_seen = {row.integer(4)};
  session.expires = {row.integer(5)};
  session.address = row.text(6);
  session.agent = row.text(7);
  return session;
}

}  // namespace

Status People::add_session(const SessionRow& session) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  // Whoever was disabled meanwhile is not let in.
  Statement update =
      TRY(database_.prepare("UPDATE users SET last_sign_in = ? WHERE id = ? AND disabled IS NULL"));
  TRY(update.bind(1, session.created.seconds).bind(2, session.user).run());
  if (database_.changed_rows() == 0) return not_found("there is no such user");
  Statement surplus = TRY(
      database_.prepare("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE user = ? "
                        "ORDER BY created DESC, id LIMIT -1 OFFSET ?)"));
  TRY(surplus.bind(1, session.user).bind(2, kSessionsMax - 1).run());
  Statement insert = TRY(database_.prepare(
      "INSERT INTO sessions (id, hash, user, created, last_seen, expires, address, agent) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(1, session.id).bind_blob(2, bytes_of(session.hash)).bind(3, session.user);
  insert.bind(4, session.created.seconds).bind(5, session.last_seen.seconds);
  insert.bind(6, session.expires.seconds).bind(7, session.address).bind(8, session.agent);
  TRY(insert.run());
  return transaction.commit();
}

Result<People::Found> People::find_session(const ContentHash& hash) {
  std::lock_guard lock(mutex_);
  Statement row = TRY(database_.prepare(
      std::string("SELECT ")
          .append(kSessionColumns)
          .append(", ")
          .append(kUserColumns)
          .append(" FROM sessions JOIN users ON users.id = sessions.user WHERE hash = ?")));
  if (!TRY(row.bind_blob(1, bytes_of(hash)).step())) return not_found("there is no such session");
  return Found{session_of(row), user_of(row, kSessionColumnCount)};
}

Result<std::vector<SessionRow>> People::sessions(std::string_view user, Instant now) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      std::string("SELECT ")
          .append(kSessionColumns)
          .append(" FROM sessions WHERE user = ? AND expires > ? ORDER BY created DESC, id")));
  rows.bind(1, user).bind(2, now.seconds);
  std::vector<SessionRow> sessions;
  while (TRY(rows.step())) sessions.push_back(session_of(rows));
  return sessions;
}

Status People::touch_session(std::string_view id, Instant at) {
  std::lock_guard lock(mutex_);
  Statement update =
      TRY(database_.prepare("UPDATE sessions SET last_seen = max(last_seen, ?) WHERE id = ?"));
  return update.bind(1, at.seconds).bind(2, id).run();
}

Status People::end_session(std::string_view user, std::string_view id) {
  std::lock_guard lock(mutex_);
  Statement remove = TRY(database_.prepare("DELETE FROM sessions WHERE user = ? AND id = ?"));
  TRY(remove.bind(1, user).bind(2, id).run());
  if (database_.changed_rows() == 0) return not_found("there is no such session");
  ++revocations_;
  return {};
}

Result<std::int64_t> People::end_sessions(std::string_view user) {
  std::lock_guard lock(mutex_);
  TRY(run_for("DELETE FROM sessions WHERE user = ?", user));
  ++revocations_;
  return database_.changed_rows();
}

Status People::forget_sessions_before(Instant moment) {
  std::lock_guard lock(mutex_);
  Statement remove = TRY(database_.prepare("DELETE FROM sessions WHERE expires <= ?"));
  return remove.bind(1, moment.seconds).run();
}

}  // namespace stet::storage
