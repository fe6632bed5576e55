// Whom the server calls when something has happened, what it has to tell them, and how that went.
//
// Tables of the ledger's file, through a connection of their own. An endpoint has a cursor into
// what happens; deliveries are put behind it in the transaction that moves it, so that none is lost
// and none is made twice, wherever the process ends. Threads: every method from any thread, one at
// a time inside. Durability: as the ledger's. Secrets lie here as they are, for each delivery is
// signed with them: the file is readable by its owner alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

struct WebhookEndpoint {
  std::string id;
  // What an administrator says.
  std::string url;
  std::string description;
  std::string types;      // patterns parted by blanks: "entry.* site.published"
  std::string resources;  // likewise: "posts schedule/sessions"; "": all
  std::string headers;    // further ones, "name: value" a line
  bool is_active = true;
  std::string secret;  // "whsec_..."
  std::string old_secret;
  std::optional<Instant> old_secret_until;
  Instant created;
  // What the dispatcher notes.
  std::string events_cursor;        // how far in the events of commits
  std::string publications_cursor;  // and of publications
  std::int64_t told = 0;            // publications told of
  std::int64_t news_cursor = 0;     // how far in what is told beside both, by number
  std::optional<Instant> failing_since;
  std::string disabled;  // why it was switched off; "" where it was not

  friend bool operator==(const WebhookEndpoint&, const WebhookEndpoint&) = default;
};

enum class DeliveryState { kWaiting, kDelivered, kFailed };

struct WebhookDelivery {
  std::int64_t number = 0;  // their order
  std::string endpoint;
  std::string event;  // the same at each attempt: webhook-id
  std::string type;
  std::string body;
  Instant created;
  DeliveryState state = DeliveryState::kWaiting;
  std::int64_t attempts = 0;  // since it was last put in the queue
  std::int64_t next_ms = 0;   // of the next attempt, since 1970

  friend bool operator==(const WebhookDelivery&, const WebhookDelivery&) = default;
};

struct WebhookAttempt {
  Instant at;
  std::int64_t status = 0;  // of HTTP; 0: there was no answer
  std::int64_t took_ms = 0;
  std::string failure;  // why, in a sentence; "" for none
  std::string answer;   // its beginning

  friend bool operator==(const WebhookAttempt&, const WebhookAttempt&) = default;
};

// How an attempt has left its delivery and its endpoint.
struct AttemptOutcome {
  DeliveryState state = DeliveryState::kDelivered;
  std::int64_t next_ms = 0;
  std::optional<Instant> failing_since;
  std::string disabled;  // "": it is not
};

// What happens beside commits and publications (change_news.h).
struct NewsItem {
  std::int64_t number = 0;  // their order; no number comes twice
  std::string id, type;
  std::string body;  // as it is sent
  friend bool operator==(const NewsItem&, const NewsItem&) = default;
};

struct WebhookCounts {
  std::int64_t endpoints = 0, disabled = 0, waiting = 0;
};

class Webhooks {
 public:
  // The ledger's file, which Ledger::open() has made.
  static Result<std::unique_ptr<Webhooks>> open(const std::filesystem::path& ledger);

  Status add(const WebhookEndpoint& endpoint);
  Result<std::vector<WebhookEndpoint>> endpoints();   // the oldest first
  Result<WebhookEndpoint> find(std::string_view id);  // kNotFound
  // What an administrator says, and that alone; kNotFound. One that is switched on by it is not
  // disabled any more, and what waits for it is due.
  Status change(const WebhookEndpoint& endpoint);
  Status remove(std::string_view id);  // with its deliveries; kNotFound

  // Puts deliveries behind those that there are, and moves the endpoint's cursors to what
  // `endpoint` says: both or neither. kNotFound: it was removed; kConflict: its cursors are others
  // than `before` says.
  Status enqueue(const WebhookEndpoint& before,
                 const WebhookEndpoint& endpoint,
                 const std::vector<WebhookDelivery>& deliveries);

  // 0: there is none.
  Result<std::int64_t> newest_news();
  Result<std::vector<NewsItem>> news_after(std::int64_t number, std::size_t limit);

  // The first that waits, of this endpoint.
  Result<std::optional<WebhookDelivery>> next_of(std::string_view endpoint);
  Result<std::int64_t> waiting_of(std::string_view endpoint);
  Status note(const WebhookDelivery& delivery,
              const WebhookAttempt& attempt,
              const AttemptOutcome& outcome);
  // One that was made beside the queue; gives its number.
  Result<std::int64_t> add_done(const WebhookDelivery& delivery, const WebhookAttempt& attempt);

  // The newest first, those before `before` (0: from the newest).
  Result<std::vector<WebhookDelivery>> deliveries(std::string_view endpoint,
                                                  std::optional<DeliveryState> state,
                                                  std::int64_t before,
                                                  std::size_t limit);
  Result<WebhookDelivery> delivery(std::string_view endpoint, std::int64_t number);  // kNotFound
  Result<std::vector<WebhookAttempt>> attempts(std::int64_t delivery);  // the oldest first

  // In their old place in the queue again; how many. Pings are not.
  Result<std::int64_t> replay(std::string_view endpoint, std::int64_t number);
  Result<std::int64_t> replay_since(std::string_view endpoint, Instant since);

  // Those that are done and older, and older news; how many deliveries.
  Result<std::int64_t> forget_before(Instant moment);
  Result<WebhookCounts> counts();

 private:
  explicit Webhooks(Database database) : database_(std::move(database)) {}
  Status add_attempt(std::int64_t delivery, const WebhookAttempt& attempt);
  Result<std::int64_t> insert(const WebhookDelivery& delivery);

  std::mutex mutex_;
  Database database_;
};

}  // namespace stet::storage
