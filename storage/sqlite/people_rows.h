// How users stand in their table: for the sources of people.h alone.
#pragma once

#include "storage/sqlite/digests.h"
#include "storage/sqlite/instants.h"
#include "storage/sqlite/people.h"

namespace stet::storage {

inline constexpr std::string_view kUserColumns =
    "users.id, name, mail, commit_name, commit_mail, role, password, disabled, totp_secret, "
    "totp_pending, totp_step, users.created, last_sign_in";
inline constexpr int kUserColumnCount = 13;

// Of columns from `first`.
UserRow user_of(const Statement& row, int first = 0);

}  // namespace stet::storage
