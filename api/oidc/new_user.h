// What somebody who comes in for the first time shall be called here, by what a provider says.
//
// Threads: any.
#pragma once

#include "api/auth/accounts.h"
#include "api/oidc/claims.h"

namespace stet::oidc {

// A name that nobody has yet, made of theirs there or of their mail. kUnavailable: there are as
// many users as may be.
Result<auth::NewUser> new_user_of(storage::People& people, const Claims& claims);

}  // namespace stet::oidc
