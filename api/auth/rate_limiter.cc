#include "api/auth/rate_limiter.h"

#include <algorithm>

namespace stet::auth {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000, kMinuteNs = 60 * kSecondNs;

// When the bucket is empty again once this one is in it.
std::int64_t filled(std::int64_t empty_ns, std::int64_t now_ns, std::int64_t rate) {
  return rate > 0 ? std::max(empty_ns, now_ns) + kMinuteNs / rate : empty_ns;
}

}  // namespace

std::int64_t RateLimiter::take(const std::string& caller, Kind kind) {
  const std::int64_t now_ns = clock_.monotonic_ns();
  std::lock_guard lock(mutex_);
  if (rates_.requests == 0 && rates_.writes == 0) return 0;
  if (callers_.size() >= kCallersMax && !callers_.contains(caller)) forget(now_ns);
  Buckets& buckets = callers_[caller];
  Buckets then = buckets;
  then.requests_ns = filled(buckets.requests_ns, now_ns, rates_.requests);
  if (kind == Kind::kWrite) then.writes_ns = filled(buckets.writes_ns, now_ns, rates_.writes);
  const std::int64_t over_ns = std::max(then.requests_ns, then.writes_ns) - now_ns - kMinuteNs;
  if (over_ns > 0) {
    ++refused_;
    return (over_ns + kSecondNs - 1) / kSecondNs;
  }
  buckets = then;
  return 0;
}

void RateLimiter::set(Rates rates) {
  std::lock_guard lock(mutex_);
  rates_ = rates;
  callers_.clear();
}

void RateLimiter::forget(std::int64_t now_ns) {
  auto emptied_ns = [](const Buckets& of) { return std::max(of.requests_ns, of.writes_ns); };
  std::erase_if(callers_, [&](const auto& one) { return emptied_ns(one.second) <= now_ns; });
  if (callers_.size() < kCallersMax) return;
  callers_.erase(std::min_element(callers_.begin(), callers_.end(), [&](auto& a, auto& b) {
    return emptied_ns(a.second) < emptied_ns(b.second);
  }));
}

}  // namespace stet::auth
