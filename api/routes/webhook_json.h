// Webhooks as JSON, in and out. Threads: pure functions.
#pragma once

#include <string>
#include <variant>

#include "api/routes/request_json.h"
#include "storage/sqlite/webhooks.h"

namespace stet::storage {
class AddressFilter;
}

namespace stet::api {

Json to_json(const storage::WebhookEndpoint& endpoint);
Json to_json(const storage::WebhookDelivery& delivery);
Json to_json(const storage::WebhookAttempt& attempt);

// Takes url, description, types, resources, headers and is_active out of the object, as far as they
// are there.
Fault take_webhook(document::Data::Map& object,
                   const storage::AddressFilter& filter,
                   storage::WebhookEndpoint& endpoint);

}  // namespace stet::api
