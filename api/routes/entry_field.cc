#include "api/routes/entry_field.h"

#include <charconv>
#include <string>
#include <vector>

namespace stet::api {
namespace {

using liquid::Type;
using liquid::Value;

Value below(const Value& value, std::string_view step);

Value below_list(const liquid::Array& list, std::string_view step) {
  std::size_t index = 0;
  auto [last, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (error == std::errc() && last == step.data() + step.size()) {
    return index < list.items.size() ? list.items[index] : Value();
  }
  std::vector<Value> found;
  for (const Value& item : list.items) {
    if (item.type() != Type::kHash) continue;
    if (Value value = below(item, step); !value.is_nil()) found.push_back(std::move(value));
  }
  return found.empty() ? Value() : liquid::make_array(std::move(found));
}

Value below(const Value& value, std::string_view step) {
  if (value.type() == Type::kArray) return below_list(value.as_array(), step);
  if (value.type() != Type::kHash) return {};
  const Value* found = value.as_hash().find(step);
  return found ? *found : Value();
}

Value own_field(const change::Listed& listed, std::string_view name) {
  const site::DocumentFacts& facts = listed.document->facts();
  if (name == "date" && facts.has_date) return Value(facts.date);
  return listed.document->field(name);
}

}  // namespace

Value field_of(const change::Listed& listed, std::string_view name) {
  if (name == "path") return Value(listed.path);
  if (!listed.document) return {};
  Value value = own_field(listed, name);
  std::size_t dot = name.find('.');
  if (!value.is_nil() || dot == std::string_view::npos) return value;
  value = own_field(listed, name.substr(0, dot));
  while (dot != std::string_view::npos && !value.is_nil()) {
    name.remove_prefix(dot + 1);
    dot = name.find('.');
    value = below(value, name.substr(0, dot));
  }
  return value;
}

}  // namespace stet::api
