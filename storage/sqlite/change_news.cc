#include "storage/sqlite/change_news.h"

namespace stet::storage {

Result<std::unique_ptr<ChangeNews>> ChangeNews::open(const std::filesystem::path& ledger) {
  return std::unique_ptr<ChangeNews>(
      new ChangeNews(TRY(Database::open(ledger, Database::Kind::kLedger))));
}

Result<std::optional<ChangeTold>> ChangeNews::told() {
  std::lock_guard lock(mutex_);
  Statement numbers = TRY(database_.prepare("SELECT review, comment, dismissal FROM change_told"));
  if (!TRY(numbers.step())) return std::optional<ChangeTold>();
  ChangeTold told{.heads = {},
                  .review = numbers.integer(0),
                  .comment = numbers.integer(1),
                  .dismissal = numbers.integer(2)};
  Statement rows = TRY(database_.prepare("SELECT change, head FROM change_heads"));
  while (TRY(rows.step())) told.heads[rows.text(0)] = rows.text(1);
  return std::optional(std::move(told));
}

Status ChangeNews::set_head(const std::string& change, const std::string& head) {
  Statement set = TRY(database_.prepare(
      head.empty() ? "DELETE FROM change_heads WHERE change = ?"
                   : "INSERT OR REPLACE INTO change_heads (change, head) VALUES (?, ?)"));
  set.bind(1, change);
  if (!head.empty()) set.bind(2, head);
  return set.run();
}

Status ChangeNews::begin(const std::map<std::string, std::string, std::less<>>& heads) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  TRY(
      database_.execute("DELETE FROM change_told; DELETE FROM change_heads; "
                        "INSERT INTO change_told (review, comment, dismissal) SELECT "
                        "ifnull((SELECT max(number) FROM change_reviews), 0), "
                        "ifnull((SELECT max(number) FROM change_comments), 0), "
                        "ifnull((SELECT max(number) FROM change_dismissals), 0)"));
  for (const auto& [change, head] : heads) TRY(set_head(change, head));
  return transaction.commit();
}

Result<std::vector<std::optional<std::int64_t>>> ChangeNews::tell(const std::vector<NewsRow>& rows,
                                                                  const NewsStep& step,
                                                                  Instant now) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  std::vector<std::optional<std::int64_t>> numbers_of_new;
  for (const NewsRow& row : rows) {
    Statement insert =
        TRY(database_.prepare("INSERT OR IGNORE INTO news (id, type, body, told) "
                              "VALUES (?, ?, ?, ?) RETURNING number"));
    insert.bind(1, row.id).bind(2, row.type).bind(3, row.body).bind(4, now.seconds);
    bool is_new = TRY(insert.step());
    numbers_of_new.push_back(is_new ? std::optional(insert.integer(0)) : std::nullopt);
    if (is_new) TRY(insert.step());
  }
  if (!step.change.empty()) TRY(set_head(step.change, step.head));
  Statement numbers = TRY(database_.prepare(
      "UPDATE change_told SET review = max(review, ?), comment = max(comment, ?), "
      "dismissal = max(dismissal, ?)"));
  TRY(numbers.bind(1, step.review).bind(2, step.comment).bind(3, step.dismissal).run());
  TRY(transaction.commit());
  return numbers_of_new;
}

Result<std::int64_t> ChangeNews::newest() {
  std::lock_guard lock(mutex_);
  // Also of those that are forgotten.
  Statement row = TRY(database_.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'news'"));
  return TRY(row.step()) ? row.integer(0) : 0;
}

Result<std::vector<NumberedNews>> ChangeNews::between(std::int64_t after,
                                                      std::int64_t until,
                                                      std::int64_t rows_max) {
  std::lock_guard lock(mutex_);
  Statement rows =
      TRY(database_.prepare("SELECT number, type, body FROM news WHERE number > ? AND number <= ? "
                            "ORDER BY number LIMIT ?"));
  rows.bind(1, after).bind(2, until).bind(3, rows_max);
  std::vector<NumberedNews> found;
  while (TRY(rows.step())) found.push_back({rows.integer(0), rows.text(1), rows.text(2)});
  return found;
}

}  // namespace stet::storage
