#include "cms/site/mixed_order.h"

#include <algorithm>
#include <vector>

#include "cms/site/document.h"

namespace stet::site {
namespace {

using Documents = std::vector<const Document*>;

const DocumentFacts& facts_of(const ItemPtr& item) {
  return static_cast<const Document&>(*item).facts();
}

bool is_after(const DocumentFacts& a, const DocumentFacts& b) {
  if (a.has_date && b.has_date && a.date.seconds != b.date.seconds) {
    return a.date.seconds > b.date.seconds;
  }
  return a.path > b.path;
}

// As glibc's qsort: the first half is the smaller one, and comes first where nothing says
// otherwise.
void merge_sort(Documents::iterator begin, Documents::iterator end) {
  if (end - begin < 2) return;
  auto middle = begin + (end - begin) / 2;
  merge_sort(begin, middle);
  merge_sort(middle, end);
  Documents merged;
  auto left = begin, right = middle;
  while (left != middle && right != end) {
    merged.push_back(is_after((*left)->facts(), (*right)->facts()) ? *right++ : *left++);
  }
  std::copy(left, middle, std::back_inserter(merged));
  std::copy(right, end, std::back_inserter(merged));
  std::copy(merged.begin(), merged.end(), begin);
}

}  // namespace

bool is_mixed(const CollectionConfig& collection, const Items& items) {
  const liquid::Hash& metadata = collection.metadata.as_hash();
  if (collection.label == "posts" || items.empty()) return false;
  if (metadata.find("order") || metadata.find("sort_by")) return false;
  // The undated ones come last.
  return facts_of(items.at(0).second).has_date &&
         !facts_of(items.at(items.size() - 1).second).has_date;
}

MixedOrder mixed_order(const Items& items) {
  Documents documents;
  items.for_each([&](const ListKey&, const ItemPtr& item) {
    documents.push_back(static_cast<const Document*>(item.get()));
  });
  std::sort(documents.begin(), documents.end(), [](const Document* a, const Document* b) {
    return a->path() < b->path();
  });
  merge_sort(documents.begin(), documents.end());
  MixedOrder order;
  std::vector<std::pair<ListKey, ItemPtr>> placed;
  std::vector<std::pair<std::string, std::size_t>> ranks;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    placed.emplace_back(ListKey{static_cast<std::int64_t>(i), documents[i]->path(), false},
                        ItemPtr(documents[i]));
    ranks.emplace_back(documents[i]->path(), i);
  }
  std::sort(ranks.begin(), ranks.end());
  order.items = Items::from_sorted(std::move(placed));
  order.ranks = PersistentMap<std::string, std::size_t>::from_sorted(std::move(ranks));
  return order;
}

}  // namespace stet::site
