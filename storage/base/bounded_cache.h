// Values in memory by key, up to a size: what was asked for last stays.
//
// Threads: every method from any thread. A value is something that is cheap to copy and empty where
// it is default-made: a shared_ptr.
#pragma once

#include <cstdint>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace stet {

template <typename Key, typename Value>
class BoundedCache {
 public:
  explicit BoundedCache(std::uint64_t bytes_max) : bytes_max_(bytes_max) {}

  // Empty where there is nothing.
  Value find(const Key& key) {
    std::lock_guard lock(mutex_);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) return Value();
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->value;
  }

  bool contains(const Key& key) const {
    std::lock_guard lock(mutex_);
    return by_key_.contains(key);
  }

  // `bytes`: what the value takes, beside what an entry takes anyway. What is there already stays,
  // and is what all get.
  Value put(const Key& key, Value value, std::uint64_t bytes) {
    std::list<Entry> dropped;  // freed after the lock
    std::lock_guard lock(mutex_);
    if (auto found = by_key_.find(key); found != by_key_.end()) return found->second->value;
    entries_.push_front({key, value, bytes + kEntryBytes});
    by_key_.emplace(key, entries_.begin());
    bytes_ += bytes + kEntryBytes;
    while (bytes_ > bytes_max_) {
      auto last = std::prev(entries_.end());
      bytes_ -= last->bytes;
      by_key_.erase(last->key);
      dropped.splice(dropped.begin(), entries_, last);
    }
    return value;
  }

  // put(), unless another would have to go for it: then nothing is kept.
  Value offer(const Key& key, Value value, std::uint64_t bytes) {
    {
      std::lock_guard lock(mutex_);
      if (bytes_ + bytes + kEntryBytes > bytes_max_ && !by_key_.contains(key)) return value;
    }
    return put(key, std::move(value), bytes);
  }

  void erase(const Key& key) {
    std::list<Entry> dropped;
    std::lock_guard lock(mutex_);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    bytes_ -= found->second->bytes;
    dropped.splice(dropped.begin(), entries_, found->second);
    by_key_.erase(found);
  }

 private:
  struct Entry {
    Key key;
    Value value;
    std::uint64_t bytes;
  };
  static constexpr std::uint64_t kEntryBytes = 200;

  const std::uint64_t bytes_max_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the last used first
  std::unordered_map<Key, typename std::list<Entry>::iterator> by_key_;
  std::uint64_t bytes_ = 0;
};

}  // namespace stet
