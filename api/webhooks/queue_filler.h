// Puts what has happened into an endpoint's queue, once and in order.
//
// Nothing tells it of events: it asks what lies between the endpoint's cursor and the newest
// publication, which is a function of the repository. So what was committed while the server was
// down, or was killed before anybody was told, is found when it is asked next. Of publications the
// newest counts: those that another one followed before they were told are folded into it, which
// names them (`overtaken`) and changes what they have changed; commits never are. What happens
// beside both is read from the ledger's news likewise (storage/sqlite/change_news.h), for as long
// as they are kept. Threads: one. Limits: kWaitingMax deliveries wait, the rest stays in the
// repository; kBodyBytesMax.
#pragma once

#include <cstddef>
#include <string>

#include "api/events/commit_events.h"
#include "cms/publish/publisher.h"
#include "storage/sqlite/webhooks.h"

namespace stet::webhooks {

class QueueFiller {
 public:
  static constexpr std::int64_t kWaitingMax = 100;
  static constexpr std::size_t kEventsAtOnce = 100;
  static constexpr std::size_t kBodyBytesMax = 20'000;  // fields are left out beyond these

  // All must outlive it.
  QueueFiller(storage::Webhooks& store,
              const storage::Repository& repository,
              const publish::Publisher& publisher,
              const Clock& clock)
      : store_(store),
        repository_(repository),
        publisher_(publisher),
        clock_(clock),
        commits_(repository) {}

  // True: there may be more. kConflict: the endpoint was changed meanwhile; ask again.
  Result<bool> fill(const storage::WebhookEndpoint& endpoint);

  // The cursors of an endpoint that is to be told what happens from now on; after `since`, where
  // that is a commit.
  void start(storage::WebhookEndpoint& endpoint, const std::optional<CommitId>& since) const;

 private:
  struct Filling;
  Status add_commits(Filling& filling) const;
  Status skip(Filling& filling, const events::EventCursor& at, const Error& error) const;
  void add_publication(Filling& filling) const;
  Status add_news(Filling& filling) const;

  storage::Webhooks& store_;
  const storage::Repository& repository_;
  const publish::Publisher& publisher_;
  const Clock& clock_;
  const events::CommitEvents commits_;
};

}  // namespace stet::webhooks
