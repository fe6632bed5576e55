#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/host.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

Value pair_of(const Hash::Entry& entry) {
  return make_array({Value(std::string(entry.first)), entry.second});
}

std::int64_t characters_in(std::string_view text) {
  std::int64_t count = 0;
  while (!text.empty()) {
    text.remove_prefix(std::max<std::size_t>(utf8_length(text), 1));
    ++count;
  }
  return count;
}

// Ruby's block with one parameter gets the key alone of a drop's `yield key, value`.
Value drop_item(const Drop& drop, std::string key, Host& host) {
  if (!drop.is_hash()) return Value(std::move(key));
  Value field = drop.get(key, host);
  return make_array({Value(std::move(key)), std::move(field)});
}

std::int64_t range_size(const Value& range) {
  const auto [first, last] = range.as_range();
  std::int64_t size = 0;
  if (last < first) return 0;
  if (__builtin_sub_overflow(last, first, &size) || size == INT64_MAX) return INT64_MAX;
  return size + 1;
}

}  // namespace

bool is_enumerable(const Value& value) {
  switch (value.type()) {
    case Type::kArray:
    case Type::kList:
    case Type::kRange:
    case Type::kHash:
    case Type::kDrop: return true;
    default: return false;
  }
}

std::optional<std::int64_t> size_of(const Value& value, Host& host) {
  switch (value.type()) {
    case Type::kArray: return static_cast<std::int64_t>(value.as_array().items.size());
    case Type::kList: return static_cast<std::int64_t>(value.as_list().size(host));
    case Type::kHash: return static_cast<std::int64_t>(value.as_hash().entries().size());
    case Type::kRange: return range_size(value);
    case Type::kString: return characters_in(value.as_string());
    case Type::kDrop:
      if (!value.as_drop().is_hash()) return std::nullopt;
      return static_cast<std::int64_t>(value.as_drop().keys(host).size());
    default: return std::nullopt;
  }
}

std::vector<Value> items_of(const Value& value, Host& host, std::size_t count_max) {
  std::vector<Value> items;
  switch (value.type()) {
    case Type::kArray: {
      const auto& all = value.as_array().items;
      items.assign(all.begin(),
                   all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), count_max)));
      break;
    }
    case Type::kList: {
      const std::size_t count = std::min(value.as_list().size(host), count_max);
      return value.as_list().first(count, host);
    }
    case Type::kRange: {
      const auto count = std::min(static_cast<std::size_t>(range_size(value)), count_max);
      const std::int64_t first = value.as_range().first;
      for (std::size_t i = 0; i < count; ++i)
        items.emplace_back(first + static_cast<std::int64_t>(i));
      break;
    }
    case Type::kHash:
      for (const Hash::Entry& entry : value.as_hash().entries()) {
        if (items.size() >= count_max) break;
        items.push_back(pair_of(entry));
      }
      break;
    case Type::kDrop:
      for (std::string& key : value.as_drop().keys(host)) {
        if (items.size() >= count_max) break;
        items.push_back(drop_item(value.as_drop(), std::move(key), host));
      }
      break;
    case Type::kString:
      if (!value.as_string().empty() && count_max > 0) items.push_back(value);
      break;
    default: break;
  }
  return items;
}

Value first_of(const Value& value, Host& host) {
  switch (value.type()) {
    case Type::kArray: return value.as_array().items.empty() ? Value() : value.as_array().items[0];
    case Type::kList: return value.as_list().has(0, host) ? value.as_list().at(0, host) : Value();
    case Type::kRange: return Value(value.as_range().first);
    case Type::kHash:
      return value.as_hash().entries().empty() ? Value() : pair_of(value.as_hash().entries()[0]);
    case Type::kDrop: {
      std::vector<std::string> keys = value.as_drop().keys(host);
      if (keys.empty()) return Value();
      Value field = value.as_drop().get(keys[0], host);
      return make_array({Value(std::move(keys[0])), std::move(field)});
    }
    default: return Value();
  }
}

Value last_of(const Value& value, Host& host) {
  switch (value.type()) {
    case Type::kArray:
      return value.as_array().items.empty() ? Value() : value.as_array().items.back();
    case Type::kList: {
      const std::size_t size = value.as_list().size(host);
      return size ? value.as_list().at(size - 1, host) : Value();
    }
    case Type::kRange: return Value(value.as_range().second);
    default: return Value();
  }
}

bool has_key(const Value& object, std::string_view key, Host& host) {
  if (object.type() == Type::kHash) return object.as_hash().find(key) != nullptr;
  return object.type() == Type::kDrop && object.as_drop().has_key(key, host);
}

Value property(const Value& object, std::string_view key, Host& host, bool is_command) {
  if (object.type() == Type::kHash) {
    if (const Value* found = object.as_hash().find(key)) return *found;
  } else if (object.type() == Type::kDrop) {
    Value found = object.as_drop().get(key, host);
    if (!found.is_nil() || !is_command || object.as_drop().has_key(key, host)) return found;
  }
  if (!is_command) return Value();
  if (key == "first") return first_of(object, host);
  if (key == "last") return last_of(object, host);
  if (key != "size") return Value();
  if (object.type() == Type::kInteger) return Value(static_cast<int>(sizeof(std::int64_t)));
  const auto size = size_of(object, host);
  return size ? Value(*size) : Value();
}

Value element(const Value& object, const Value& key, Host& host) {
  const bool is_array = object.type() == Type::kArray, is_list = object.type() == Type::kList;
  if (key.is_string()) return property(object, key.as_string(), host, false);
  if (key.type() != Type::kInteger) return Value();
  std::int64_t position = key.as_integer();
  if (is_list) {
    const List& list = object.as_list();
    if (position < 0) position += static_cast<std::int64_t>(list.size(host));
    if (position < 0 || !list.has(static_cast<std::size_t>(position), host)) return Value();
    return list.at(static_cast<std::size_t>(position), host);
  }
  if (is_array) {
    const auto& items = object.as_array().items;
    const auto size = static_cast<std::int64_t>(items.size());
    if (position < 0) position += size;
    return position < 0 || position >= size ? Value() : items[static_cast<std::size_t>(position)];
  }
  // YAML keys that are numbers are kept as their text.
  return property(object, std::to_string(position), host, false);
}

}  // namespace stet::liquid
