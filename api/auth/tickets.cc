#include "api/auth/tickets.h"

#include <array>

#include "storage/base/base64.h"

namespace stet::auth {

Tickets::Ticket Tickets::make(Granted granted) {
  std::array<std::uint8_t, 32> bytes{};
  random_.fill(bytes);
  Ticket ticket{encode_base64url(bytes), {clock_.now().seconds + kLifetimeSeconds}};
  std::lock_guard lock(mutex_);
  if (order_.size() >= kTicketsMax) {
    granted_.erase(order_.front());
    order_.pop_front();
  }
  order_.push_back(ticket.secret);
  granted.expires = ticket.expires;
  granted_[ticket.secret] = std::move(granted);
  return ticket;
}

std::optional<Tickets::Granted> Tickets::granted(std::string_view secret) const {
  std::lock_guard lock(mutex_);
  auto found = granted_.find(std::string(secret));
  if (found == granted_.end() || found->second.expires <= clock_.now()) return std::nullopt;
  return found->second;
}

std::optional<std::uint64_t> Tickets::find(std::string_view secret) const {
  auto found = granted(secret);
  if (!found || !found->change.empty() || found->commit) return std::nullopt;
  return found->number;
}

std::optional<std::string> Tickets::find_change(std::string_view secret) const {
  auto found = granted(secret);
  if (!found || found->change.empty()) return std::nullopt;
  return std::move(found->change);
}

std::optional<CommitId> Tickets::find_commit(std::string_view secret) const {
  auto found = granted(secret);
  return found ? found->commit : std::nullopt;
}

}  // namespace stet::auth
