// One field of every item of a list, gathered once for all renders that look through the list by
// it.
//
// `site.posts | where: "lang", page.lang` on every page asks every post the same question each
// time; what it finds is still that page's own, and so are its reads. A list that is put together
// of others, as `site.documents` is, is gathered once in the same way, and so are indexes that
// requests of the API look into.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/liquid/value.h"
#include "cms/reads/reads.h"
#include "cms/site/item.h"

namespace stet::site {

struct Column {
  // By position; none where the answer depends on who asks: the item must be asked.
  std::vector<std::optional<liquid::Value>> values;
  std::shared_ptr<const reads::Reads> reads;  // of those that are there
};
using ColumnPtr = std::shared_ptr<const Column>;

struct Gathered {
  std::vector<ItemPtr> items;
  std::shared_ptr<const reads::Reads> reads;  // of all that says what stands where
};
using GatheredPtr = std::shared_ptr<const Gathered>;

// Of one version of a site. Threads: any.
class Columns {
 public:
  using Visit = std::function<void(const Item& item)>;
  using VisitAll = std::function<void(const Visit& visit)>;

  // `all` visits the list's items in order. Null where so many fields have been asked for that no
  // more are kept.
  ColumnPtr of(std::string_view list,
               std::string_view field,
               const VisitAll& all,
               reads::Names& names);
  // Of each name one list, as it is made first.
  GatheredPtr gathered(std::string_view list, const std::function<Gathered()>& make);
  // Of each name one value, likewise: what many requests about this version look up. No reads are
  // kept with it, so it is nothing for renders.
  template <typename Value>
  std::shared_ptr<const Value> kept(std::string_view name,
                                    const std::function<std::shared_ptr<const Value>()>& make) {
    return std::static_pointer_cast<const Value>(kept_as(name, make));
  }

 private:
  using Any = std::shared_ptr<const void>;
  Any kept_as(std::string_view name, const std::function<Any()>& make);

  std::shared_mutex mutex_;
  std::map<std::string, Any, std::less<>> kept_;
  std::map<std::pair<std::string, std::string>, ColumnPtr> columns_;
};

}  // namespace stet::site
