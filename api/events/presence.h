// Who has what open just now: what clients say of themselves, for as long as they go on saying it.
//
// Each says it with a lease, which it renews before kLeaseSeconds are over, and gives back when it
// closes; one that does neither is gone by itself. Whenever something about a path changes, those
// who listen are told "presence" with all who are there now, so that each event stands alone; who
// begins to listen is told all in "site.state". Renewals are told to nobody. Nothing is kept: a
// restart forgets all, and the next renewal says it again. Threads: every method from any thread;
// events of one path are told in the order in which they come true. Limits: kLeasesMax,
// kPerPrincipalMax, the oldest of which goes; an event names kToldMax and their count.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "api/events/event_feed.h"
#include "api/events/event_json.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/base/repo_path.h"

namespace stet::events {

class Presence {
 public:
  static constexpr std::int64_t kLeaseSeconds = 60, kRenewSeconds = 20;
  static constexpr std::size_t kLeasesMax = 5000, kPerPrincipalMax = 50, kToldMax = 200;

  // All must outlive it.
  Presence(EventFeed& feed, const Clock& clock, RandomSource& random)
      : feed_(feed), clock_(clock), random_(random) {}

  struct Opened {
    std::string principal;   // auth::Principal::id()
    std::string user, name;  // "": a token that is nobody's; how others call them
    std::string path;        // a RepoPath's; it need not be there yet
    std::string version;     // a blob, or ""
    bool is_editing = false;
  };
  struct Lease {
    std::string id;  // no secret: its principal alone renews it and gives it back
    Opened opened;
    Instant since;
    std::int64_t renewed_ns = 0;
    std::uint64_t turn = 0;  // of two at a path, the one with the lower came first
  };

  // The lease of this id, renewed and perhaps of another path now; a new one where the principal
  // has none of this id. kUnavailable: there are too many.
  Result<Lease> open(Opened opened, std::string_view id);
  Status leave(std::string_view principal, std::string_view id);  // kNotFound
  // Those of one path; "": all, by path. The first who came first.
  std::vector<Lease> list(std::string_view path);
  Json state();
  // Takes away and tells what has ended; others do so as well, by the way.
  void forget_old();

 private:
  using Leases = std::map<std::string, Lease, std::less<>>;
  // Under the lock.
  void forget_old_locked();
  void erase(Leases::iterator lease);
  void make_room(const std::string& principal);
  std::vector<Lease> list_locked(std::string_view path) const;
  void tell(const std::string& path);

  EventFeed& feed_;
  const Clock& clock_;
  RandomSource& random_;
  std::mutex mutex_;
  Leases leases_;  // by id
  std::uint64_t turns_ = 0;
};

// {id, path, user, name, mode, version, since}
Json to_json(const Presence::Lease& lease);

}  // namespace stet::events
