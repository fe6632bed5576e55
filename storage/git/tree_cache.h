// Parsed trees by id, the ones used last: folders that every edit and every look-up passes through.
//
// Threads: every method from any thread.
#pragma once

#include <list>
#include <mutex>
#include <unordered_map>

#include "storage/git/tree.h"

namespace stet::storage {

class TreeCache {
 public:
  explicit TreeCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  TreePtr find(const TreeId& id);  // null where it is not there
  void add(const TreeId& id, TreePtr tree);

 private:
  struct Item {
    TreeId id;
    TreePtr tree;
  };

  const std::size_t bytes_max_;
  std::mutex mutex_;
  std::list<Item> items_;  // the one used last first
  std::unordered_map<TreeId, std::list<Item>::iterator> places_;
  std::size_t bytes_ = 0;
};

}  // namespace stet::storage
