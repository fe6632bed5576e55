// The answer of a write that was made, when all that is left of it is its commit.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

// As the write's own, with "is_recovered": true, and of the changed URLs the entries' own alone.
// Publishes first, should that not have happened.
Answer recovered_answer(const Call& call, const CommitId& commit);

}  // namespace stet::api
