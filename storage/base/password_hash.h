// Passwords as they are kept: Argon2id (RFC 9106), by libsodium, in the usual one-line form
// ("$argon2id$v=19$m=65536,t=2,p=1$<salt>$<hash>"), which says its own cost.
//
// Slow and hungry by intent: a call takes PasswordCost::memory_kib, and a core for tens of
// milliseconds. Who calls bounds how many run at once. Threads: any.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet {

// 64 MiB and two passes: above what OWASP asks for at least (19 MiB, two passes).
struct PasswordCost {
  std::uint32_t memory_kib = 64 * 1024;  // 8 at least
  std::uint32_t passes = 2;              // 1 at least
};

inline constexpr std::size_t kPasswordSaltBytes = 16;

// kUnavailable where there is no memory for it.
Result<std::string> hash_password(std::string_view password,
                                  const std::array<std::uint8_t, kPasswordSaltBytes>& salt,
                                  const PasswordCost& cost);

// False too where `hash` is none of hash_password(). Takes the time that `hash` says.
bool verify_password(std::string_view hash, std::string_view password);

// Whether a hash was made at another cost, and ought to be made anew when the password is known.
bool is_of_cost(std::string_view hash, const PasswordCost& cost);

}  // namespace stet
