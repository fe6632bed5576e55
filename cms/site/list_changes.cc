#include "cms/site/list_changes.h"

#include <algorithm>

#include "cms/site/item.h"

namespace stet::site {

namespace {

bool has_same_at(const Items& before, const Items& after, std::size_t position) {
  return position < before.size() && position < after.size() &&
         before.at(position).second->is_same(*after.at(position).second);
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> moved_positions(const Items& before,
                                                                     const Items& after,
                                                                     std::vector<ListKey> touched) {
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  int shift = 0;  // how many more came than went among the keys passed so far
  std::size_t begin = 0;
  auto close = [&](std::size_t end) {
    while (begin < end && has_same_at(before, after, begin)) ++begin;
    while (begin < end && has_same_at(before, after, end - 1)) --end;
    if (begin == end) return;
    ranges.emplace_back(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
  };
  for (const ListKey& key : touched) {
    const ItemPtr* was = before.find(key);
    const ItemPtr* is = after.find(key);
    if (!was && !is) continue;
    std::size_t place = is ? after.rank_of(key) : before.rank_of(key);
    if (was && is) {
      if (shift == 0 && !(*was)->is_same(**is)) {
        begin = place;
        close(place + 1);
      }
      continue;
    }
    if (shift == 0) begin = place;
    shift += is ? 1 : -1;
    if (shift == 0) close(place + 1);
  }
  if (shift != 0) close(std::max(before.size(), after.size()));
  return ranges;
}

}  // namespace stet::site
