#include "storage/sqlite/reviews.h"

#include "storage/sqlite/instants.h"

namespace stet::storage {
namespace {

constexpr std::string_view kCommentColumns =
    "number, change, commit_id, path, line, user, name, body, created, edited, resolved_by";

CommentRow comment_of(const Statement& row) {
  return {.number = row.integer(0),
          .change = row.text(1),
          .commit = row.text(2),
          .path = row.text(3),
          .line = row.integer(4),
          .user = row.text(5),
          .name = row.text(6),
          .body = row.text(7),
          .created = {row.integer(8)},
          .edited = instant_of(row.integer_or_null(9)),
          .resolved_by = row.text(10)};
}

constexpr std::string_view kReviewColumns =
    "SELECT number, change, commit_id, tree, user, name, mail, verdict, body, at, dismissed_by "
    "FROM change_reviews WHERE ";

ReviewRow review_of(const Statement& row) {
  return {.number = row.integer(0),
          .change = row.text(1),
          .commit = row.text(2),
          .tree = row.text(3),
          .user = row.text(4),
          .name = row.text(5),
          .mail = row.text(6),
          .verdict = row.integer(7) == 0 ? Verdict::kApprove : Verdict::kAskForChanges,
          .body = row.text(8),
          .at = {row.integer(9)},
          .dismissed_by = row.text(10)};
}

std::string selected_comments(std::string_view where) {
  return std::string("SELECT ")
      .append(kCommentColumns)
      .append(" FROM change_comments WHERE ")
      .append(where);
}

Error no_comment() { return not_found("there is no such comment"); }

}  // namespace

Result<std::unique_ptr<Reviews>> Reviews::open(const std::filesystem::path& ledger) {
  return std::unique_ptr<Reviews>(
      new Reviews(TRY(Database::open(ledger, Database::Kind::kLedger))));
}

Status Reviews::check_room(std::string_view table, std::string_view change, std::int64_t rows_max) {
  Statement count = TRY(database_.prepare(
      std::string("SELECT count(*) FROM ").append(table).append(" WHERE change = ?")));
  TRY(count.bind(1, change).step());
  if (count.integer(0) < rows_max) return {};
  return conflict("the change has as many as it may have: " + std::to_string(rows_max));
}

Result<std::int64_t> Reviews::add_review(const ReviewRow& review, std::int64_t rows_max) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  TRY(check_room("change_reviews", review.change, rows_max));
  Statement insert = TRY(database_.prepare(
      "INSERT INTO change_reviews (change, commit_id, tree, user, name, mail, verdict, body, at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number"));
  insert.bind(1, review.change).bind(2, review.commit).bind(3, review.tree).bind(4, review.user);
  insert.bind(5, review.name).bind(6, review.mail);
  insert.bind(7, static_cast<std::int64_t>(review.verdict)).bind(8, review.body);
  TRY(insert.bind(9, review.at.seconds).step());
  std::int64_t number = insert.integer(0);
  TRY(insert.step());
  TRY(transaction.commit());
  return number;
}

Result<std::vector<ReviewRow>> Reviews::reviews(std::string_view change) {
  std::lock_guard lock(mutex_);
  Statement rows =
      TRY(database_.prepare(std::string(kReviewColumns).append("change = ? ORDER BY number")));
  rows.bind(1, change);
  std::vector<ReviewRow> found;
  while (TRY(rows.step())) found.push_back(review_of(rows));
  return found;
}

Result<ReviewRow> Reviews::review(std::string_view change, std::int64_t number) {
  std::lock_guard lock(mutex_);
  Statement row =
      TRY(database_.prepare(std::string(kReviewColumns).append("change = ? AND number = ?")));
  if (!TRY(row.bind(1, change).bind(2, number).step())) return not_found("there is no such review");
  return review_of(row);
}

Status Reviews::dismiss_review(std::string_view change, std::int64_t number, std::string_view by) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement update =
      TRY(database_.prepare("UPDATE change_reviews SET dismissed_by = iif(dismissed_by = '', ?, "
                            "dismissed_by) WHERE change = ? AND number = ?"));
  TRY(update.bind(1, by).bind(2, change).bind(3, number).run());
  if (database_.changed_rows() == 0) return not_found("there is no such review");
  Statement insert =
      TRY(database_.prepare("INSERT OR IGNORE INTO change_dismissals (review) VALUES (?)"));
  TRY(insert.bind(1, number).run());
  return transaction.commit();
}

Result<std::vector<Dismissal>> Reviews::dismissals_after(std::int64_t number,
                                                         std::int64_t rows_max) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      "SELECT number, review FROM change_dismissals WHERE number > ? ORDER BY number LIMIT ?"));
  rows.bind(1, number).bind(2, rows_max);
  std::vector<Dismissal> found;
  while (TRY(rows.step())) {
    Statement review = TRY(database_.prepare(std::string(kReviewColumns).append("number = ?")));
    // Of a change that is gone there is none.
    if (!TRY(review.bind(1, rows.integer(1)).step())) continue;
    found.push_back({rows.integer(0), review_of(review)});
  }
  return found;
}

