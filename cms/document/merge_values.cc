#include <algorithm>

#include "cms/document/merge_parts.h"
#include "cms/document/pointer.h"

namespace stet::document {
namespace {

bool is_same(const Data* a, const Data* b) { return a && b ? *a == *b : a == b; }

bool contains(const Data::List& list, const Data& item) {
  return std::ranges::find(list, item) != list.end();
}

std::optional<Data> copy_of(const Data* data) {
  return data ? std::optional<Data>(*data) : std::nullopt;
}

// Lists longer than this are merged as one value: look-ups here are linear.
constexpr std::size_t kSetItemsMax = 1000;

bool is_set(const Data* data) {
  if (!data || !data->is_list() || data->list()->size() > kSetItemsMax) return false;
  const auto& list = *data->list();
  for (auto item = list.begin(); item != list.end(); ++item) {
    if (!item->is_scalar() || std::find(list.begin(), item, *item) != item) return false;
  }
  return true;
}

// The items of `list` that are in both others.
Data::List common(const Data::List& list, const Data::List& a, const Data::List& b) {
  Data::List items;
  for (const Data& item : list) {
    if (contains(a, item) && contains(b, item)) items.push_back(item);
  }
  return items;
}

// What one side took out goes, what one added comes; the order is that of the side which changed
// it. None: both did, in different ways.
std::optional<Data> merge_sets(const Data::List& base,
                               const Data::List& ours,
                               const Data::List& theirs) {
  const Data::List was = common(base, ours, theirs), is = common(ours, base, theirs);
  const Data::List shall_be = common(theirs, base, ours);
  if (was != is && was != shall_be && is != shall_be) return std::nullopt;
  const bool is_their_order = was == is && was != shall_be;
  const Data::List& first = is_their_order ? theirs : ours;
  const Data::List& second = is_their_order ? ours : theirs;
  Data::List merged;
  for (const Data& item : first) {
    bool is_removed = contains(base, item) && !contains(second, item);
    if (!is_removed) merged.push_back(item);
  }
  for (const Data& item : second) {
    if (!contains(base, item) && !contains(first, item)) merged.push_back(item);
  }
  return merged;
}

}  // namespace

std::optional<Data> merge_values(const Sides& sides,
                                 const std::string& pointer,
                                 std::vector<Conflict>& conflicts) {
  const auto& [base, ours, theirs] = sides;
  if (is_same(ours, theirs) || is_same(base, theirs)) return copy_of(ours);
  if (is_same(base, ours)) return copy_of(theirs);
  static const Data kNoKeys = Data::Map();
  static const Data kNoItems = Data::List();
  bool are_maps = ours && theirs && ours->is_map() && theirs->is_map();
  if (are_maps && (!base || base->is_map())) {
    const Data& from = base ? *base : kNoKeys;
    Data::Map merged;
    auto take = [&](const std::string& key) {
      Sides inner{from.find(key), ours->find(key), theirs->find(key)};
      auto value = merge_values(inner, pointer + "/" + pointer_token(key), conflicts);
      if (value) merged.append(key, std::move(*value));
    };
    for (const auto& [key, value] : *ours->map()) take(key);
    for (const auto& [key, value] : *theirs->map()) {
      if (!ours->find(key)) take(key);
    }
    return merged;
  }
  const Data* from = base ? base : &kNoItems;
  if (is_set(from) && is_set(ours) && is_set(theirs)) {
    auto merged = merge_sets(*from->list(), *ours->list(), *theirs->list());
    if (merged) return merged;
  }
  conflicts.push_back({pointer, 0, copy_of(base), copy_of(ours), copy_of(theirs)});
  return copy_of(ours);
}

}  // namespace stet::document
