// Calls the endpoints: at least once, in order for each, and none of them waits for another.
//
// One thread. Each endpoint has one call under way at most, the first of its queue; what fails is
// tried again by the schedule (retries.h) and holds up its own endpoint alone. An endpoint is
// switched off when it answers 410, and when nothing it was sent was taken for Settings::
// disable_seconds; what it is to be told waits until somebody switches it on. A delivery that is
// given up after its last attempt lets the next one go.
//
// Threads: wake() and ping() from any; round() from one, which is the dispatcher's own once start()
// was called. Failure: what the ledger refuses is noted and tried again.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>

#include "api/webhooks/queue_filler.h"
#include "storage/base/random.h"
#include "storage/outbound/http_caller.h"
#include "storage/sqlite/webhooks.h"

namespace stet::webhooks {

struct DispatcherSettings {
  std::int64_t disable_seconds = 5 * 86'400;
  std::int64_t log_seconds = 30 * 86'400;  // deliveries that are done are kept so long
  storage::CallLimits limits = {};
  std::string agent = "stet";
};

// Since the start.
struct DispatcherCounts {
  std::uint64_t delivered = 0, failed = 0;  // attempts
};

class Dispatcher {
 public:
  struct Parts {
    storage::Webhooks& store;
    const storage::Repository& repository;
    const publish::Publisher& publisher;
    const Clock& clock;
    RandomSource& random;
    // Told what an operator should know; from the dispatcher's thread.
    std::function<void(std::string_view)> note;
    // Told of endpoints that were switched off: type and JSON of an event.
    std::function<void(std::string_view, std::string_view)> tell;
  };

  // All that `parts` names must outlive it.
  static Result<std::unique_ptr<Dispatcher>> open(Parts parts,
                                                  storage::AddressFilter filter,
                                                  DispatcherSettings settings);
  ~Dispatcher();

  void start();
  void stop();  // what is under way is dropped, and made again by the next process
  // Something has happened, or an endpoint was changed.
  void wake() { caller_->wake(); }

  // Fills queues, starts what is due, waits for that long at most until something is answered, and
  // notes the answers. How many are under way.
  std::size_t round(std::int64_t ms_max);

  // Calls the endpoint now, beside its queue. kUnavailable: another one is being tried.
  Result<std::int64_t> ping(const storage::WebhookEndpoint& endpoint);

  storage::Webhooks& store() const { return parts_.store; }
  RandomSource& random() const { return parts_.random; }
  const QueueFiller& filler() const { return filler_; }
  const storage::AddressFilter& filter() const { return caller_->filter(); }
  DispatcherCounts counts() const { return {delivered_.load(), failed_.load()}; }

 private:
  Dispatcher(Parts parts, std::unique_ptr<storage::HttpCaller> caller, DispatcherSettings settings);
  void work();
  Status fill_and_start();
  Status start_due(const storage::WebhookEndpoint& endpoint, std::int64_t now_ms);
  Status take(const storage::WebhookDelivery& delivery, const storage::HttpAnswer& answer);
  storage::AttemptOutcome outcome_of(const storage::WebhookEndpoint& endpoint,
                                     const storage::WebhookDelivery& delivery,
                                     const storage::HttpAnswer& answer);
  void forget_old();
  void note(const Status& status);

  const Parts parts_;
  const DispatcherSettings settings_;
  const std::unique_ptr<storage::HttpCaller> caller_;
  QueueFiller filler_;
  std::map<std::uint64_t, storage::WebhookDelivery> under_way_;  // by the call's name
  std::set<std::string> busy_;                                   // endpoints of those
  std::uint64_t last_name_ = 0;
  bool has_more_ = false;  // to be filled
  std::int64_t forgotten_at_ = 0;
  std::mutex ping_mutex_;
  std::atomic<std::uint64_t> delivered_{0}, failed_{0};
  std::atomic<bool> is_stopped_{false};
  std::thread thread_;
};

}  // namespace stet::webhooks
