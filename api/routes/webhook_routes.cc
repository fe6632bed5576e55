// The rows of the table that are about webhooks: all for administrators.

#include <array>

#include "api/routes/route_table.h"
#include "api/routes/webhooks.h"

namespace stet::api {
namespace {

constexpr std::array kDeliveryQuery = std::to_array<QueryParameter>({
    {"state", "string", "waiting, delivered or failed; else all"},
    {"limit", "integer", "deliveries in one answer: 1 to 200, else 50"},
    {"cursor", "string", "where the last answer ended: its next"},
});

struct Row {
  std::string_view method, end;
  Run run;
  std::string_view id, summary;
  std::string_view request_schema;  // "": no body
  std::string_view response_schema;
  int status = 200;
  std::span<const QueryParameter> query = {};
};

const std::array kRows = std::to_array<Row>({
    {"GET", "", list_webhooks, "list_webhooks", "Whom the server calls", "", "WebhookList"},
    {"POST",
     "",
     create_webhook,
     "create_webhook",
     "A new webhook; its secret is shown this once",
     "WebhookNew",
     "WebhookWithSecret",
     201},
    {"GET", "/{id}", read_webhook, "read_webhook", "Reads a webhook", "", "Webhook"},
    {"PATCH",
     "/{id}",
     patch_webhook,
     "patch_webhook",
     "Changes a webhook; switches it on again",
     "WebhookPatch",
     "Webhook"},
    {"DELETE",
     "/{id}",
     delete_webhook,
     "delete_webhook",
     "Deletes a webhook, with what waits for it",
     "",
     "Webhook"},
    {"POST",
     "/{id}/secret",
     rotate_secret,
     "rotate_webhook_secret",
     "A new secret; for a while the old one signs as well",
     "WebhookSecretNew",
     "WebhookWithSecret"},
    {"POST",
     "/{id}/ping",
     ping_webhook,
     "ping_webhook",
     "Calls a webhook now, and tells what it answers",
     "",
     "DeliveryWithLog"},
    {"GET",
     "/{id}/deliveries",
     list_deliveries,
     "list_deliveries",
     "What was and will be sent to a webhook, the newest first",
     "",
     "DeliveryList",
     200,
     kDeliveryQuery},
    {"GET",
     "/{id}/deliveries/{delivery}",
     read_delivery,
     "read_delivery",
     "A delivery with its body and each attempt",
     "",
     "DeliveryWithLog"},
    {"POST",
     "/{id}/replay",
     replay_deliveries,
     "replay_deliveries",
     "Sends a delivery again, or all since a time",
     "ReplayRequest",
     "ReplayAnswer"},
});

}  // namespace

void add_webhook_routes(std::vector<Route>& table) {
  for (const Row& row : kRows) {
    Route route;
    route.method = row.method;
    route.pattern = std::string(kApiRoot) + "/webhooks" + std::string(row.end);
    route.run = row.run;
    route.scope = auth::Scope::kAdmin;
    route.id = row.id;
    route.summary = row.summary;
    if (!row.request_schema.empty()) {
      route.request_type = row.method == "PATCH" ? kMergePatchType : kJsonType;
      route.request_schema = row.request_schema;
    }
    route.response_schema = row.response_schema;
    route.status = row.status;
    route.query = row.query;
    table.push_back(std::move(route));
  }
}

}  // namespace stet::api