Result<std::vector<ReviewRow>> Reviews::reviews_after(std::int64_t number, std::int64_t rows_max) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(
      database_.prepare(std::string(kReviewColumns).append("number > ? ORDER BY number LIMIT ?")));
  rows.bind(1, number).bind(2, rows_max);
  std::vector<ReviewRow> found;
  while (TRY(rows.step())) found.push_back(review_of(rows));
  return found;
}

Result<std::vector<CommentRow>> Reviews::comments_after(std::int64_t number,
                                                        std::int64_t rows_max) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(selected_comments("number > ? ORDER BY number LIMIT ?")));
  rows.bind(1, number).bind(2, rows_max);
  std::vector<CommentRow> found;
  while (TRY(rows.step())) found.push_back(comment_of(rows));
  return found;
}

Result<std::int64_t> Reviews::add_comment(const CommentRow& comment, std::int64_t rows_max) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  TRY(check_room("change_comments", comment.change, rows_max));
  Statement insert = TRY(database_.prepare(
      "INSERT INTO change_comments (change, commit_id, path, line, user, name, body, created, "
      "resolved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '') RETURNING number"));
  insert.bind(1, comment.change).bind(2, comment.commit).bind(3, comment.path);
  insert.bind(4, comment.line).bind(5, comment.user).bind(6, comment.name).bind(7, comment.body);
  TRY(insert.bind(8, comment.created.seconds).step());
  std::int64_t number = insert.integer(0);
  TRY(insert.step());
  TRY(transaction.commit());
  return number;
}

Result<std::vector<CommentRow>> Reviews::comments(const CommentQuery& query) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(selected_comments(
      "change = ?1 AND number > ?2 AND (?3 IS NULL OR path = ?3) ORDER BY number LIMIT ?4")));
  rows.bind(1, query.change).bind(2, query.after).bind(4, query.rows_max);
  if (query.path) {
    rows.bind(3, *query.path);
  } else {
    rows.bind_null(3);
  }
  std::vector<CommentRow> found;
  while (TRY(rows.step())) found.push_back(comment_of(rows));
  return found;
}

Result<CommentRow> Reviews::comment(std::string_view change, std::int64_t number) {
  std::lock_guard lock(mutex_);
  Statement row = TRY(database_.prepare(selected_comments("change = ? AND number = ?")));
  if (!TRY(row.bind(1, change).bind(2, number).step())) return no_comment();
  return comment_of(row);
}

Status Reviews::change_comment(const CommentRow& comment) {
  std::lock_guard lock(mutex_);
  Statement update =
      TRY(database_.prepare("UPDATE change_comments SET body = ?, edited = ?, resolved_by = ? "
                            "WHERE change = ? AND number = ?"));
  update.bind(1, comment.body).bind(2, seconds_of(comment.edited)).bind(3, comment.resolved_by);
  TRY(update.bind(4, comment.change).bind(5, comment.number).run());
  return database_.changed_rows() == 0 ? Status(no_comment()) : Status();
}

Status Reviews::remove_comment(std::string_view change, std::int64_t number) {
  std::lock_guard lock(mutex_);
  Statement remove =
      TRY(database_.prepare("DELETE FROM change_comments WHERE change = ? AND number = ?"));
  TRY(remove.bind(1, change).bind(2, number).run());
  return database_.changed_rows() == 0 ? Status(no_comment()) : Status();
}

Result<CommentCounts> Reviews::count_comments(std::string_view change) {
  std::lock_guard lock(mutex_);
  Statement row = TRY(database_.prepare(
      "SELECT count(*), count(*) FILTER (WHERE resolved_by = '') FROM change_comments "
      "WHERE change = ?"));
  TRY(row.bind(1, change).step());
  return CommentCounts{row.integer(0), row.integer(1)};
}

Status Reviews::note_pusher(const PusherRow& pusher) {
  std::lock_guard lock(mutex_);
  Statement insert = TRY(database_.prepare(
      "INSERT OR REPLACE INTO change_pushers (change, actor, commit_id) VALUES (?, ?, ?)"));
  return insert.bind(1, pusher.change).bind(2, pusher.actor).bind(3, pusher.commit).run();
}

Result<std::vector<PusherRow>> Reviews::pushers(std::string_view change) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      "SELECT change, actor, commit_id FROM change_pushers WHERE change = ? ORDER BY actor"));
  rows.bind(1, change);
  std::vector<PusherRow> found;
  while (TRY(rows.step())) found.push_back({rows.text(0), rows.text(1), rows.text(2)});
  return found;
}

Status Reviews::forget(std::string_view change) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement dismissals =
      TRY(database_.prepare("DELETE FROM change_dismissals WHERE review IN "
                            "(SELECT number FROM change_reviews WHERE change = ?)"));
  TRY(dismissals.bind(1, change).run());
  for (std::string_view table : {"change_comments", "change_reviews", "change_pushers"}) {
    Statement remove = TRY(
        database_.prepare(std::string("DELETE FROM ").append(table).append(" WHERE change = ?")));
    TRY(remove.bind(1, change).run());
  }
  return transaction.commit();
}

}  // namespace stet::storage
