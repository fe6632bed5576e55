// Instants that may be missing, as columns that may be null.
#pragma once

#include <cstdint>
#include <optional>

#include "storage/base/time.h"

namespace stet::storage {

inline std::optional<std::int64_t> seconds_of(const std::optional<Instant>& instant) {
  return instant ? std::optional(instant->seconds) : std::nullopt;
}

inline std::optional<Instant> instant_of(std::optional<std::int64_t> seconds) {
  return seconds ? std::optional(Instant{*seconds}) : std::nullopt;
}

}  // namespace stet::storage
