// The six digits that an authenticator shows: HOTP (RFC 4226) of a count of half minutes (TOTP, RFC
// 6238), by SHA-1, which is what authenticators know. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/clock.h"

namespace stet {

inline constexpr std::int64_t kTotpStepSeconds = 30;
inline constexpr int kTotpDigits = 6;

// `digits` of 6 to 8, with zeros in front.
std::string hotp(std::string_view key, std::uint64_t counter, int digits = kTotpDigits);

inline std::int64_t totp_step(Instant now) { return now.seconds / kTotpStepSeconds; }

}  // namespace stet
