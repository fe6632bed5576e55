// Commits in the order in which git log shows them: newest first, by the committers' clocks.
//
// For storage/history alone. Threads: one.
#pragma once

#include <cstdint>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/git/objects.h"

namespace stet::storage {

// What is waiting to be visited, each commit with something that was carried to it.
template <typename Carried>
class CommitWalk {
 public:
  explicit CommitWalk(const Repository& repository) : repository_(repository) {}

  // Where the commit waits already, what it carries; else it begins to wait with an empty Carried.
  Result<Carried*> reach(const CommitId& id) {
    auto [place, is_new] = waiting_.try_emplace(id);
    if (is_new) {
      auto record = repository_.read_commit(id);
      if (!record) return std::move(record).error();
      queue_.push({record->committer.when.seconds, serial_--, id});
      place->second.record = *std::move(record);
    }
    return &place->second.carried;
  }

  struct Reached {
    CommitRecord record;
    Carried carried{};
  };

  bool empty() const { return queue_.empty(); }

  Reached take() {
    CommitId id = queue_.top().id;
    queue_.pop();
    auto place = waiting_.find(id);
    Reached reached = std::move(place->second);
    waiting_.erase(place);
    return reached;
  }

 private:
  struct Place {
    std::int64_t seconds;
    std::int64_t serial;  // of two at the same second, the one reached first
    CommitId id;
    friend bool operator<(const Place& a, const Place& b) {
      return std::tie(a.seconds, a.serial) < std::tie(b.seconds, b.serial);
    }
  };

  const Repository& repository_;
  std::priority_queue<Place> queue_;
  std::unordered_map<CommitId, Reached> waiting_;
  std::int64_t serial_ = 0;
};

}  // namespace stet::storage
