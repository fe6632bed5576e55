#include "storage/git/tree_cache.h"

namespace stet::storage {

TreePtr TreeCache::find(const TreeId& id) {
  std::lock_guard lock(mutex_);
  auto place = places_.find(id);
  if (place == places_.end()) return nullptr;
  items_.splice(items_.begin(), items_, place->second);
  return place->second->tree;
}

void TreeCache::add(const TreeId& id, TreePtr tree) {
  std::size_t bytes = tree->memory_bytes();
  std::lock_guard lock(mutex_);
  if (bytes > bytes_max_ || places_.contains(id)) return;
  items_.push_front({id, std::move(tree)});
  places_[id] = items_.begin();
  bytes_ += bytes;
  while (bytes_ > bytes_max_) {
    bytes_ -= items_.back().tree->memory_bytes();
    places_.erase(items_.back().id);
    items_.pop_back();
  }
}

}  // namespace stet::storage
