// A persistent map while many elements come at once: they are gathered, and the map is made of them
// in one go, for what one change costs is too much for each of ten thousand.
//
// Between begin() and end() elements are set alone, and the map is looked at by nobody; before and
// after, each set is one change of the map. One thread at a time.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/persistent_map.h"

namespace stet::site {

template <typename Key, typename Value>
class Filling {
 public:
  using Map = PersistentMap<Key, Value>;
  explicit Filling(Map& map) : map_(map) {}

  void begin() { is_gathering_ = true; }

  void set(Key key, Value value) {
    if (is_gathering_) {
      gathered_.emplace_back(std::move(key), std::move(value));
    } else {
      map_ = map_.set(std::move(key), std::move(value));
    }
  }

  // Into a map that was empty; of elements with one key the last stays.
  void end() {
    is_gathering_ = false;
    map_ = sorted(std::move(gathered_));
    gathered_ = {};
  }

  static Map sorted(std::vector<std::pair<Key, Value>> elements) {
    auto order = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(elements.begin(), elements.end(), order)) {
      std::stable_sort(elements.begin(), elements.end(), order);
    }
    auto last = elements.begin();
    for (auto& element : elements) {
      if (last != elements.begin() && !(std::prev(last)->first < element.first)) --last;
      if (&*last != &element) *last = std::move(element);
      ++last;
    }
    elements.erase(last, elements.end());
    return Map::from_sorted(std::move(elements));
  }

 private:
  Map& map_;
  bool is_gathering_ = false;
  std::vector<std::pair<Key, Value>> gathered_;
};

}  // namespace stet::site
