// What the upkeep of the repository has done in this process. Threads: any.
#pragma once

#include <atomic>
#include <cstdint>

namespace stet::api {

struct UpkeepCounts {
  std::atomic<std::uint64_t> repacks{0}, failures{0}, took_ms{0};
  std::atomic<std::uint64_t> packs{0}, pack_bytes{0}, loose_objects{0};  // now
  std::atomic<bool> is_running{false};
  std::atomic<std::uint64_t> pack_bytes_max{0};  // 0: none; the settings' limit

  bool is_full() const {
    const std::uint64_t most = pack_bytes_max;
    return most > 0 && pack_bytes >= most;
  }
};

}  // namespace stet::api
