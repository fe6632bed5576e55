// The writes that took longest, with what took how long: why an editor had to wait.
//
// Each is what its answer's Server-Timing said. Threads: any. Limits: kKept writes of the last
// kSeconds; in memory, so that a restart forgets them.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "storage/base/clock.h"

namespace stet::api {

struct SlowWrite {
  Instant at;
  std::string request_id, method, path;
  std::int64_t took_ns = 0;  // all steps together
  std::string timing;        // Server-Timing: "commit;dur=1.2, render;dur=..."
};

class SlowWrites {
 public:
  static constexpr std::size_t kKept = 20;
  static constexpr std::int64_t kSeconds = 86'400;

  void keep(SlowWrite write);
  // The slowest first.
  std::vector<SlowWrite> list(Instant now) const;

 private:
  mutable std::mutex mutex_;
  std::vector<SlowWrite> kept_;
};

}  // namespace stet::api
