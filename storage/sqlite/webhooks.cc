#include "storage/sqlite/webhooks.h"

#include "storage/sqlite/instants.h"

namespace stet::storage {
namespace {

constexpr std::string_view kEndpointColumns =
    "SELECT id, url, description, types, resources, headers, is_active, secret, old_secret, "
    "old_secret_until, created, events_cursor, publications_cursor, told, failing_since, disabled, "
    "news_cursor FROM webhook_endpoints ";
constexpr std::string_view kDeliveryColumns =
    "SELECT number, endpoint, event, type, body, created, state, attempts, next_ms "
    "FROM webhook_deliveries ";

std::int64_t number_of(DeliveryState state) { return static_cast<std::int64_t>(state); }

WebhookEndpoint endpoint_of(const Statement& row) {
  WebhookEndpoint endpoint;
  endpoint.id = row.text(0);
  endpoint.url = row.text(1);
  endpoint.description = row.text(2);
  endpoint.types = row.text(3);
  endpoint.resources = row.text(4);
  endpoint.headers = row.text(5);
  endpoint.is_active = row.integer(6) != 0;
  endpoint.secret = row.text(7);
  endpoint.old_secret = row.text(8);
  endpoint.old_secret_until = instant_of(row.integer_or_null(9));
  endpoint.created = {row.integer(10)};
  endpoint.events_cursor = row.text(11);
  endpoint.publications_cursor = row.text(12);
  endpoint.told = row.integer(13);
  endpoint.failing_since = instant_of(row.integer_or_null(14));
  endpoint.disabled = row.text(15);
  endpoint.news_cursor = row.integer(16);
  return endpoint;
}

WebhookDelivery delivery_of(const Statement& row) {
  WebhookDelivery delivery;
  delivery.number = row.integer(0);
  delivery.endpoint = row.text(1);
  delivery.event = row.text(2);
  delivery.type = row.text(3);
  delivery.body = row.text(4);
  delivery.created = {row.integer(5)};
  delivery.state = static_cast<DeliveryState>(row.integer(6));
  delivery.attempts = row.integer(7);
  delivery.next_ms = row.integer(8);
  return delivery;
}

// From parameter 1 on: what an administrator says, and the id.
void bind_said(Statement& statement, const WebhookEndpoint& endpoint) {
  statement.bind(1, endpoint.url).bind(2, endpoint.description).bind(3, endpoint.types);
  statement.bind(4, endpoint.resources).bind(5, endpoint.headers);
  statement.bind(6, std::int64_t{endpoint.is_active}).bind(7, endpoint.secret);
  statement.bind(8, endpoint.old_secret).bind(9, seconds_of(endpoint.old_secret_until));
  statement.bind(10, endpoint.id);
}

Error no_endpoint(std::string_view id) {
  return not_found("there is no webhook '" + std::string(id.substr(0, 60)) + "'");
}

}  // namespace

Result<std::unique_ptr<Webhooks>> Webhooks::open(const std::filesystem::path& ledger) {
  Database database = TRY(Database::open(ledger, Database::Kind::kLedger));
  return std::unique_ptr<Webhooks>(new Webhooks(std::move(database)));
}

Status Webhooks::add(const WebhookEndpoint& endpoint) {
  std::lock_guard lock(mutex_);
  Statement insert = TRY(database_.prepare(
      "INSERT INTO webhook_endpoints (url, description, types, resources, headers, is_active, "
      "secret, old_secret, old_secret_until, id, created, events_cursor, publications_cursor, "
      "told, failing_since, disabled, news_cursor) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  bind_said(insert, endpoint);
  insert.bind(11, endpoint.created.seconds).bind(12, endpoint.events_cursor);
  insert.bind(13, endpoint.publications_cursor).bind(14, endpoint.told);
  insert.bind(15, seconds_of(endpoint.failing_since)).bind(16, endpoint.disabled);
  return insert.bind(17, endpoint.news_cursor).run();
}

Result<std::vector<WebhookEndpoint>> Webhooks::endpoints() {
  std::lock_guard lock(mutex_);
  Statement rows =
      TRY(database_.prepare(std::string(kEndpointColumns).append("ORDER BY created, id")));
  std::vector<WebhookEndpoint> endpoints;
  while (TRY(rows.step())) endpoints.push_back(endpoint_of(rows));
  return endpoints;
}

Result<WebhookEndpoint> Webhooks::find(std::string_view id) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(std::string(kEndpointColumns).append("WHERE id = ?")));
  rows.bind(1, id);
  if (!TRY(rows.step())) return no_endpoint(id);
  return endpoint_of(rows);
}

Status Webhooks::change(const WebhookEndpoint& endpoint) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  if (endpoint.is_active) {
    Statement due = TRY(database_.prepare(
        "UPDATE webhook_deliveries SET next_ms = 0 WHERE endpoint = ? AND state = 0 AND EXISTS "
        "(SELECT 1 FROM webhook_endpoints WHERE id = endpoint AND NOT is_active)"));
    TRY(due.bind(1, endpoint.id).run());
  }
  Statement update = TRY(database_.prepare(
      "UPDATE webhook_endpoints SET url = ?, description = ?, types = ?, resources = ?, "
      "headers = ?, is_active = ?6, secret = ?, old_secret = ?, old_secret_until = ?, "
      "failing_since = CASE WHEN ?6 AND disabled != '' THEN NULL ELSE failing_since END, "
      "disabled = CASE WHEN ?6 THEN '' ELSE disabled END WHERE id = ?10"));
  bind_said(update, endpoint);
  TRY(update.run());
  if (database_.changed_rows() == 0) return no_endpoint(endpoint.id);
  return transaction.commit();
}

