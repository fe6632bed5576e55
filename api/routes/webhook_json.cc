#include "api/routes/webhook_json.h"

#include <algorithm>
#include <array>

#include "api/http/headers.h"
#include "api/routes/route.h"
#include "api/webhooks/subscription.h"
#include "storage/base/utf8.h"
#include "storage/outbound/http_url.h"

namespace stet::api {
namespace {

using document::Data;
using storage::WebhookEndpoint;

constexpr std::size_t kDescriptionBytesMax = 500, kWordsMax = 50, kHeadersMax = 10,
                      kHeaderBytesMax = 1000;

constexpr std::array<std::string_view, 12> kOwnHeaders = {"Host",
                                                          "Content-Length",
                                                          "Content-Type",
                                                          "Content-Encoding",
                                                          "Transfer-Encoding",
                                                          "Connection",
                                                          "Expect",
                                                          "Upgrade",
                                                          "Trailer",
                                                          "TE",
                                                          "Keep-Alive",
                                                          "User-Agent"};

Json instant_json(const std::optional<Instant>& instant) {
  return instant ? Json(iso_instant(*instant)) : Json(nullptr);
}

std::vector<std::string> header_names(std::string_view lines) {
  std::vector<std::string> names;
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    names.emplace_back(line.substr(0, line.find(':')));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
  }
  return names;
}

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_letter || c == '-' || c == '_';
  });
}

bool is_own(std::string_view name) {
  if (name.size() > 8 && http::equal_without_case(name.substr(0, 8), "webhook-")) return true;
  return std::any_of(kOwnHeaders.begin(), kOwnHeaders.end(), [&](std::string_view own) {
    return http::equal_without_case(name, own);
  });
}

Fault take_words(Data::Map& object,
                 std::string_view key,
                 Status (*check)(std::string_view),
                 std::string& words) {
  Data* found = object.find(key);
  if (!found) return std::nullopt;
  std::string pointer = "/" + std::string(key);
  const Data::List* list = found->list();
  if (!list || list->size() > kWordsMax) {
    return field_report(pointer, std::string(key) + " is a list of strings; empty: all");
  }
  std::vector<std::string> taken;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string* word = (*list)[i].string();
    Status checked = word ? check(*word) : invalid_input("a string is needed");
    if (!checked) return field_report(pointer + "/" + std::to_string(i), checked.error().message);
    taken.push_back(*word);
  }
  words = webhooks::joined(taken);
  object.erase(key);
  return std::nullopt;
}

Fault take_headers(Data::Map& object, std::string& lines) {
  Data* found = object.find("headers");
  if (!found) return std::nullopt;
  if (found->is_nil()) *found = Data::Map();
  const Data::Map* map = found->map();
  if (!map || map->size() > kHeadersMax) {
    return field_report("/headers", "headers is an object of at most 10 strings");
  }
  std::string taken;
  for (const auto& [name, data] : *map) {
    std::string pointer = "/headers/" + pointer_step(name);
    const std::string* value = data.string();
    bool is_plain = value && value->size() <= kHeaderBytesMax &&
                    std::all_of(value->begin(), value->end(), [](unsigned char c) {
                      return c >= 0x20 && c < 0x7f;
                    });
    if (!is_plain) return field_report(pointer, "a header's value is printable ASCII");
    if (!is_token(name) || name.size() > 100) {
      return field_report(pointer, "a header's name has letters, digits and '-'");
    }
    if (is_own(name)) return field_report(pointer, "this header is the server's own");
    taken.append(taken.empty() ? "" : "\n").append(name).append(": ").append(*value);
  }
  lines = std::move(taken);
  object.erase("headers");
  return std::nullopt;
}

Fault take_url(Data::Map& object, const storage::AddressFilter& filter, std::string& url) {
  std::optional<std::string> text;
  if (auto fault = take_text(object, "url", text)) return fault;
  if (!text) return std::nullopt;
  auto parsed = storage::HttpUrl::parse(*text, filter);
  if (!parsed) return field_report("/url", parsed.error().message);
  url = std::move(parsed->url);
  return std::nullopt;
}

}  // namespace

Json to_json(const WebhookEndpoint& endpoint) {
  return {{"id", endpoint.id},
          {"self", std::string(kApiRoot) + "/webhooks/" + endpoint.id},
          {"url", endpoint.url},
          {"description", endpoint.description},
          {"types", webhooks::words_of(endpoint.types)},
          {"resources", webhooks::words_of(endpoint.resources)},
          {"header_names", header_names(endpoint.headers)},
          {"is_active", endpoint.is_active},
          {"disabled", endpoint.disabled.empty() ? Json(nullptr) : Json(endpoint.disabled)},
          {"failing_since", instant_json(endpoint.failing_since)},
          {"old_secret_until", instant_json(endpoint.old_secret_until)},
          {"created", iso_instant(endpoint.created)}};
}

Json to_json(const storage::WebhookDelivery& delivery) {
  constexpr std::array<std::string_view, 3> kStates = {"waiting", "delivered", "failed"};
  bool is_waiting = delivery.state == storage::DeliveryState::kWaiting;
  Json next = is_waiting && delivery.next_ms > 0 ? Json(iso_instant({delivery.next_ms / 1000}))
                                                 : Json(nullptr);
  return {{"number", delivery.number},
          {"webhook_id", delivery.event},
          {"type", delivery.type},
          {"created", iso_instant(delivery.created)},
          {"state", kStates[static_cast<std::size_t>(delivery.state)]},
          {"attempts", delivery.attempts},
          {"next_attempt", std::move(next)}};
}

Json to_json(const storage::WebhookAttempt& attempt) {
  return {{"at", iso_instant(attempt.at)},
          {"status", attempt.status == 0 ? Json(nullptr) : Json(attempt.status)},
          {"took_ms", attempt.took_ms},
          {"failure", attempt.failure.empty() ? Json(nullptr) : Json(attempt.failure)},
          {"answer", attempt.answer}};
}

Fault take_webhook(Data::Map& object,
                   const storage::AddressFilter& filter,
                   WebhookEndpoint& endpoint) {
  if (auto fault = take_url(object, filter, endpoint.url)) return fault;
  std::optional<std::string> description;
  if (auto fault = take_text(object, "description", description)) return fault;
  if (description && (description->size() > kDescriptionBytesMax || !is_utf8(*description))) {
    return field_report("/description", "a description has at most 500 bytes");
  }
  if (description) endpoint.description = *description;
  if (auto fault = take_words(object, "types", webhooks::check_type, endpoint.types)) return fault;
  if (auto fault = take_words(object, "resources", webhooks::check_resource, endpoint.resources)) {
    return fault;
  }
  if (auto fault = take_headers(object, endpoint.headers)) return fault;
  if (const Data* active = object.find("is_active")) {
    if (!active->boolean()) return field_report("/is_active", "is_active is true or false");
    endpoint.is_active = *active->boolean();
    object.erase("is_active");
  }
  return std::nullopt;
}

}  // namespace stet::api
