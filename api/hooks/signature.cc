#include "api/hooks/signature.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "storage/base/base64.h"
#include "storage/base/hash.h"
#include "storage/base/hex.h"

namespace stet::hooks {
namespace {

using Proof = Forge::Proof;

// In the order in which they are looked for.
constexpr std::array kForges = std::to_array<Forge>({
    {.name = "forgejo",
     .mark = "X-Forgejo-Event",
     .event = "X-Forgejo-Event",
     .deliveries = {"X-Forgejo-Delivery"},
     .signature = "X-Forgejo-Signature",
     .prefix = "",
     .signs_payload = true,
     .ping = "",
     .pushes = {"push"}},
    {.name = "gitea",
     .mark = "X-Gitea-Event",
     .event = "X-Gitea-Event",
     .deliveries = {"X-Gitea-Delivery"},
     .signature = "X-Gitea-Signature",
     .prefix = "",
     .signs_payload = true,
     .ping = "",
     .pushes = {"push"}},
    {.name = "github",
     .mark = "X-GitHub-Event",
     .event = "X-GitHub-Event",
     .deliveries = {"X-GitHub-Delivery"},
     .signature = "X-Hub-Signature-256",
     .prefix = "sha256=",
     .ping = "ping",
     .pushes = {"push"}},
    {.name = "gitlab",
     .mark = "X-Gitlab-Event",
     .event = "X-Gitlab-Event",
     .deliveries = {"webhook-id"},
     .signature = "webhook-signature",
     .prefix = "",
     .proof = Proof::kStandard,
     .ping = "",
     .pushes = {"Push Hook"}},
    {.name = "gitlab",
     .mark = "X-Gitlab-Event",
     .event = "X-Gitlab-Event",
     .deliveries = {"Idempotency-Key", "X-Gitlab-Event-UUID"},
     .signature = "X-Gitlab-Token",
     .prefix = "",
     .proof = Proof::kToken,
     .ping = "",
     .pushes = {"Push Hook"}},
    // Of the cloud and of the server.
    {.name = "bitbucket",
     .mark = "X-Event-Key",
     .event = "X-Event-Key",
     .deliveries = {"X-Request-UUID", "X-Request-Id"},
     .signature = "X-Hub-Signature",
     .prefix = "sha256=",
     .ping = "diagnostics:ping",
     .pushes = {"repo:push", "repo:refs_changed"}},
    {.name = "generic",
     .mark = "webhook-signature",
     .event = "",
     .deliveries = {"webhook-id"},
     .signature = "webhook-signature",
     .prefix = "",
     .proof = Proof::kStandard,
     .ping = ""},
    {.name = "generic",
     .mark = "X-Hub-Signature-256",
     .event = "",
     .deliveries = {"X-Delivery"},
     .signature = "X-Hub-Signature-256",
     .prefix = "sha256=",
     .ping = ""},
});

constexpr std::array<std::string_view, 5> kOtherHeaders = {"Content-Type",
                                                           "Content-Encoding",
                                                           "webhook-timestamp",
                                                           "X-Hub-Signature",
                                                           "X-Gitea-Event-Type"};

constexpr std::size_t kDigestDigits = 64;

std::string_view view_of(const std::array<std::uint8_t, 32>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool accepts(std::string_view provider, const Forge& forge) {
  // Gitea's address is Forgejo's too, since one grew out of the other; the generic one is
  // anybody's.
  return forge.name == provider || provider == "generic" ||
         (provider == "gitea" && forge.name == "forgejo");
}

bool is_v1_signature(std::string_view signature, std::string_view digest) {
  constexpr std::string_view kVersion = "v1,";
  if (!signature.starts_with(kVersion)) return false;
  auto bytes = decode_base64(signature.substr(kVersion.size()));
  return bytes && equal_in_constant_time(*bytes, digest);
}

bool is_timely(std::string_view timestamp, Instant now, std::int64_t tolerance_seconds) {
  std::int64_t seconds = 0;
  const char* end = timestamp.data() + timestamp.size();
  auto [last, error] = std::from_chars(timestamp.data(), end, seconds);
  if (error != std::errc() || last != end || seconds < 0) return false;
  std::int64_t early = now.seconds - tolerance_seconds, late = now.seconds + tolerance_seconds;
  return seconds >= early && seconds <= late;
}

}  // namespace

bool is_hmac_of(std::string_view signature,
                std::string_view prefix,
                std::string_view secret,
                std::string_view body) {
  if (secret.empty() || !signature.starts_with(prefix)) return false;
  signature.remove_prefix(prefix.size());
  if (signature.size() != kDigestDigits) return false;
  if (std::any_of(
          signature.begin(), signature.end(), [](char c) { return c >= 'A' && c <= 'F'; })) {
    return false;
  }
  std::array<std::uint8_t, kDigestDigits / 2> digest{};
  if (!decode_hex(signature, digest)) return false;
  return equal_in_constant_time(view_of(digest), view_of(hmac_sha256(secret, body)));
}

bool is_standard_webhook(const http::Headers& headers,
                         std::string_view secret,
                         std::string_view body,
                         Instant now,
                         std::int64_t tolerance_seconds) {
  constexpr std::string_view kPrefix = "whsec_";
  if (!secret.starts_with(kPrefix)) return false;
  auto key = decode_base64(secret.substr(kPrefix.size()));
  auto id = headers.find("webhook-id"), timestamp = headers.find("webhook-timestamp");
  auto signatures = headers.find("webhook-signature");
  if (!key || key->empty() || !id || id->empty() || !timestamp || !signatures) return false;
  if (!is_timely(*timestamp, now, tolerance_seconds)) return false;
  std::string signed_text = std::string(*id) + "." + std::string(*timestamp) + ".";
  signed_text += body;
  auto digest = hmac_sha256(*key, signed_text);
  bool is_signed = false;
  for (std::string_view rest = *signatures; !rest.empty();) {
    std::size_t blank = rest.find(' ');
    is_signed = is_v1_signature(rest.substr(0, blank), view_of(digest)) || is_signed;
    rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
  }
  return is_signed;
}

bool Forge::is_push(std::string_view happened) const {
  if (event.empty()) return true;
  return !happened.empty() && std::find(pushes.begin(), pushes.end(), happened) != pushes.end();
}

std::string_view Forge::id_in(const http::Headers& headers) const {
  for (std::string_view name : deliveries) {
    auto id = name.empty() ? std::nullopt : headers.find(name);
    if (id && !id->empty()) return *id;
  }
  return "";
}

std::vector<const Forge*> detect_forge(std::string_view provider, const http::Headers& headers) {
  std::vector<const Forge*> ways;
  for (const Forge& forge : kForges) {
    bool is_of_first = ways.empty() || ways.front()->name == forge.name;
    if (is_of_first && accepts(provider, forge) && headers.find(forge.mark)) {
      ways.push_back(&forge);
    }
  }
  return ways;
}

std::string_view doubled_header(const http::Headers& headers) {
  for (std::string_view name : kOtherHeaders) {
    if (headers.count(name) > 1) return name;
  }
  for (const Forge& forge : kForges) {
    for (std::string_view name :
         {forge.mark, forge.event, forge.signature, forge.deliveries[0], forge.deliveries[1]}) {
      if (!name.empty() && headers.count(name) > 1) return name;
    }
  }
  return "";
}

bool is_provider(std::string_view provider) {
  return std::any_of(
      kForges.begin(), kForges.end(), [&](const Forge& forge) { return forge.name == provider; });
}

}  // namespace stet::hooks
