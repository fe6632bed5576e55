#include "api/hooks/incoming.h"

#include <algorithm>
#include <optional>

#include "api/hooks/signature.h"
#include "api/http/url.h"
#include "storage/base/hash.h"

namespace stet::hooks {
namespace {

constexpr std::string_view kRoot = "/hooks/";
constexpr std::string_view kLocal = "local";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::size_t kDeliveryBytesMax = 200;

http::Response accepted(std::string_view what) {
  http::Response response{.status = 202};
  response.headers.add("Content-Type", "application/json");
  response.body = "{\"status\":\"" + std::string(what) + "\"}\n";
  return response;
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
std::optional<std::string> signed_bytes(const Forge& forge,
                                        std::string_view type,
                                        std::string body) {
  if (type != kForm || !forge.signs_payload) return body;
  auto form = http::parse_query(body);
  if (!form) return std::nullopt;
  for (auto& [name, value] : *form) {
    if (name == "payload") return std::move(value);
  }
  return std::nullopt;
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
    case Forge::Proof::kToken: return equal_in_constant_time(signature, secret);
    case Forge::Proof::kStandard:
      return is_standard_webhook(headers, secret, body, now, IncomingHooks::kToleranceSeconds);
  }
  return false;
}

http::Response wrong_method() {
  http::Response response = http::Response::problem(405, "hooks are sent by POST");
  response.headers.add("Allow", "POST");
  return response;
}

}  // namespace

http::Response IncomingHooks::answer(const http::Request& request) const {
  std::string_view path = request.path;
  std::string_view provider = path.starts_with(kRoot) ? path.substr(kRoot.size()) : "";
  bool is_local = provider == kLocal && !settings_.local_secret.empty();
  if (!is_local && !is_provider(provider)) {
    return http::Response::problem(404, "there is no such hook");
  }
  // A forge can be told to send its payload in a query; then nothing of it is signed.
  if (request.method != "POST") return wrong_method();
  return is_local ? local(request) : forge(request, provider);
}

http::Response IncomingHooks::forge(const http::Request& request, std::string_view provider) const {
  auto secrets = settings_.secrets.find(provider);
  if (secrets == settings_.secrets.end()) {
    return http::Response::problem(404, "the server's settings have no secret for this hook");
  }
  std::string type = media_type(request);
  if (type != kJson && type != kForm) {
    http::Response response =
        http::Response::problem(415, "send application/json, or a form as forges make it");
    response.headers.add("Accept", "application/json, application/x-www-form-urlencoded");
    return response;
  }
  auto body = request.body.read(kBodyBytesMax);
  if (!body) return http::Response::problem(413, "the delivery is larger than 25 MiB");
  const Forge* forge = detect_forge(provider, request.headers);
  std::optional<std::string> bytes;
  if (forge) bytes = signed_bytes(*forge, type, std::move(*body));
  bool is_verified = false;
  if (bytes) {
    for (const std::string& secret : secrets->second) {
      is_verified = is_proven(*forge, request.headers, secret, *bytes, clock_.now()) || is_verified;
    }
  }
  if (!is_verified) {
    return http::Response::problem(403, "the delivery's signature is missing or not ours");
  }
  std::string_view event = request.header(forge->event).value_or("");
  if (!forge->ping.empty() && event == forge->ping) return accepted("pong");
  std::string_view delivery = request.header(forge->delivery).value_or("");
  if (!delivery.empty()) {
    auto is_new =
        ledger_.see_delivery(forge->name, delivery.substr(0, kDeliveryBytesMax), clock_.now());
    // Work that is done twice harms less than work that is not done.
    if (is_new && !*is_new) return accepted("seen before");
  }
  follower_.wake(true);
  return accepted("queued");
}

http::Response IncomingHooks::local(const http::Request& request) const {
  std::string expected = "Bearer " + settings_.local_secret;
  std::string_view given = request.header("Authorization").value_or("");
  if (!equal_in_constant_time(given, expected)) {
    return http::Response::problem(403, "this is not the secret of the running server");
  }
  Status followed = follower_.follow();
  if (!followed) return http::Response::problem(503, followed.error().message);
  return http::Response{.status = 204};
}

}  // namespace stet::hooks
