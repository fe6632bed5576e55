// Who signed a delivery: each forge's way, checked before anything is parsed.
//
// Digests must be whole (64 hex digits, in small letters, as all forges write them): a forge
// without a secret sends an empty one. All comparisons take the same time wherever the difference
// lies. Threads: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/headers.h"
#include "storage/base/clock.h"

namespace stet::hooks {

// `prefix` and the digest, "sha256=<hex>" or "<hex>": HMAC-SHA256 of the body under the secret.
bool is_hmac_of(std::string_view signature,
                std::string_view prefix,
                std::string_view secret,
                std::string_view body);

// Standard Webhooks 1.0.0: `secret` is "whsec_<base64>", the signature a list of "v1,<base64>".
// False also for timestamps further than `tolerance_seconds` from `now`.
bool is_standard_webhook(const http::Headers& headers,
                         std::string_view secret,
                         std::string_view body,
                         Instant now,
                         std::int64_t tolerance_seconds);

// One way to tell who sent a delivery, what it is about, and to check it.
struct Forge {
  enum class Proof {
    kHmac,      // `signature` holds `prefix` and the digest
    kToken,     // `signature` holds the secret itself
    kStandard,  // Standard Webhooks
  };
  std::string_view name;
  std::string_view mark;   // the header by whose presence the forge is told
  std::string_view event;  // the header that says what happened; "": whatever it is, it counts
  // The headers that may name this delivery, the better one first; "": there is none.
  std::array<std::string_view, 2> deliveries;
  std::string_view signature;
  std::string_view prefix;
  Proof proof = Proof::kHmac;
  // Takes forms too, and signs the value of their `payload`. Forms of others are refused.
  bool signs_payload = false;
  std::string_view ping;  // the event that only asks whether we are there
  // The events after which a branch may have moved.
  std::array<std::string_view, 3> pushes = {};

  bool is_push(std::string_view name) const;
  // What one of `deliveries` says; "": none of them is there.
  std::string_view id_in(const http::Headers& headers) const;
};

// The ways in which the forge whose headers these are may have signed, among those that
// /hooks/`provider` accepts: Forgejo before Gitea before GitHub, for the later ones' headers are
// copied by the earlier. Empty: it is none of them.
std::vector<const Forge*> detect_forge(std::string_view provider, const http::Headers& headers);

// The name of a header that says who, what or when, and that is there twice: two readers might
// take either. "": there is none.
std::string_view doubled_header(const http::Headers& headers);

bool is_provider(std::string_view provider);

}  // namespace stet::hooks
