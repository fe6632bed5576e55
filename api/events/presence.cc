#include "api/events/presence.h"

#include <algorithm>
#include <array>
#include <set>

#include "storage/base/hex.h"
#include "storage/base/time.h"

namespace stet::events {
namespace {

constexpr std::size_t kIdBytes = 12;
constexpr std::int64_t kLeaseNs = Presence::kLeaseSeconds * 1'000'000'000;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

void add_who(const std::vector<Presence::Lease>& leases, Json& json) {
  json["count"] = leases.size();
  json["who"] = Json::array();
  for (std::size_t i = 0; i < std::min(leases.size(), Presence::kToldMax); ++i) {
    json["who"].push_back(to_json(leases[i]));
  }
}

}  // namespace

Json to_json(const Presence::Lease& lease) {
  return {{"id", lease.id},
          {"path", lease.opened.path},
          {"user", text_or_null(lease.opened.user)},
          {"name", lease.opened.name},
          {"mode", lease.opened.is_editing ? "editing" : "viewing"},
          {"version", text_or_null(lease.opened.version)},
          {"since", iso_instant(lease.since)}};
}

std::vector<Presence::Lease> Presence::list_locked(std::string_view path) const {
  std::vector<Lease> found;
  for (const auto& [id, lease] : leases_) {
    if (path.empty() || lease.opened.path == path) found.push_back(lease);
  }
  std::sort(found.begin(), found.end(), [](const Lease& a, const Lease& b) {
    return std::tie(a.opened.path, a.turn) < std::tie(b.opened.path, b.turn);
  });
  return found;
}

void Presence::tell(const std::string& path) {
  Json json = {{"path", path}};
  add_who(list_locked(path), json);
  feed_.tell("presence", dump(json));
}

void Presence::erase(Leases::iterator lease) {
  std::string path = lease->second.opened.path;
  leases_.erase(lease);
  tell(path);
}

void Presence::forget_old_locked() {
  const std::int64_t oldest = clock_.monotonic_ns() - kLeaseNs;
  std::set<std::string> paths;
  for (auto lease = leases_.begin(); lease != leases_.end();) {
    if (lease->second.renewed_ns > oldest) {
      ++lease;
      continue;
    }
    paths.insert(lease->second.opened.path);
    lease = leases_.erase(lease);
  }
  for (const std::string& path : paths) tell(path);
}

void Presence::make_room(const std::string& principal) {
  auto oldest = leases_.end();
  std::size_t count = 0;
  for (auto lease = leases_.begin(); lease != leases_.end(); ++lease) {
    if (lease->second.opened.principal != principal) continue;
    ++count;
    bool is_older = oldest == leases_.end() || lease->second.renewed_ns < oldest->second.renewed_ns;
    if (is_older) oldest = lease;
  }
  if (count >= kPerPrincipalMax) erase(oldest);
}

Result<Presence::Lease> Presence::open(Opened opened, std::string_view id) {
  std::lock_guard lock(mutex_);
  forget_old_locked();
  auto known = leases_.find(id);
  if (known != leases_.end() && known->second.opened.principal == opened.principal) {
    Lease& lease = known->second;
    lease.renewed_ns = clock_.monotonic_ns();
    Opened before = std::exchange(lease.opened, std::move(opened));
    bool has_moved = before.path != lease.opened.path;
    if (has_moved) {
      lease.since = clock_.now();
      lease.turn = ++turns_;
      tell(before.path);
    }
    bool is_other = has_moved || before.version != lease.opened.version ||
                    before.is_editing != lease.opened.is_editing ||
                    before.name != lease.opened.name;
    if (is_other) tell(lease.opened.path);
    return lease;
  }
  make_room(opened.principal);
  if (leases_.size() >= kLeasesMax) return unavailable("too many have something open just now");
  std::array<std::uint8_t, kIdBytes> bytes;
  random_.fill(bytes);
  Lease lease{encode_hex(bytes), std::move(opened), clock_.now(), clock_.monotonic_ns(), ++turns_};
  leases_.emplace(lease.id, lease);
  tell(lease.opened.path);
  return lease;
}

Status Presence::leave(std::string_view principal, std::string_view id) {
  std::lock_guard lock(mutex_);
  forget_old_locked();
  auto lease = leases_.find(id);
  if (lease == leases_.end() || lease->second.opened.principal != principal) {
    return not_found("there is no such lease of yours");
  }
  erase(lease);
  return {};
}

std::vector<Presence::Lease> Presence::list(std::string_view path) {
  std::lock_guard lock(mutex_);
  forget_old_locked();
  return list_locked(path);
}

Json Presence::state() {
  std::lock_guard lock(mutex_);
  forget_old_locked();
  Json json = Json::object();
  add_who(list_locked(""), json);
  return json;
}

void Presence::forget_old() {
  std::lock_guard lock(mutex_);
  forget_old_locked();
}

}  // namespace stet::events