Status Webhooks::remove(std::string_view id) {
  std::lock_guard lock(mutex_);
  Statement remove = TRY(database_.prepare("DELETE FROM webhook_endpoints WHERE id = ?"));
  TRY(remove.bind(1, id).run());
  return database_.changed_rows() > 0 ? Status() : no_endpoint(id);
}

Result<std::int64_t> Webhooks::insert(const WebhookDelivery& delivery) {
  Statement insert = TRY(database_.prepare(
      "INSERT INTO webhook_deliveries (endpoint, event, type, body, created, state, attempts, "
      "next_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number"));
  insert.bind(1, delivery.endpoint).bind(2, delivery.event).bind(3, delivery.type);
  insert.bind(4, delivery.body).bind(5, delivery.created.seconds);
  insert.bind(6, number_of(delivery.state)).bind(7, delivery.attempts).bind(8, delivery.next_ms);
  if (!TRY(insert.step())) return internal("a row that was inserted has no number");
  return insert.integer(0);
}

Status Webhooks::enqueue(const WebhookEndpoint& before,
                         const WebhookEndpoint& endpoint,
                         const std::vector<WebhookDelivery>& deliveries) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement update = TRY(database_.prepare(
      "UPDATE webhook_endpoints SET events_cursor = ?, publications_cursor = ?, told = ?, "
      "news_cursor = ? WHERE id = ? AND events_cursor = ? AND publications_cursor = ? "
      "AND news_cursor = ?"));
  update.bind(1, endpoint.events_cursor).bind(2, endpoint.publications_cursor);
  update.bind(3, endpoint.told).bind(4, endpoint.news_cursor).bind(5, endpoint.id);
  update.bind(6, before.events_cursor).bind(7, before.publications_cursor);
  TRY(update.bind(8, before.news_cursor).run());
  if (database_.changed_rows() == 0) return conflict("the webhook was changed meanwhile");
  for (const WebhookDelivery& delivery : deliveries) TRY(insert(delivery));
  return transaction.commit();
}

Result<std::int64_t> Webhooks::newest_news() {
  std::lock_guard lock(mutex_);
  Statement row = TRY(database_.prepare("SELECT ifnull(max(number), 0) FROM news"));
  TRY(row.step());
  return row.integer(0);
}

Result<std::vector<NewsItem>> Webhooks::news_after(std::int64_t number, std::size_t limit) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      "SELECT number, id, type, body FROM news WHERE number > ? ORDER BY number LIMIT ?"));
  rows.bind(1, number).bind(2, static_cast<std::int64_t>(limit));
  std::vector<NewsItem> found;
  while (TRY(rows.step())) {
    found.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3)});
  }
  return found;
}

Result<std::optional<WebhookDelivery>> Webhooks::next_of(std::string_view endpoint) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(
      database_.prepare(std::string(kDeliveryColumns)
                            .append("WHERE endpoint = ? AND state = 0 ORDER BY number LIMIT 1")));
  rows.bind(1, endpoint);
  if (!TRY(rows.step())) return std::optional<WebhookDelivery>();
  return std::optional(delivery_of(rows));
}

Result<std::int64_t> Webhooks::waiting_of(std::string_view endpoint) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      "SELECT count(*) FROM webhook_deliveries WHERE endpoint = ? AND state = 0"));
  TRY(rows.bind(1, endpoint).step());
  return rows.integer(0);
}

Status Webhooks::add_attempt(std::int64_t delivery, const WebhookAttempt& attempt) {
  Statement insert = TRY(database_.prepare(
      "INSERT INTO webhook_attempts (delivery, at, status, took_ms, failure, answer) "
      "VALUES (?, ?, ?, ?, ?, ?)"));
  insert.bind(1, delivery).bind(2, attempt.at.seconds).bind(3, attempt.status);
  insert.bind(4, attempt.took_ms).bind(5, attempt.failure).bind_blob(6, attempt.answer);
  return insert.run();
}

