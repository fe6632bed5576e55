// How often passwords may be tried: freely at first, then ever more slowly, by name and by address.
//
// After kAccountFree wrong ones for one name, or kAddressFree from one address, each further one
// has to wait twice as long as the one before, kWaitSecondsMax at most; a day without any forgets
// them. A name that was not mistyped there has five times kAddressFree: offices share an address.
// So one account can be tried about a hundred times a day, from however many addresses (NIST
// SP 800-63B 5.2.2), and nobody is locked out for longer than a quarter of an hour. An attempt is
// counted before the password is looked at: a thousand at once are a thousand. A name that nobody
// has is counted like any other. Of IPv6 the first 64 bits are the address. Counts lie in the
// ledger, and survive a restart. Threads: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/clock.h"
#include "storage/sqlite/people.h"

namespace stet::auth {

class AttemptLimiter {
 public:
  static constexpr std::int64_t kAccountFree = 5, kAddressFree = 20;
  static constexpr std::int64_t kWaitSecondsMax = 900;
  static constexpr std::int64_t kForgetSeconds = 86'400;

  AttemptLimiter(storage::People& people, const Clock& clock) : people_(people), clock_(clock) {}

  struct Attempt {
    std::string account, address;   // how they are counted
    std::int64_t wait_seconds = 0;  // not 0: it may not be made yet, and is not counted
  };
  Result<Attempt> begin(std::string_view login, std::string_view address);

  // One that was begun is a wrong one until one of these.
  Status forgive(const Attempt& attempt);  // it was neither right nor wrong
  Status succeed(const Attempt& attempt);  // the account's count begins anew

 private:
  std::int64_t wait_of(const storage::People::Attempts& attempts, std::int64_t free) const;

  storage::People& people_;
  const Clock& clock_;
};

}  // namespace stet::auth
