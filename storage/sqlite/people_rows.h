// How users stand in their table: for the sources of people.h alone.
#pragma once

#include "storage/sqlite/people.h"

namespace stet::storage {

inline constexpr std::string_view kUserColumns =
    "users.id, name, mail, commit_name, commit_mail, role, password, disabled, totp_secret, "
    "totp_pending, totp_step, users.created, last_sign_in";
inline constexpr int kUserColumnCount = 13;

// Of columns from `first`.
UserRow user_of(const Statement& row, int first = 0);

template <std::size_t Size>
std::string_view bytes_of(const Digest<Size>& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), Size};
}

inline std::optional<std::int64_t> seconds_of(const std::optional<Instant>& instant) {
  return instant ? std::optional(instant->seconds) : std::nullopt;
}

inline std::optional<Instant> instant_of(std::optional<std::int64_t> seconds) {
  return seconds ? std::optional(Instant{*seconds}) : std::nullopt;
}

}  // namespace stet::storage