Status Webhooks::note(const WebhookDelivery& delivery,
                      const WebhookAttempt& attempt,
                      const AttemptOutcome& outcome) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement update = TRY(database_.prepare(
      "UPDATE webhook_deliveries SET state = ?, attempts = ?, next_ms = ? WHERE number = ?"));
  update.bind(1, number_of(outcome.state)).bind(2, delivery.attempts + 1);
  TRY(update.bind(3, outcome.next_ms).bind(4, delivery.number).run());
  // The endpoint was removed while it was called.
  if (database_.changed_rows() == 0) return {};
  TRY(add_attempt(delivery.number, attempt));
  Statement endpoint =
      TRY(database_.prepare("UPDATE webhook_endpoints SET failing_since = ?, "
                            "disabled = CASE WHEN ? = '' THEN disabled ELSE ? END, "
                            "is_active = CASE WHEN ? = '' THEN is_active ELSE 0 END WHERE id = ?"));
  endpoint.bind(1, seconds_of(outcome.failing_since)).bind(2, outcome.disabled);
  endpoint.bind(3, outcome.disabled).bind(4, outcome.disabled).bind(5, delivery.endpoint);
  TRY(endpoint.run());
  return transaction.commit();
}

Result<std::int64_t> Webhooks::add_done(const WebhookDelivery& delivery,
                                        const WebhookAttempt& attempt) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  std::int64_t number = TRY(insert(delivery));
  TRY(add_attempt(number, attempt));
  TRY(transaction.commit());
  return number;
}

Result<std::vector<WebhookDelivery>> Webhooks::deliveries(std::string_view endpoint,
                                                          std::optional<DeliveryState> state,
                                                          std::int64_t before,
                                                          std::size_t limit) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(
      database_.prepare(std::string(kDeliveryColumns)
                            .append("WHERE endpoint = ? AND (? OR number < ?) AND (? OR state = ?) "
                                    "ORDER BY number DESC LIMIT ?")));
  rows.bind(1, endpoint).bind(2, std::int64_t{before == 0}).bind(3, before);
  rows.bind(4, std::int64_t{!state}).bind(5, state ? number_of(*state) : 0);
  rows.bind(6, static_cast<std::int64_t>(limit));
  std::vector<WebhookDelivery> deliveries;
  while (TRY(rows.step())) deliveries.push_back(delivery_of(rows));
  return deliveries;
}

Result<WebhookDelivery> Webhooks::delivery(std::string_view endpoint, std::int64_t number) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(
      database_.prepare(std::string(kDeliveryColumns).append("WHERE number = ? AND endpoint = ?")));
  rows.bind(1, number).bind(2, endpoint);
  if (!TRY(rows.step())) {
    return not_found("there is no delivery " + std::to_string(number) + " of this webhook");
  }
  return delivery_of(rows);
}

Result<std::vector<WebhookAttempt>> Webhooks::attempts(std::int64_t delivery) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      "SELECT at, status, took_ms, failure, answer FROM webhook_attempts WHERE delivery = ? "
      "ORDER BY number"));
  rows.bind(1, delivery);
  std::vector<WebhookAttempt> attempts;
  while (TRY(rows.step())) {
    attempts.push_back({.at = {rows.integer(0)},
                        .status = rows.integer(1),
                        .took_ms = rows.integer(2),
                        .failure = rows.text(3),
                        .answer = rows.text(4)});
  }
  return attempts;
}

Result<std::int64_t> Webhooks::replay(std::string_view endpoint, std::int64_t number) {
  std::lock_guard lock(mutex_);
  Statement update =
      TRY(database_.prepare("UPDATE webhook_deliveries SET state = 0, attempts = 0, next_ms = 0 "
                            "WHERE number = ? AND endpoint = ? AND type != 'webhook.ping'"));
  TRY(update.bind(1, number).bind(2, endpoint).run());
  return database_.changed_rows();
}

Result<std::int64_t> Webhooks::replay_since(std::string_view endpoint, Instant since) {
  std::lock_guard lock(mutex_);
  Statement update = TRY(database_.prepare(
      "UPDATE webhook_deliveries SET state = 0, attempts = 0, next_ms = 0 "
      "WHERE endpoint = ? AND created >= ? AND state != 0 AND type != 'webhook.ping'"));
  TRY(update.bind(1, endpoint).bind(2, since.seconds).run());
  return database_.changed_rows();
}

Result<std::int64_t> Webhooks::forget_before(Instant moment) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement news = TRY(database_.prepare("DELETE FROM news WHERE told < ?"));
  TRY(news.bind(1, moment.seconds).run());
  Statement remove =
      TRY(database_.prepare("DELETE FROM webhook_deliveries WHERE created < ? AND state != 0"));
  TRY(remove.bind(1, moment.seconds).run());
  std::int64_t removed = database_.changed_rows();
  TRY(transaction.commit());
  return removed;
}

Result<WebhookCounts> Webhooks::counts() {
  std::lock_guard lock(mutex_);
  Statement rows =
      TRY(database_.prepare("SELECT (SELECT count(*) FROM webhook_endpoints), "
                            "(SELECT count(*) FROM webhook_endpoints WHERE disabled != ''), "
                            "(SELECT count(*) FROM webhook_deliveries WHERE state = 0)"));
  TRY(rows.step());
  return WebhookCounts{rows.integer(0), rows.integer(1), rows.integer(2)};
}

}  // namespace stet::storage
