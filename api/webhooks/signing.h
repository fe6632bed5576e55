// How a delivery proves that it is ours: Standard Webhooks 1.0.0, symmetric signatures.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/base/result.h"

namespace stet::webhooks {

// "whsec_" and 32 random bytes in base64.
std::string make_secret(RandomSource& random);

// What a secret that somebody brings must be: "whsec_" and 24 to 64 bytes in base64.
Status check_secret(std::string_view secret);

struct Signed {
  std::string id;  // the same at each attempt
  Instant at;      // of this attempt
  std::string_view body;
};

// "v1,<base64>", one for each secret, parted by blanks. Secrets are well-formed.
std::string signature_of(const Signed& message, const std::vector<std::string>& secrets);

}  // namespace stet::webhooks
