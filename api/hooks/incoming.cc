#include "api/hooks/incoming.h"

#include "api/http/worker_pool.h"
#include "storage/base/full_disk.h"
#include "storage/base/hash.h"

namespace stet::hooks {
namespace {

constexpr std::string_view kRoot = "/hooks/";
constexpr std::string_view kLocal = "local";
constexpr std::int64_t kSecondsPerSweep = 86'400;

http::Response accepted(std::string_view what) {
  http::Response response{.status = 202};
  response.headers.add("Content-Type", "application/json");
  response.body = "{\"status\":\"" + std::string(what) + "\"}\n";
  return response;
}

http::Response wrong_method() {
  http::Response response = http::Response::problem(405, "hooks are sent by POST");
  response.headers.add("Allow", "POST");
  return response;
}

http::Response refusal_of(const Delivery& delivery) {
  http::Response response = http::Response::problem(delivery.status, delivery.detail);
  if (!delivery.accepts.empty()) response.headers.add("Accept", delivery.accepts);
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

void IncomingHooks::set_secrets(decltype(IncomingSettings::secrets) secrets) {
  std::lock_guard lock(mutex_);
  settings_.secrets = std::move(secrets);
}

// A copy: another thread may set others meanwhile.
std::vector<std::string> IncomingHooks::secrets_of(std::string_view provider) const {
  std::lock_guard lock(mutex_);
  auto found = settings_.secrets.find(provider);
  return found == settings_.secrets.end() ? std::vector<std::string>() : found->second;
}

http::Response IncomingHooks::forge(const http::Request& request, std::string_view provider) const {
  const std::vector<std::string> secrets = secrets_of(provider);
  if (secrets.empty()) {
    return http::Response::problem(404, "the server's settings have no secret for this hook");
  }
  const Delivery delivery = judge_delivery(request, provider, secrets, clock_.now());
  switch (delivery.kind) {
    case Delivery::Kind::kRefused: return refusal_of(delivery);
    case Delivery::Kind::kPing: return accepted("pong");
    case Delivery::Kind::kIgnored: return accepted("ignored: no branch moves by this event");
    case Delivery::Kind::kPush: break;
  }
  if (!is_new(delivery)) return accepted("seen before");
  pushed_();
  return accepted("queued");
}

bool IncomingHooks::is_new(const Delivery& delivery) const {
  const Instant now = clock_.now();
  std::int64_t swept = swept_;
  if (now.seconds - swept >= kSecondsPerSweep &&
      swept_.compare_exchange_strong(swept, now.seconds)) {
    static_cast<void>(ledger_.forget_deliveries_before({now.seconds - kRememberedSeconds}));
  }
  // Bodies tell nothing: a script may send the same one after each push.
  if (delivery.id.empty()) return true;
  auto is_new = ledger_.see_delivery(delivery.forge, delivery.id, now);
  // Work that is done twice harms less than work that is not done.
  return !is_new || *is_new;
}

http::Response IncomingHooks::local(const http::Request& request) const {
  std::string expected = "Bearer " + settings_.local_secret;
  std::string_view given = request.header("Authorization").value_or("");
  if (!equal_in_constant_time(given, expected)) {
    return http::Response::problem(403, "this is not the secret of the running server");
  }
  // git waits for whoever calls so, and is to go on.
  if (request.query_value("wait") == "0") {
    follower_.wake();
    return http::Response{.status = 202};
  }
  http::WorkerPool::Waiting waiting;
  Status followed = follower_.follow();
  if (!followed) {
    return http::Response::problem(
        is_of_full_disk(followed.error()) ? 507 : 503,
        "what was pushed is kept, and goes live when it can: " + followed.error().message);
  }
  return http::Response{.status = 204};
}

}  // namespace stet::hooks
