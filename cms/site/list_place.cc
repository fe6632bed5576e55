#include "cms/site/list_place.h"

#include <algorithm>
#include <bit>

#include "cms/site/field_text.h"
#include "cms/site/file_name.h"

namespace stet::site {
namespace {

using liquid::Type;
using liquid::Value;

constexpr std::int64_t kUndated = INT64_MAX;  // such documents carry site.time: after all others

// An integer that orders as the number does.
std::int64_t order_of(double number) {
  auto bits = std::bit_cast<std::int64_t>(number == 0 ? 0.0 : number);
  return bits < 0 ? INT64_MIN - bits : bits;
}

ListKey place_by(const Value& value, const std::string& path) {
  switch (value.type()) {
    case Type::kNil: return {kUndated, path, false};
    case Type::kInteger: return {order_of(static_cast<double>(value.as_integer())), path};
    case Type::kFloat: return {order_of(value.as_float()), path};
    case Type::kTime: return {value.as_time().seconds, path};
    case Type::kDate: return {days_since_epoch(value.as_date()) * 86400, path};
    // The separator sorts before all that a text may hold.
    default: return {0, field_text(value) + '\0' + path};
  }
}

ListKey place_in_collection(const DocumentFacts& facts, const Config& config) {
  ListKey by_date{facts.has_date ? facts.date.seconds : kUndated, facts.path, false};
  const CollectionConfig* collection = config.find_collection(facts.collection);
  if (!collection) return by_date;
  const Value* order = collection->metadata.as_hash().find("order");
  if (order && order->type() == Type::kArray) {
    const auto& items = order->as_array().items;
    std::string folder = collection->folder + "/";
    auto is_own = [&](const Value& item) {
      return item.is_string() && folder + std::string(item.as_string()) == facts.shown_path;
    };
    auto at = std::find_if(items.begin(), items.end(), is_own);
    if (at != items.end()) return {INT64_MIN + (at - items.begin()), facts.path, false};
    return by_date;
  }
  const Value* key = collection->metadata.as_hash().find("sort_by");
  if (!key || !key->is_string()) return by_date;
  const Value* value = facts.fields->find(key->as_string());
  return value ? place_by(*value, facts.path) : ListKey{kUndated, facts.path, false};
}

}  // namespace

ListKey place_of(const DocumentFacts& facts, const Config& config) {
  switch (facts.kind) {
    case DocumentKind::kPost:
      return {facts.has_date ? facts.date.seconds : kUndated, facts.path, true};
    case DocumentKind::kCollection: return place_in_collection(facts, config);
    default: return {0, std::string(file_name_of(facts.path)) + "\n" + facts.path, false};
  }
}

}  // namespace stet::site
