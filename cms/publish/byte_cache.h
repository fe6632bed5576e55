// Bytes in memory by key, up to a size: what was asked for last stays.
//
// Threads: every method from any thread.
#pragma once

#include <cstdint>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace stet::publish {

template <typename Key>
class ByteCache {
 public:
  using Bytes = std::shared_ptr<const std::string>;

  explicit ByteCache(std::uint64_t bytes_max) : bytes_max_(bytes_max) {}

  // Null where there is nothing.
  Bytes find(const Key& key) {
    std::lock_guard lock(mutex_);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->bytes;
  }

  bool contains(const Key& key) const {
    std::lock_guard lock(mutex_);
    return by_key_.contains(key);
  }

  // What is there already stays.
  void put(const Key& key, const Bytes& bytes) {
    std::list<Entry> dropped;  // freed after the lock
    std::lock_guard lock(mutex_);
    if (by_key_.contains(key)) return;
    entries_.push_front({key, bytes});
    by_key_.emplace(key, entries_.begin());
    bytes_ += cost_of(*bytes);
    while (bytes_ > bytes_max_) {
      auto last = std::prev(entries_.end());
      bytes_ -= cost_of(*last->bytes);
      by_key_.erase(last->key);
      dropped.splice(dropped.begin(), entries_, last);
    }
  }

  void erase(const Key& key) {
    std::lock_guard lock(mutex_);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    bytes_ -= cost_of(*found->second->bytes);
    entries_.erase(found->second);
    by_key_.erase(found);
  }

 private:
  struct Entry {
    Key key;
    Bytes bytes;
  };
  static constexpr std::uint64_t kEntryBytes = 200;  // what an entry costs beside its bytes

  static std::uint64_t cost_of(const std::string& bytes) { return bytes.size() + kEntryBytes; }

  const std::uint64_t bytes_max_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the last used first
  std::unordered_map<Key, typename std::list<Entry>::iterator> by_key_;
  std::uint64_t bytes_ = 0;
};

}  // namespace stet::publish
