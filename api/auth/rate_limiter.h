// How much one token or one person may ask of the server: so many requests in any minute, and of
// these so many writes. A script that has gone astray fills no repository, and takes nobody's turn.
//
// Each has a bucket that holds a minute's worth and fills as time goes on (the leaky bucket as a
// meter: ITU-T I.371, GCRA): what was not used lets a minute's worth come at once. What is refused
// is not counted. Counts lie in memory; a restart forgets them. Threads: any. Limits: kCallersMax
// callers are told apart, and beyond them those who have not asked for longest are forgotten.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "storage/base/clock.h"

namespace stet::auth {

class RateLimiter {
 public:
  static constexpr std::size_t kCallersMax = 10'000;

  struct Rates {
    std::int64_t requests = 0, writes = 0;  // in a minute; 0: as many as they like
  };
  enum class Kind { kRead, kWrite };  // a write is a request too

  RateLimiter(Rates rates, const Clock& clock) : rates_(rates), clock_(clock) {}

  // 0: it may go on, and is counted. Else it may be tried again after so many seconds.
  std::int64_t take(const std::string& caller, Kind kind);
  // From now on.
  void set(Rates rates);
  std::uint64_t refused() const { return refused_; }

 private:
  // When each bucket is empty again, on the clock that never jumps.
  struct Buckets {
    std::int64_t requests_ns = 0, writes_ns = 0;
  };
  void forget(std::int64_t now_ns);

  std::mutex mutex_;  // of the two below
  Rates rates_;
  std::unordered_map<std::string, Buckets> callers_;
  const Clock& clock_;
  std::atomic<std::uint64_t> refused_{0};
};

}  // namespace stet::auth
