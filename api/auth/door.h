// Everything by which people come in, in one place: who they are, proof, sessions. Threads: any.
#pragma once

#include "api/auth/sign_in.h"

namespace stet::auth {

class Door {
 public:
  // All must outlive it.
  Door(storage::People& people_kept,
       const Clock& clock,
       RandomSource& random,
       const SessionLimits& limits = {},
       PasswordCost cost = {})
      : people(people_kept),
        hasher(random, cost),
        factor(people, clock, random),
        accounts(people, clock, random, hasher),
        sessions(people, clock, random, limits),
        limiter(people, clock),
        sign_in({people, hasher, limiter, factor, accounts}) {}

  storage::People& people;
  PasswordHasher hasher;
  SecondFactor factor;
  Accounts accounts;
  Sessions sessions;

  AttemptLimiter limiter;
  SignIn sign_in;
};

}  // namespace stet::auth
