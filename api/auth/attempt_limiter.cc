#include "api/auth/attempt_limiter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "api/auth/names.h"
#include "storage/base/hash.h"

namespace stet::auth {
namespace {

// What somebody takes for their name may be their password: so its hash.
std::string account_key(std::string_view login) {
  return "account " + fingerprint(lower_case(login)).hex();
}

}  // namespace

std::string address_group(std::string_view address) {
  std::array<std::uint8_t, 16> bytes{};
  bool is_ipv6 = ::inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) == 1;
  if (!is_ipv6) return std::string(address.substr(0, 60));
  return encode_hex(std::span(bytes).first<8>()) + "/64";
}

std::int64_t AttemptLimiter::wait_of(const storage::People::Attempts& attempts,
                                     std::int64_t free) const {
  const std::int64_t now = clock_.now().seconds;
  if (attempts.failures < free || now - attempts.last.seconds >= kForgetSeconds) return 0;
  std::int64_t doublings = std::min<std::int64_t>(attempts.failures - free, 20);
  std::int64_t wait = std::min(std::int64_t{1} << doublings, kWaitSecondsMax);
  return std::max<std::int64_t>(attempts.last.seconds + wait - now, 0);
}

Result<AttemptLimiter::Attempt> AttemptLimiter::begin(std::string_view login,
                                                      std::string_view address) {
  const Instant now = clock_.now();
  Attempt attempt{account_key(login), "address " + address_group(address)};
  TRY(people_.forget_attempts_before({now.seconds - kForgetSeconds}));
  auto wait = [&](const storage::People::Attempts& account,
                  const storage::People::Attempts& place) {
    return std::max(wait_of(account, kAccountFree), wait_of(place, kAddressFree));
  };
  attempt.wait_seconds =
      wait(TRY(people_.attempts(attempt.account)), TRY(people_.attempts(attempt.address)));
  if (attempt.wait_seconds > 0) return attempt;
  // Others may have been counted since.
  auto account = TRY(people_.count_attempt(attempt.account, now));
  auto place = TRY(people_.count_attempt(attempt.address, now));
  attempt.wait_seconds = wait(account, place);
  if (attempt.wait_seconds > 0) TRY(forgive(attempt));
  return attempt;
}

Status AttemptLimiter::forgive(const Attempt& attempt) {
  TRY(people_.uncount_attempt(attempt.account));
  return people_.uncount_attempt(attempt.address);
}

Status AttemptLimiter::succeed(const Attempt& attempt) {
  TRY(people_.forget_attempts(attempt.account));
  return people_.uncount_attempt(attempt.address);
}

}  // namespace stet::auth
