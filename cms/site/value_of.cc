#include "cms/site/value_of.h"

namespace stet::site {

using document::Data;
using liquid::Value;

Value value_of(const Data& data) {
  switch (data.kind()) {
    case Data::Kind::kNil: return Value();
    case Data::Kind::kBool: return Value(*data.boolean());
    case Data::Kind::kInt: return Value(*data.integer());
    case Data::Kind::kDouble: return Value(*data.real());
    case Data::Kind::kString: return Value(*data.string());
    case Data::Kind::kDate: return Value(*data.date());
    case Data::Kind::kTime: return Value(*data.time());
    case Data::Kind::kMap: return Value(hash_of(*data.map()));
    case Data::Kind::kList: break;
  }
  std::vector<Value> items;
  items.reserve(data.list()->size());
  for (const Data& item : *data.list()) items.push_back(value_of(item));
  return liquid::make_array(std::move(items));
}

liquid::Ref<liquid::Hash> hash_of(const document::DataMap& map) {
  std::vector<liquid::Hash::Entry> entries;
  entries.reserve(map.size());
  for (const auto& [key, value] : map) entries.emplace_back(key, value_of(value));
  return liquid::Ref<liquid::Hash>(new liquid::Hash(std::move(entries)));
}

}  // namespace stet::site
