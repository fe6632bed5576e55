// A stable sort whose comparison may fail, or contradict itself, without harm.
//
// The same splits and comparisons as the merge sort under Ruby's Array#sort on Linux (glibc's
// qsort_r), so that equal and incomparable items end in the same order as there, and the first pair
// that cannot be compared is the same. Threads: pure function.
#pragma once

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "storage/base/result.h"

namespace stet::liquid {

// `compare(a, b)` is a Result<int>: above 0 where a comes after b.
template <typename T, typename Compare>
Status merge_sort(std::vector<T>& items, Compare&& compare) {
  if (items.size() <= 1) return {};
  auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  std::vector<T> first(std::make_move_iterator(items.begin()), std::make_move_iterator(middle));
  std::vector<T> second(std::make_move_iterator(middle), std::make_move_iterator(items.end()));
  TRY(merge_sort(first, compare));
  TRY(merge_sort(second, compare));
  std::size_t a = 0;
  std::size_t b = 0;
  for (T& place : items) {
    bool is_first = b == second.size();
    if (!is_first && a < first.size()) is_first = TRY(compare(first[a], second[b])) <= 0;
    place = std::move(is_first ? first[a++] : second[b++]);
  }
  return {};
}

}  // namespace stet::liquid
