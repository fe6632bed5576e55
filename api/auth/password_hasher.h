// Hashes and verifies passwords, a few at a time.
//
// Each takes 64 MiB and a core for a moment (storage/base/password_hash.h), so kConcurrentMax run,
// kWaitingMax wait, and others hear kUnavailable: a storm of sign-ins costs a machine neither its
// memory nor its threads. Threads: every method from any thread; it waits.
#pragma once

#include <string>
#include <string_view>

#include "api/auth/places.h"
#include "storage/base/password_hash.h"
#include "storage/base/random.h"
#include "storage/base/result.h"

namespace stet::auth {

class PasswordHasher {
 public:
  static constexpr unsigned kConcurrentMax = 2;
  static constexpr unsigned kWaitingMax = 16;

  // `random` must outlive it.
  explicit PasswordHasher(RandomSource& random, PasswordCost cost = {});

  Result<std::string> hash(std::string_view password);
  // `hash` "": nobody has this password, and it takes as long to say so.
  Result<bool> verify(std::string_view hash, std::string_view password);
  bool is_current(std::string_view hash) const { return is_of_cost(hash, cost_); }

  unsigned running_most() const { return places_.running_most(); }  // at once, so far

 private:
  RandomSource& random_;
  const PasswordCost cost_;
  const std::string nobodys_;  // of no password
  Places places_{kConcurrentMax, kWaitingMax};
};

}  // namespace stet::auth
