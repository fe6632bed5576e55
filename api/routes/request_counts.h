// How many requests each origin has answered, by the first digit of the status. Threads: any.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace stet::api {

struct RequestCounts {
  using Origin = std::array<std::atomic<std::uint64_t>, 5>;  // 1xx to 5xx
  Origin public_site{}, admin_site{};

  static void note(Origin& origin, int status) {
    if (status >= 100 && status < 600) origin[static_cast<std::size_t>(status / 100 - 1)]++;
  }
};

}  // namespace stet::api
