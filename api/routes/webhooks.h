// Whom the server calls when something happens: endpoints, their secrets, what was sent to them.
//
// A secret is shown once, when it is made; values of further headers are never shown. Threads: any.
// Limits: kWebhooksMax endpoints.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

inline constexpr std::size_t kWebhooksMax = 100;

Answer list_webhooks(const Call& call);
Answer create_webhook(const Call& call);
Answer read_webhook(const Call& call);
Answer patch_webhook(const Call& call);
Answer delete_webhook(const Call& call);
// A new secret; the old one signs as well, for a while.
Answer rotate_secret(const Call& call);

// webhook_deliveries.cc
Answer ping_webhook(const Call& call);  // waits for the receiver's answer
Answer list_deliveries(const Call& call);
Answer read_delivery(const Call& call);
Answer replay_deliveries(const Call& call);

}  // namespace stet::api
