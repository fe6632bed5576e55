// The answer of a write that was made, when all that is left of it is its commit.
#pragma once

#include <functional>

#include "api/routes/call.h"

namespace stet::api {

// As the write's own, with "is_recovered": true, and of the changed URLs the entries' own alone.
// Publishes first, should that not have happened.
Answer recovered_answer(const Call& call, const CommitId& commit);

// The same, for routes that make the rest of it themselves (Route::recover): `complete` gets the
// site with the commit.
Answer recovered_with(const Call& call,
                      const CommitId& commit,
                      std::function<void(const site::Site&, Json&)> complete);

}  // namespace stet::api
