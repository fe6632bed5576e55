#include "api/auth/attempt_limiter.h"

#include <algorithm>

#include "api/auth/names.h"
#include "storage/base/hash.h"
#include "storage/base/ip_address.h"

namespace stet::auth {
namespace {

// What somebody takes for their name may be their password: so its hash.
std::string account_key(std::string_view login) {
  return "account " + fingerprint(lower_case(login)).hex();
}

// What one person types there: of others' mistakes at the same address it knows nothing.
std::string pair_key(const AttemptLimiter::Attempt& attempt) {
  return "pair " + fingerprint(attempt.account + " " + attempt.address).hex();
}

// From one address for a name that was not wrong there. Who tries one password with many names is
// stopped by this.
constexpr std::int64_t kOthersFree = 5 * AttemptLimiter::kAddressFree;

}  // namespace

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
  using Attempts = storage::People::Attempts;
  auto wait = [&](const Attempts& account, const Attempts& place, const Attempts& pair) {
    std::int64_t place_free = pair.failures > 0 ? kAddressFree : kOthersFree;
    return std::max(wait_of(account, kAccountFree), wait_of(place, place_free));
  };
  const std::string pair = pair_key(attempt);
  attempt.wait_seconds = wait(TRY(people_.attempts(attempt.account)),
                              TRY(people_.attempts(attempt.address)),
                              TRY(people_.attempts(pair)));
  if (attempt.wait_seconds > 0) return attempt;
  // Others may have been counted since.
  auto account = TRY(people_.count_attempt(attempt.account, now));
  auto place = TRY(people_.count_attempt(attempt.address, now));
  attempt.wait_seconds = wait(account, place, TRY(people_.count_attempt(pair, now)));
  if (attempt.wait_seconds > 0) TRY(forgive(attempt));
  return attempt;
}

Status AttemptLimiter::forgive(const Attempt& attempt) {
  TRY(people_.uncount_attempt(attempt.account));
  TRY(people_.uncount_attempt(pair_key(attempt)));
  return people_.uncount_attempt(attempt.address);
}

Status AttemptLimiter::succeed(const Attempt& attempt) {
  TRY(people_.forget_attempts(attempt.account));
  TRY(people_.forget_attempts(pair_key(attempt)));
  return people_.uncount_attempt(attempt.address);
}

}  // namespace stet::auth
