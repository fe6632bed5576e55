// What was sent to a webhook, and sending it again.

#include <array>
#include <charconv>

#include "api/routes/webhook_json.h"
#include "api/routes/webhooks.h"
#include "api/webhooks/dispatcher.h"

namespace stet::api {
namespace {

using document::Data;
using storage::DeliveryState;
using storage::WebhookDelivery;

constexpr std::size_t kDeliveriesShown = 50, kDeliveriesMax = 200;

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool is_number = error == std::errc() && end == text.data() + text.size() && number > 0;
  return is_number ? std::optional(number) : std::nullopt;
}

// The store, once it is sure that it has the webhook.
std::variant<storage::Webhooks*, ProblemReport> store_of(const Call& call) {
  if (!call.backend.webhooks) {
    return ProblemReport{.status = 503, .detail = "this server calls nobody"};
  }
  storage::Webhooks& store = call.backend.webhooks->store();
  auto endpoint = store.find(call.parameter("id"));
  if (!endpoint) return report_of(endpoint.error());
  return &store;
}

std::variant<std::optional<DeliveryState>, ProblemReport> state_of(const Call& call) {
  auto text = call.request.query_value("state");
  if (!text) return std::optional<DeliveryState>();
  if (*text == "waiting") return std::optional(DeliveryState::kWaiting);
  if (*text == "delivered") return std::optional(DeliveryState::kDelivered);
  if (*text == "failed") return std::optional(DeliveryState::kFailed);
  return bad_query("state", "state is waiting, delivered or failed");
}

Answer delivery_answer(const Call& call, storage::Webhooks& store, std::int64_t number) {
  auto delivery = store.delivery(call.parameter("id"), number);
  if (!delivery) return report_of(delivery.error());
  auto attempts = store.attempts(number);
  if (!attempts) return report_of(attempts.error());
  Json json = to_json(*delivery);
  json["body"] = Json::parse(delivery->body, nullptr, false);
  json["log"] = Json::array();
  for (const storage::WebhookAttempt& attempt : *attempts) json["log"].push_back(to_json(attempt));
  return json_response(200, json);
}

// {"delivery": 7}, or {"since": "2020-10-12T10:00:00Z"}.
Result<std::int64_t> replay(const Call& call, storage::Webhooks& store, const Data::Map& object) {
  std::string_view id = call.parameter("id");
  const Data* delivery = object.find("delivery");
  const Data* since = object.find("since");
  if (object.size() == 1 && delivery && delivery->integer()) {
    TRY(store.delivery(id, *delivery->integer()));
    return store.replay(id, *delivery->integer());
  }
  if (object.size() == 1 && since && since->string()) {
    auto time = parse_iso_time(*since->string());
    if (time && time->offset_seconds) {
      return store.replay_since(id, {seconds_as_utc(time->civil) - *time->offset_seconds});
    }
  }
  return invalid_input(
      "send {\"delivery\": 7} with a delivery's number, or {\"since\": \"2020-10-12T10:00:00Z\"}");
}

}  // namespace

Answer ping_webhook(const Call& call) {
  auto store = store_of(call);
  if (auto* report = std::get_if<ProblemReport>(&store)) return *report;
  storage::Webhooks& webhooks = *std::get<storage::Webhooks*>(store);
  auto endpoint = webhooks.find(call.parameter("id"));
  if (!endpoint) return report_of(endpoint.error());
  auto number = call.backend.webhooks->ping(*endpoint);
  if (!number) return report_of(number.error());
  return delivery_answer(call, webhooks, *number);
}

Answer list_deliveries(const Call& call) {
  auto store = store_of(call);
  if (auto* report = std::get_if<ProblemReport>(&store)) return *report;
  auto limit = limit_of(call, kDeliveriesShown, kDeliveriesMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  auto state = state_of(call);
  if (auto* report = std::get_if<ProblemReport>(&state)) return *report;
  std::int64_t before = 0;
  if (auto cursor = call.request.query_value("cursor")) {
    auto number = number_of(*cursor);
    if (!number) return bad_query("cursor", "this is no cursor of deliveries");
    before = *number;
  }
  std::size_t wanted = std::get<std::size_t>(limit);
  // One more than is shown says whether there is a next page.
  auto deliveries = std::get<storage::Webhooks*>(store)->deliveries(
      call.parameter("id"), std::get<std::optional<DeliveryState>>(state), before, wanted + 1);
  if (!deliveries) return report_of(deliveries.error());
  bool has_more = deliveries->size() > wanted;
  if (has_more) deliveries->pop_back();
  Json items = Json::array();
  for (const WebhookDelivery& delivery : *deliveries) items.push_back(to_json(delivery));
  std::string next = has_more ? std::to_string(deliveries->back().number) : "";
  http::Response response = tagged_response(
      call, {{"items", std::move(items)}, {"next", has_more ? Json(next) : Json(nullptr)}});
  if (has_more) {
    response.headers.add("Link", "<" + url_with_cursor(call, next) + ">; rel=\"next\"");
  }
  return response;
}

Answer read_delivery(const Call& call) {
  auto store = store_of(call);
  if (auto* report = std::get_if<ProblemReport>(&store)) return *report;
  auto number = number_of(call.parameter("delivery"));
  if (!number) return ProblemReport{.status = 404, .detail = "a delivery's name is its number"};
  return delivery_answer(call, *std::get<storage::Webhooks*>(store), *number);
}

Answer replay_deliveries(const Call& call) {
  auto store = store_of(call);
  if (auto* report = std::get_if<ProblemReport>(&store)) return *report;
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  const Data::Map* object = std::get<Data>(json).map();
  auto queued = replay(call, *std::get<storage::Webhooks*>(store), object ? *object : Data::Map());
  if (!queued && queued.error().code == ErrorCode::kInvalidInput) {
    return field_report("", queued.error().message);
  }
  if (!queued) return report_of(queued.error());
  call.backend.webhooks->wake();
  return json_response(200, {{"queued", *queued}});
}

}  // namespace stet::api
