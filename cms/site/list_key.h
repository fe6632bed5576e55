// Where an item stands in a list: a position that stays meaningful while others come and go.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "cms/liquid/value.h"
#include "storage/base/persistent_map.h"

namespace stet::site {

// Ascending by `primary`, then by `text`; the keys of one list agree on `is_descending`, which
// turns both round.
struct ListKey {
  std::int64_t primary = 0;
  std::string text;
  bool is_descending = false;

  friend bool operator==(const ListKey&, const ListKey&) = default;
  friend bool operator<(const ListKey& a, const ListKey& b) {
    const ListKey& low = a.is_descending ? b : a;
    const ListKey& high = a.is_descending ? a : b;
    return low.primary != high.primary ? low.primary < high.primary : low.text < high.text;
  }
};

// Whatever stands in lists: a document or a static file.
class Item;
using ItemPtr = liquid::Ref<Item>;
using Items = PersistentMap<ListKey, ItemPtr>;

}  // namespace stet::site
