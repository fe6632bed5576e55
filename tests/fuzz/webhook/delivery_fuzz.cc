// Deliveries of anybody: only what was signed with the secret is a push, whatever else is sent; and
// what was signed is one, whatever the body.
//
// The first byte chooses the provider; then a line "Name: value" for each header, an empty line,
// the body.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "api/hooks/delivery.h"
#include "storage/base/hash.h"
#include "storage/base/hex.h"

namespace {

using stet::hooks::Delivery;

constexpr std::string_view kProviders[] = {
    "github", "gitea", "forgejo", "gitlab", "bitbucket", "generic", "nobody"};
constexpr stet::Instant kNow{1'700'000'000};
// Nobody who only has the corpus can sign with these.
const std::vector<std::string> kSecrets = {
    "",
    "a secret that the input does not know, for it is long and made up here: 7f1c0d",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};

void check(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "broken: " << what << '\n';
  std::abort();
}

stet::http::Request parse(std::string_view text) {
  stet::http::Request request;
  request.method = "POST";
  while (!text.empty() && request.headers.size() < 100) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty()) break;
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view value = line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    request.headers.add(line.substr(0, colon), value);
  }
  request.body = stet::http::Body(std::string(text));
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view provider = kProviders[data[0] % std::size(kProviders)];
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  stet::http::Request request = parse(text);
  Delivery delivery = stet::hooks::judge_delivery(request, provider, kSecrets, kNow);
  check(delivery.kind == Delivery::Kind::kRefused, "nobody signs without the secret");
  check(delivery.status >= 400 && delivery.status < 500, "a refusal has its status");
  check(!delivery.detail.empty(), "a refusal has its reason");

  const std::string body = *request.body.read(stet::hooks::kBodyBytesMax);
  stet::http::Request honest;
  honest.method = "POST";
  honest.headers.add("Content-Type", "application/json");
  honest.headers.add("X-GitHub-Event", "push");
  honest.headers.add("X-Hub-Signature-256",
                     "sha256=" + stet::encode_hex(stet::hmac_sha256(kSecrets[1], body)));
  honest.body = stet::http::Body(body);
  delivery = stet::hooks::judge_delivery(honest, "github", kSecrets, kNow);
  check(delivery.kind == Delivery::Kind::kPush, "what was signed is a push");
  check(delivery.id.size() <= stet::hooks::kDeliveryBytesMax, "an id has its limit");
  return 0;
}
