#include "api/hooks/delivery.h"

#include <optional>

#include "api/http/url.h"
#include "storage/base/hash.h"

namespace stet::hooks {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

Delivery refused(int status, std::string detail) {
  return {.kind = Delivery::Kind::kRefused, .status = status, .detail = std::move(detail)};
}

Delivery wrong_type(bool takes_forms) {
  Delivery delivery =
      refused(415, "set the hook's content type to application/json, in the forge's settings");
  delivery.accepts = kJson;
  if (takes_forms) delivery.accepts.append(", ").append(kForm);
  return delivery;
}

std::string media_type(const http::Request& request) {
  std::string_view type = request.header("Content-Type").value_or("");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  std::string lower(type);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

// What of the body the forge has signed; none: a form without it.
std::optional<std::string> signed_bytes(std::string_view type, std::string body) {
  if (type != kForm) return body;
  auto form = http::parse_query(body);
  if (!form) return std::nullopt;
  std::optional<std::string> payload;
  for (auto& [name, value] : *form) {
    if (name != "payload") continue;
    if (payload) return std::nullopt;
    payload = std::move(value);
  }
  return payload;
}

bool is_proven(const Forge& forge,
               const http::Headers& headers,
               const std::string& secret,
               std::string_view body,
               Instant now) {
  if (secret.empty()) return false;
  std::string_view signature = headers.find(forge.signature).value_or("");
  switch (forge.proof) {
    case Forge::Proof::kHmac: return is_hmac_of(signature, forge.prefix, secret, body);
    // A key for signing is never sent by whoever signs with it.
    case Forge::Proof::kToken:
      return !secret.starts_with("whsec_") && equal_in_constant_time(signature, secret);
    case Forge::Proof::kStandard:
      return is_standard_webhook(headers, secret, body, now, kToleranceSeconds);
  }
  return false;
}

}  // namespace

Delivery judge_delivery(const http::Request& request,
                        std::string_view provider,
                        const std::vector<std::string>& secrets,
                        Instant now) {
  if (std::string_view name = doubled_header(request.headers); !name.empty()) {
    return refused(400, "the header " + std::string(name) + " came twice");
  }
  const std::vector<const Forge*> ways = detect_forge(provider, request.headers);
  const std::string type = media_type(request);
  bool takes_forms = !ways.empty() && ways.front()->signs_payload;
  if (type != kJson && !(type == kForm && takes_forms)) return wrong_type(takes_forms);
  auto body = request.body.read(kBodyBytesMax);
  if (!body) return refused(413, "the delivery is larger than 25 MiB");
  auto bytes = signed_bytes(type, std::move(*body));
  const Forge* forge = nullptr;
  for (const Forge* way : ways) {
    for (const std::string& secret : secrets) {
      bool holds = bytes && is_proven(*way, request.headers, secret, *bytes, now);
      if (holds && !forge) forge = way;
    }
  }
  if (!forge) return refused(403, "the delivery's signature is missing or not ours");
  std::string_view event = request.header(forge->event).value_or("");
  std::string_view id = forge->id_in(request.headers);
  if (!forge->ping.empty() && event == forge->ping) return {.kind = Delivery::Kind::kPing};
  if (!forge->is_push(event)) return {.kind = Delivery::Kind::kIgnored};
  if (id.size() > kDeliveryBytesMax) return refused(400, "the delivery's id is too long");
  return {.kind = Delivery::Kind::kPush, .forge = forge->name, .id = std::string(id)};
}

}  // namespace stet::hooks
