// The rows of the table that are about webhooks: all for administrators.

#include <array>

#include "api/routes/route_row.h"
#include "api/routes/route_table.h"
#include "api/routes/webhooks.h"

namespace stet::api {
namespace {

constexpr std::array kDeliveryQuery = std::to_array<QueryParameter>({
    {"state", "string", "waiting, delivered or failed; else all"},
    {"limit", "integer", "deliveries in one answer: 1 to 200, else 50"},
    {"cursor", "string", "where the last answer ended: its next"},
});

// clang-format off
const std::array kRows = std::to_array<RouteRow>({
    {"GET", "", list_webhooks, "list_webhooks", "Whom the server calls", "", "WebhookList",
     For::kAdmin},
    {"POST", "", create_webhook, "create_webhook", "A new webhook; its secret is shown this once",
     "WebhookNew", "WebhookWithSecret", For::kAdmin, {.status = 201}},
    {"GET", "/{id}", read_webhook, "read_webhook", "Reads a webhook", "", "Webhook", For::kAdmin},
    {"PATCH", "/{id}", patch_webhook, "patch_webhook", "Changes a webhook; switches it on again",
     "WebhookPatch", "Webhook", For::kAdmin},
    {"DELETE", "/{id}", delete_webhook, "delete_webhook",
     "Deletes a webhook, with what waits for it", "", "Webhook", For::kAdmin},
    {"POST", "/{id}/secret", rotate_secret, "rotate_webhook_secret",
     "A new secret; for a while the old one signs as well", "WebhookSecretNew",
     "WebhookWithSecret", For::kAdmin},
    {"POST", "/{id}/ping", ping_webhook, "ping_webhook",
     "Calls a webhook now, and tells what it answers", "", "DeliveryWithLog", For::kAdmin},
    {"GET", "/{id}/deliveries", list_deliveries, "list_deliveries",
     "What was and will be sent to a webhook, the newest first", "", "DeliveryList", For::kAdmin,
     {.query = kDeliveryQuery}},
    {"GET", "/{id}/deliveries/{delivery}", read_delivery, "read_delivery",
     "A delivery with its body and each attempt", "", "DeliveryWithLog", For::kAdmin},
    {"POST", "/{id}/replay", replay_deliveries, "replay_deliveries",
     "Sends a delivery again, or all since a time", "ReplayRequest", "ReplayAnswer", For::kAdmin},
});
// clang-format on

}  // namespace

void add_webhook_routes(std::vector<Route>& table) { add_rows("/webhooks", kRows, table); }

}  // namespace stet::api
