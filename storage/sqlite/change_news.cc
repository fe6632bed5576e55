#include "storage/sqlite/change_news.h"

namespace stet::storage {

Result<std::unique_ptr<ChangeNews>> ChangeNews::open(const std::filesystem::path& ledger) {
  return std::unique_ptr<ChangeNews>(
      new ChangeNews(TRY(Database::open(ledger, Database::Kind::kLedger))));
}

Result<std::optional<ChangeTold>> ChangeNews::told() {
  std::lock_guard lock(mutex_);
  Statement numbers = TRY(database_.prepare("SELECT review, comment FROM change_told"));
  if (!TRY(numbers.step())) return std::optional<ChangeTold>();
  ChangeTold told{.heads = {}, .review = numbers.integer(0), .comment = numbers.integer(1)};
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
                        "INSERT INTO change_told (review, comment) SELECT "
                        "ifnull((SELECT max(number) FROM change_reviews), 0), "
                        "ifnull((SELECT max(number) FROM change_comments), 0)"));
  for (const auto& [change, head] : heads) TRY(set_head(change, head));
  return transaction.commit();
}

Result<std::vector<bool>> ChangeNews::tell(const std::vector<NewsRow>& rows,
                                           const NewsStep& step,
                                           Instant now) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  std::vector<bool> is_new;
  for (const NewsRow& row : rows) {
    Statement insert = TRY(
        database_.prepare("INSERT OR IGNORE INTO news (id, type, body, told) VALUES (?, ?, ?, ?)"));
    insert.bind(1, row.id).bind(2, row.type).bind(3, row.body);
    TRY(insert.bind(4, now.seconds).run());
    is_new.push_back(database_.changed_rows() > 0);
  }
  if (!step.change.empty()) TRY(set_head(step.change, step.head));
  Statement numbers = TRY(database_.prepare(
      "UPDATE change_told SET review = max(review, ?), comment = max(comment, ?)"));
  TRY(numbers.bind(1, step.review).bind(2, step.comment).run());
  TRY(transaction.commit());
  return is_new;
}

}  // namespace stet::storage
