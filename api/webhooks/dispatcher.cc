#include "api/webhooks/dispatcher.h"

#include <algorithm>
#include <array>

#include "api/events/event_json.h"
#include "api/webhooks/retries.h"
#include "api/webhooks/signing.h"
#include "api/webhooks/subscription.h"
#include "storage/base/hex.h"
#include "storage/base/time.h"
#include "storage/base/utf8.h"

namespace stet::webhooks {
namespace {

using storage::AttemptOutcome;
using storage::DeliveryState;
using storage::HttpAnswer;
using storage::HttpCall;
using storage::WebhookAttempt;
using storage::WebhookDelivery;
using storage::WebhookEndpoint;

constexpr std::int64_t kPauseMs = 1000;       // between looks at the clock
constexpr std::int64_t kForgetSeconds = 600;  // between prunings
constexpr int kGone = 410;

bool is_success(const HttpAnswer& answer) { return answer.status >= 200 && answer.status < 300; }

HttpCall call_of(const WebhookEndpoint& endpoint, const WebhookDelivery& delivery, Instant now) {
  HttpCall call{endpoint.url, {}, delivery.body};
  for (std::size_t begin = 0; begin < endpoint.headers.size();) {
    std::size_t end = std::min(endpoint.headers.find('\n', begin), endpoint.headers.size());
    std::string line = endpoint.headers.substr(begin, end - begin);
    std::size_t colon = line.find(": ");
    if (colon != line.npos)
      call.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    begin = end + 1;
  }
  std::vector<std::string> secrets = {endpoint.secret};
  if (endpoint.old_secret_until && *endpoint.old_secret_until > now) {
    secrets.push_back(endpoint.old_secret);
  }
  call.headers.emplace_back("Content-Type", "application/json");
  call.headers.emplace_back("webhook-id", delivery.event);
  call.headers.emplace_back("webhook-timestamp", std::to_string(now.seconds));
  call.headers.emplace_back("webhook-signature",
                            signature_of({delivery.event, now, delivery.body}, secrets));
  return call;
}

WebhookAttempt attempt_of(const HttpAnswer& answer, Instant now) {
  return {.at = now,
          .status = answer.status,
          .took_ms = answer.took_ms,
          .failure = printable(answer.failure, 300),
          .answer = answer.beginning};
}

std::string disabled_json(const WebhookEndpoint& endpoint, const std::string& why) {
  return events::dump({{"webhook", endpoint.id}, {"url", endpoint.url}, {"reason", why}});
}

}  // namespace

Result<std::unique_ptr<Dispatcher>> Dispatcher::open(Parts parts,
                                                     storage::AddressFilter filter,
                                                     DispatcherSettings settings) {
  auto caller = TRY(storage::HttpCaller::open(std::move(filter), settings.limits, settings.agent));
  return std::unique_ptr<Dispatcher>(
      new Dispatcher(std::move(parts), std::move(caller), std::move(settings)));
}

Dispatcher::Dispatcher(Parts parts,
                       std::unique_ptr<storage::HttpCaller> caller,
                       DispatcherSettings settings)
    : parts_(std::move(parts)),
      settings_(std::move(settings)),
      caller_(std::move(caller)),
      filler_(parts_.store, parts_.repository, parts_.publisher, parts_.clock) {}

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::start() {
  thread_ = std::thread([this] { work(); });
}

void Dispatcher::stop() {
  is_stopped_ = true;
  caller_->wake();
  if (thread_.joinable()) thread_.join();
}

void Dispatcher::work() {
  while (!is_stopped_) round(kPauseMs);
}

void Dispatcher::note(const Status& status) {
  if (!status) parts_.note("webhooks: " + status.error().message);
}

std::size_t Dispatcher::round(std::int64_t ms_max) {
  note(fill_and_start());
  forget_old();
  for (const auto& [name, answer] : caller_->wait(has_more_ ? 0 : ms_max)) {
    auto delivery = under_way_.extract(name);
    busy_.erase(delivery.mapped().endpoint);
    note(take(delivery.mapped(), answer));
  }
  return under_way_.size();
}

Status Dispatcher::fill_and_start() {
  has_more_ = false;
  std::int64_t now_ms = parts_.clock.now().seconds * 1000;
  for (const WebhookEndpoint& endpoint : TRY(parts_.store.endpoints())) {
    if (!endpoint.is_active) continue;
    auto filled = filler_.fill(endpoint);
    bool is_changed = !filled && filled.error().code == ErrorCode::kConflict;
    if (!filled && !is_changed) {
      note(std::move(filled).error().within("webhook " + endpoint.id));
    } else if (is_changed || *filled) {
      has_more_ = true;
    }
    if (!busy_.contains(endpoint.id)) TRY(start_due(endpoint, now_ms));
  }
  return {};
}

Status Dispatcher::start_due(const WebhookEndpoint& endpoint, std::int64_t now_ms) {
  auto next = TRY(parts_.store.next_of(endpoint.id));
  if (!next || next->next_ms > now_ms) return {};
  std::uint64_t name = ++last_name_;
  TRY(caller_->start(name, call_of(endpoint, *next, parts_.clock.now())));
  busy_.insert(endpoint.id);
  under_way_.emplace(name, *std::move(next));
  return {};
}

AttemptOutcome Dispatcher::outcome_of(const WebhookEndpoint& endpoint,
                                      const WebhookDelivery& delivery,
                                      const HttpAnswer& answer) {
  if (is_success(answer)) return {};
  Instant now = parts_.clock.now();
  AttemptOutcome outcome{.state = DeliveryState::kWaiting,
                         .next_ms = now.seconds * 1000,
                         .failing_since = endpoint.failing_since.value_or(now),
                         .disabled = ""};
  auto pause = pause_ms(delivery.attempts + 1, answer.retry_after_seconds, parts_.random);
  if (pause) {
    outcome.next_ms += *pause;
  } else {
    outcome.state = DeliveryState::kFailed;
  }
  if (answer.status == kGone) {
    outcome.disabled = "the receiver answered 410: it wants no more";
    outcome.state = DeliveryState::kWaiting;
  } else if (now.seconds - outcome.failing_since->seconds >= settings_.disable_seconds) {
    outcome.disabled = "nothing was taken since " + iso_instant(*outcome.failing_since);
    outcome.state = DeliveryState::kWaiting;
  }
  return outcome;
}

Status Dispatcher::take(const WebhookDelivery& delivery, const HttpAnswer& answer) {
  ++(is_success(answer) ? delivered_ : failed_);
  auto endpoint = parts_.store.find(delivery.endpoint);
  if (!endpoint && endpoint.error().code == ErrorCode::kNotFound) return {};  // it was removed
  if (!endpoint) return std::move(endpoint).error();
  AttemptOutcome outcome = outcome_of(*endpoint, delivery, answer);
  TRY(parts_.store.note(delivery, attempt_of(answer, parts_.clock.now()), outcome));
  if (outcome.disabled.empty() || !endpoint->disabled.empty()) return {};
  parts_.note("webhook " + endpoint->id + " is switched off: " + outcome.disabled);
  if (parts_.tell) parts_.tell("webhook.disabled", disabled_json(*endpoint, outcome.disabled));
  return {};
}

void Dispatcher::forget_old() {
  std::int64_t now = parts_.clock.now().seconds;
  if (now - forgotten_at_ < kForgetSeconds) return;
  forgotten_at_ = now;
  auto forgotten = parts_.store.forget_before({now - settings_.log_seconds});
  if (!forgotten) note(std::move(forgotten).error());
}

Result<std::int64_t> Dispatcher::ping(const WebhookEndpoint& endpoint) {
  std::unique_lock lock(ping_mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return unavailable("another webhook is being tried; try again");
  Instant now = parts_.clock.now();
  std::array<std::uint8_t, 12> bytes;
  parts_.random.fill(bytes);
  WebhookDelivery delivery;
  delivery.endpoint = endpoint.id;
  delivery.event = "ping-" + encode_hex(bytes);
  delivery.type = kPing;
  delivery.body = events::dump(
      {{"type", kPing}, {"timestamp", iso_instant(now)}, {"data", {{"webhook", endpoint.id}}}});
  delivery.created = now;
  delivery.attempts = 1;
  auto caller =
      TRY(storage::HttpCaller::open(caller_->filter(), settings_.limits, settings_.agent));
  TRY(caller->start(1, call_of(endpoint, delivery, now)));
  std::vector<std::pair<std::uint64_t, HttpAnswer>> answers;
  while (answers.empty()) answers = caller->wait(kPauseMs);
  const HttpAnswer& answer = answers.front().second;
  delivery.state = is_success(answer) ? DeliveryState::kDelivered : DeliveryState::kFailed;
  return parts_.store.add_done(delivery, attempt_of(answer, now));
}

}  // namespace stet::webhooks
