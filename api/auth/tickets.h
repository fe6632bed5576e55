// Permission to look at one thing for an hour, held by whoever knows an address: for browsers,
// which send no bearer tokens.
//
// A ticket is 256 random bits. Tickets live in memory: a restart ends them all. Threads: every
// method from any thread. Limits: kTicketsMax; a new one takes the place of the oldest.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/base/clock.h"
#include "storage/base/object_id.h"
#include "storage/base/random.h"

namespace stet::auth {

class Tickets {
 public:
  static constexpr std::size_t kTicketsMax = 1000;
  static constexpr std::int64_t kLifetimeSeconds = 3600;

  Tickets(const Clock& clock, RandomSource& random) : clock_(clock), random_(random) {}

  struct Ticket {
    std::string secret;  // of letters that stand in a path as they are
    Instant expires;
  };
  // To look at publication `number`.
  Ticket make(std::uint64_t number) { return make({number, {}, std::nullopt, {}}); }
  // To look at a change, as it is when it is looked at.
  Ticket make_for_change(std::string id) { return make({0, std::move(id), std::nullopt, {}}); }
  // To look at what a commit makes of the site.
  Ticket make_for_commit(const CommitId& commit) { return make({0, {}, commit, {}}); }
  // None: it is unknown, has expired, or is for something else.
  std::optional<std::uint64_t> find(std::string_view secret) const;
  std::optional<std::string> find_change(std::string_view secret) const;
  std::optional<CommitId> find_commit(std::string_view secret) const;

 private:
  struct Granted {
    std::uint64_t number = 0;
    std::string change;
    std::optional<CommitId> commit;
    Instant expires;
  };
  Ticket make(Granted granted);
  std::optional<Granted> granted(std::string_view secret) const;

  const Clock& clock_;
  RandomSource& random_;
  mutable std::mutex mutex_;
  std::deque<std::string> order_;  // the oldest first
  std::unordered_map<std::string, Granted> granted_;
};

}  // namespace stet::auth
