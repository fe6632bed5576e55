#include "api/oidc/flows.h"

#include <algorithm>
#include <array>

#include "storage/base/base64.h"
#include "storage/base/ip_address.h"

namespace stet::oidc {

void Flows::erase(Place place) {
  auto count = by_group_.find(place->group);
  if (--count->second == 0) by_group_.erase(count);
  by_cookie_.erase(place->cookie);
  flows_.erase(place);
}

bool Flows::is_over(const Flow& flow) const {
  return flow.begun.seconds + kSeconds <= clock_.now().seconds;
}

void Flows::forget_old() {
  while (!flows_.empty() && is_over(flows_.front().flow)) erase(flows_.begin());
}

void Flows::make_room(const std::string& group) {
  auto count = by_group_.find(group);
  if (count == by_group_.end() || count->second < kPerAddressMax) return;
  erase(std::find_if(
      flows_.begin(), flows_.end(), [&](const Kept& kept) { return kept.group == group; }));
}

Result<std::string> Flows::add(Flow flow, std::string_view address) {
  std::array<std::uint8_t, 32> secret;
  random_.fill(secret);
  std::string cookie = encode_base64url(secret);
  flow.begun = clock_.now();
  std::lock_guard lock(mutex_);
  forget_old();
  std::string group = address_group(address);
  make_room(group);
  if (flows_.size() >= kFlowsMax) {
    return unavailable("too many are signing in just now; try again in a moment");
  }
  ++by_group_[group];
  flows_.push_back({content_hash(cookie), std::move(flow), group});
  by_cookie_.emplace(flows_.back().cookie, std::prev(flows_.end()));
  return cookie;
}

std::optional<Flow> Flows::take(std::string_view cookie, std::string_view state) {
  std::lock_guard lock(mutex_);
  forget_old();
  auto found = by_cookie_.find(content_hash(cookie));
  if (found == by_cookie_.end() || is_over(found->second->flow)) return std::nullopt;
  if (!equal_in_constant_time(found->second->flow.state, state)) return std::nullopt;
  Flow flow = std::move(found->second->flow);
  erase(found->second);
  return flow;
}

void Flows::put_back(std::string_view cookie, Flow flow, std::string_view address) {
  std::lock_guard lock(mutex_);
  if (is_over(flow) || flows_.size() >= kFlowsMax) return;
  std::string group = address_group(address);
  ++by_group_[group];
  flows_.push_front({content_hash(cookie), std::move(flow), group});
  by_cookie_.emplace(flows_.front().cookie, flows_.begin());
}

std::size_t Flows::size() const {
  std::lock_guard lock(mutex_);
  return flows_.size();
}

}  // namespace stet::oidc
