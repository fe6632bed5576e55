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

Data data_of(const Value& value) {
  switch (value.type()) {
    case liquid::Type::kBool: return value.as_bool();
    case liquid::Type::kInteger: return value.as_integer();
    case liquid::Type::kFloat: return value.as_float();
    case liquid::Type::kString: return std::string(value.as_string());
    case liquid::Type::kDate: return value.as_date();
    case liquid::Type::kTime: return value.as_time();
    case liquid::Type::kArray: {
      Data::List list;
      for (const Value& item : value.as_array().items) list.push_back(data_of(item));
      return list;
    }
    case liquid::Type::kHash: {
      Data::Map map;
      for (const auto& [key, item] : value.as_hash().entries()) map.append(key, data_of(item));
      return map;
    }
    default: return {};
  }
}

}  // namespace stet::site
