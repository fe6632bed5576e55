#include "api/routes/webhooks.h"

#include "api/routes/webhook_json.h"
#include "api/webhooks/dispatcher.h"
#include "api/webhooks/signing.h"
#include "storage/base/hex.h"
#include "storage/history/merge_base.h"

namespace stet::api {
namespace {

using document::Data;
using storage::WebhookEndpoint;
using webhooks::Dispatcher;

constexpr std::int64_t kGraceSeconds = 86'400, kGraceSecondsMax = 30 * 86'400;

// The request's object.
std::variant<Data, ProblemReport> object_of(const Call& call) {
  auto json = json_of(call);
  if (std::holds_alternative<Data>(json) && !std::get<Data>(json).map()) {
    return field_report("", "the request is an object");
  }
  return json;
}

ProblemReport no_webhooks() { return {.status = 503, .detail = "this server calls nobody"}; }

std::variant<WebhookEndpoint, ProblemReport> endpoint_of(const Call& call) {
  if (!call.backend.webhooks) return no_webhooks();
  auto endpoint = call.backend.webhooks->store().find(call.parameter("id"));
  if (!endpoint) return report_of(endpoint.error());
  return *std::move(endpoint);
}

Fault take_secret(Data::Map& object, RandomSource& random, std::string& secret) {
  std::optional<std::string> given;
  if (auto fault = take_text(object, "secret", given)) return fault;
  Status checked = given ? webhooks::check_secret(*given) : Status();
  if (!checked) return field_report("/secret", checked.error().message);
  secret = given ? *given : webhooks::make_secret(random);
  return std::nullopt;
}

// A commit of the branch, after which the endpoint is told everything.
Fault take_since(const Call& call, Data::Map& object, std::optional<CommitId>& since) {
  std::optional<std::string> text;
  if (auto fault = take_text(object, "since", text)) return fault;
  if (!text) return std::nullopt;
  auto commit = CommitId::parse(*text);
  auto head = call.backend.repository.head_of(call.backend.branch());
  bool is_there = commit && head && *head;
  if (is_there) {
    auto found = storage::is_ancestor(call.backend.repository, *commit, **head);
    is_there = found && *found;
  }
  if (!is_there) return field_report("/since", "since is a commit of the branch, by its 40 digits");
  since = *commit;
  return std::nullopt;
}

std::string make_id(RandomSource& random) {
  std::array<std::uint8_t, 9> bytes;
  random.fill(bytes);
  return "wh_" + encode_hex(bytes);
}

Fault fault_of_number(Dispatcher& dispatcher) {
  auto counts = dispatcher.store().counts();
  if (!counts) return report_of(counts.error());
  if (counts->endpoints < static_cast<std::int64_t>(kWebhooksMax)) return std::nullopt;
  return ProblemReport{.status = 409, .detail = "there are 100 webhooks, and no more can be"};
}

// A webhook, and the object of a request to change it.
struct WantedChange {
  WebhookEndpoint endpoint;
  Data json;
};

std::variant<WantedChange, ProblemReport> change_of(const Call& call) {
  auto endpoint = endpoint_of(call);
  if (auto* report = std::get_if<ProblemReport>(&endpoint)) return *report;
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  return WantedChange{std::get<WebhookEndpoint>(std::move(endpoint)),
                      std::get<Data>(std::move(json))};
}

}  // namespace

Answer list_webhooks(const Call& call) {
  if (!call.backend.webhooks) return no_webhooks();
  auto endpoints = call.backend.webhooks->store().endpoints();
  if (!endpoints) return report_of(endpoints.error());
  Json items = Json::array();
  for (const WebhookEndpoint& endpoint : *endpoints) items.push_back(to_json(endpoint));
  return tagged_response(call, {{"items", std::move(items)}});
}

Answer create_webhook(const Call& call) {
  Dispatcher* dispatcher = call.backend.webhooks;
  if (!dispatcher) return no_webhooks();
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  WebhookEndpoint endpoint;
  std::optional<CommitId> since;
  if (auto fault = take_webhook(object, dispatcher->filter(), endpoint)) return *fault;
  if (endpoint.url.empty()) return field_report("/url", "the url to be called is needed");
  if (auto fault = take_secret(object, dispatcher->random(), endpoint.secret)) return *fault;
  if (auto fault = take_since(call, object, since)) return *fault;
  if (auto fault = refuse_rest(object)) return *fault;
  if (auto fault = fault_of_number(*dispatcher)) return *fault;
  endpoint.id = make_id(dispatcher->random());
  endpoint.created = call.backend.clock.now();
  dispatcher->filler().start(endpoint, since);
  if (Status added = dispatcher->store().add(endpoint); !added) return report_of(added.error());
  dispatcher->wake();
  Json shown = to_json(endpoint);
  shown["secret"] = endpoint.secret;
  http::Response response = json_response(201, shown);
  response.headers.add("Location", shown["self"].get<std::string>());
  return response;
}

Answer read_webhook(const Call& call) {
  auto endpoint = endpoint_of(call);
  if (auto* report = std::get_if<ProblemReport>(&endpoint)) return *report;
  return tagged_response(call, to_json(std::get<WebhookEndpoint>(endpoint)));
}

Answer patch_webhook(const Call& call) {
  auto wanted = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&wanted)) return *report;
  auto& [endpoint, json] = std::get<WantedChange>(wanted);
  Data::Map& object = *json.map();
  Dispatcher& dispatcher = *call.backend.webhooks;
  if (auto fault = take_webhook(object, dispatcher.filter(), endpoint)) return *fault;
  if (auto fault = refuse_rest(object)) return *fault;
  Status changed = dispatcher.store().change(endpoint);
  if (!changed) return report_of(changed.error());
  dispatcher.wake();
  auto after = dispatcher.store().find(endpoint.id);
  if (!after) return report_of(after.error());
  return json_response(200, to_json(*after));
}

Answer delete_webhook(const Call& call) {
  auto endpoint = endpoint_of(call);
  if (auto* report = std::get_if<ProblemReport>(&endpoint)) return *report;
  const WebhookEndpoint& removed = std::get<WebhookEndpoint>(endpoint);
  Status done = call.backend.webhooks->store().remove(removed.id);
  if (!done) return report_of(done.error());
  return json_response(200, to_json(removed));
}

Answer rotate_secret(const Call& call) {
  auto wanted = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&wanted)) return *report;
  auto& [endpoint, json] = std::get<WantedChange>(wanted);
  Data::Map& object = *json.map();
  Dispatcher& dispatcher = *call.backend.webhooks;
  std::int64_t grace = kGraceSeconds;
  if (const Data* seconds = object.find("grace_seconds")) {
    bool is_sound =
        seconds->integer() && *seconds->integer() >= 0 && *seconds->integer() <= kGraceSecondsMax;
    if (!is_sound) return field_report("/grace_seconds", "a number from 0 to 2592000");
    grace = *seconds->integer();
    object.erase("grace_seconds");
  }
  endpoint.old_secret = std::move(endpoint.secret);
  if (auto fault = take_secret(object, dispatcher.random(), endpoint.secret)) return *fault;
  if (auto fault = refuse_rest(object)) return *fault;
  endpoint.old_secret_until = Instant{call.backend.clock.now().seconds + grace};
  if (grace == 0) {
    endpoint.old_secret.clear();
    endpoint.old_secret_until.reset();
  }
  Status changed = dispatcher.store().change(endpoint);
  if (!changed) return report_of(changed.error());
  Json shown = to_json(endpoint);
  shown["secret"] = endpoint.secret;
  return json_response(200, shown);
}

}  // namespace stet::api
