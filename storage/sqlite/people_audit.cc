// Wrong passwords, counted; and the log of what was done to whose rights.

#include "storage/sqlite/people.h"

namespace stet::storage {
namespace {

Result<People::Attempts> attempts_of(Database& database, std::string_view subject) {
  Statement row =
      TRY(database.prepare("SELECT failures, last FROM wrong_passwords WHERE subject = ?"));
  if (!TRY(row.bind(1, subject).step())) return People::Attempts();
  return People::Attempts{row.integer(0), {row.integer(1)}};
}

}  // namespace

Result<People::Attempts> People::attempts(std::string_view subject) {
  std::lock_guard lock(mutex_);
  return attempts_of(database_, subject);
}

Result<People::Attempts> People::count_attempt(std::string_view subject, Instant now) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Attempts before = TRY(attempts_of(database_, subject));
  Statement insert = TRY(database_.prepare(
      "INSERT INTO wrong_passwords (subject, failures, last) VALUES (?, 1, ?) "
      "ON CONFLICT (subject) DO UPDATE SET failures = failures + 1, last = excluded.last"));
  TRY(insert.bind(1, subject).bind(2, now.seconds).run());
  if (before.failures == 0) {
    Statement surplus = TRY(database_.prepare(
        "DELETE FROM wrong_passwords WHERE subject IN (SELECT subject FROM wrong_passwords "
        "ORDER BY last DESC LIMIT -1 OFFSET ?)"));
    TRY(surplus.bind(1, kCountersMax).run());
  }
  TRY(transaction.commit());
  return before;
}

Status People::uncount_attempt(std::string_view subject) {
  std::lock_guard lock(mutex_);
  Statement update = TRY(database_.prepare(
      "UPDATE wrong_passwords SET failures = max(failures - 1, 0) WHERE subject = ?"));
  return update.bind(1, subject).run();
}

Status People::forget_attempts(std::string_view subject) {
  std::lock_guard lock(mutex_);
  return run_for("DELETE FROM wrong_passwords WHERE subject = ?", subject);
}

Status People::forget_attempts_before(Instant moment) {
  std::lock_guard lock(mutex_);
  Statement remove = TRY(database_.prepare("DELETE FROM wrong_passwords WHERE last < ?"));
  return remove.bind(1, moment.seconds).run();
}

Status People::note(const AuditRow& row) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement insert =
      TRY(database_.prepare("INSERT INTO audit (at, kind, actor, subject, address, detail) "
                            "VALUES (?, ?, ?, ?, ?, ?)"));
  insert.bind(1, row.at.seconds).bind(2, row.kind).bind(3, row.actor).bind(4, row.subject);
  TRY(insert.bind(5, row.address).bind(6, row.detail).run());
  Statement newest = TRY(database_.prepare("SELECT max(number) FROM audit"));
  TRY(newest.step());
  if (newest.integer(0) % kAuditRowsPerPruning == 0)
    TRY(prune_audit(kAuditRowsMax, kFailedRowsMax));
  return transaction.commit();
}

Status People::forget_audit(std::int64_t rows_max, std::int64_t failed_max) {
  std::lock_guard lock(mutex_);
  return prune_audit(rows_max, failed_max);
}

Status People::prune_audit(std::int64_t rows_max, std::int64_t failed_max) {
  for (const auto& [which, max] : {std::pair("kind = 'sign-in-failed'", failed_max),
                                   std::pair("kind <> 'sign-in-failed'", rows_max)}) {
    std::string of_kind = std::string("FROM audit WHERE ") + which;
    Statement surplus =
        TRY(database_.prepare("DELETE " + of_kind + " AND number <= (SELECT number " + of_kind +
                              " ORDER BY number DESC LIMIT 1 OFFSET ?)"));
    TRY(surplus.bind(1, max).run());
  }
  return {};
}

Result<std::vector<AuditRow>> People::audit(const AuditQuery& query) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      "SELECT number, at, kind, actor, subject, address, detail FROM audit WHERE number < ?1 "
      "AND (?2 = '' OR kind = ?2) AND (?3 = '' OR actor = ?3) AND (?4 = '' OR subject = ?4) "
      "ORDER BY number DESC LIMIT ?5"));
  rows.bind(1, query.before).bind(2, query.kind).bind(3, query.actor).bind(4, query.subject);
  rows.bind(5, query.rows_max);
  std::vector<AuditRow> found;
  while (TRY(rows.step())) {
    AuditRow row{rows.integer(0),
                 {rows.integer(1)},
                 rows.text(2),
                 rows.text(3),
                 rows.text(4),
                 rows.text(5),
                 rows.text(6)};
    found.push_back(std::move(row));
  }
  return found;
}

}  // namespace stet::storage
