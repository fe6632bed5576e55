#include <algorithm>
#include <vector>

#include "cms/liquid/filters/tables.h"

namespace stet::liquid {
namespace {

const std::vector<FilterEntry>& all_filters() {
  static const std::vector<FilterEntry> kAll = [] {
    std::vector<FilterEntry> all;
    for (std::span<const FilterEntry> kind : {array_filters(),
                                              date_filters(),
                                              list_filters(),
                                              markup_filters(),
                                              math_filters(),
                                              string_filters(),
                                              url_filters()}) {
      all.insert(all.end(), kind.begin(), kind.end());
    }
    std::sort(all.begin(), all.end(), [](const FilterEntry& a, const FilterEntry& b) {
      return a.name < b.name;
    });
    return all;
  }();
  return kAll;
}

}  // namespace

const FilterEntry* find_filter(std::string_view name) {
  const std::vector<FilterEntry>& all = all_filters();
  auto at = std::lower_bound(all.begin(), all.end(), name, [](const FilterEntry& e, auto wanted) {
    return e.name < wanted;
  });
  return at != all.end() && at->name == name ? &*at : nullptr;
}

}  // namespace stet::liquid
