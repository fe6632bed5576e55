#include "cms/liquid/filters/collection.h"

#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/filters/letters.h"
#include "cms/liquid/host.h"

namespace stet::liquid {
namespace {

constexpr std::int64_t kItemsMax = 10'000'000;
constexpr int kDepthMax = 100;

Error too_long() { return invalid_input("a list of more than 10,000,000 items is too long"); }

Result<std::vector<Value>> charged_items(const Value& value, FilterContext& context) {
  std::int64_t size = size_of(value, context.host()).value_or(1);
  if (size > kItemsMax) return too_long();
  TRY(context.charge(static_cast<std::size_t>(size)));
  return items_of(value, context.host());
}

Status flatten(std::vector<Value>& out, const Value& value, FilterContext& context, int depth) {
  bool is_list = value.type() == Type::kArray || value.type() == Type::kList;
  if (!is_list || depth > kDepthMax) {
    out.push_back(value);
    return {};
  }
  std::vector<Value> items = TRY(charged_items(value, context));
  if (out.size() + items.size() > static_cast<std::size_t>(kItemsMax)) return too_long();
  for (const Value& item : items) TRY(flatten(out, item, context, depth + 1));
  return {};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Jekyll's INTEGER_LIKE and FLOAT_LIKE: text that is a number and blanks, compared as that number.
Value number_if_like(const Value& value) {
  if (!value.is_string()) return value;
  std::string_view text = value.as_string();
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  bool may_be_number = !text.empty() && (is_digit(text[0]) || text[0] == '-' || text[0] == '.');
  if (!may_be_number) return value;
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  auto points = std::count(digits.begin(), digits.end(), '.');
  auto count = std::count_if(digits.begin(), digits.end(), is_digit);
  bool is_number =
      count > 0 && points <= 1 && static_cast<std::size_t>(points + count) == digits.size();
  constexpr std::ptrdiff_t kInt64Digits = 18;
  if (!is_number || count > kInt64Digits) return value;
  if (points == 0) return Value(text_to_i(text));
  std::string plain(text);
  if (digits.front() == '.') plain.insert(plain.find('.'), "0");
  return Value(text_to_f(plain));
}

Error no_method(const Value& value) {
  std::string shown = value.is_nil() ? "nil:NilClass" : std::string(class_name(value));
  return invalid_input("undefined method `[]' for " + shown);
}

}  // namespace

Result<std::vector<Value>> flat_items(const Value& input, FilterContext& context) {
  std::vector<Value> items;
  switch (input.type()) {
    case Type::kNil: return items;
    case Type::kArray:
    case Type::kList: {
      TRY(flatten(items, input, context, 0));
      return items;
    }
    case Type::kRange: return charged_items(input, context);
    default: items.push_back(input); return items;
  }
}

bool is_listing(const Value& value) {
  switch (value.type()) {
    case Type::kArray:
    case Type::kList:
    case Type::kRange:
    case Type::kHash: return true;
    case Type::kDrop: return value.as_drop().is_hash();
    default: return false;
  }
}

Result<std::vector<Value>> listed_items(const Value& listing, FilterContext& context) {
  std::vector<Value> values;
  if (listing.type() == Type::kDrop && listing.as_drop().is_hash()) {
    std::vector<std::string> keys = listing.as_drop().keys(context.host());
    TRY(context.charge(keys.size()));
    for (const std::string& key : keys)
      values.push_back(listing.as_drop().get(key, context.host()));
    return values;
  }
  if (listing.type() != Type::kHash) return charged_items(listing, context);
  TRY(context.charge(listing.as_hash().entries().size()));
  for (const Hash::Entry& entry : listing.as_hash().entries()) values.push_back(entry.second);
  return values;
}

Result<std::vector<Value>> paired_items(const Value& listing, FilterContext& context) {
  return charged_items(listing, context);
}

bool can_be_indexed(const Value& value) {
  switch (value.type()) {
    case Type::kHash:
    case Type::kDrop:
    case Type::kArray:
    case Type::kList:
    case Type::kString:
    case Type::kInteger: return true;
    default: return false;
  }
}

Result<Value> indexed(const Value& object, const Value& key, FilterContext& context) {
  switch (object.type()) {
    case Type::kHash:
    case Type::kDrop: return element(object, key, context.host());
    case Type::kString:
      if (!key.is_string()) break;
      if (object.as_string().find(key.as_string()) == std::string_view::npos) return Value();
      return key;
    case Type::kArray:
    case Type::kList:
      if (key.type() != Type::kInteger) break;
      return element(object, key, context.host());
    case Type::kInteger:
      if (key.type() != Type::kInteger) break;
      if (key.as_integer() < 0 || key.as_integer() > 63) return Value(0);
      return Value((object.as_integer() >> key.as_integer()) & 1);
    default: return no_method(object);
  }
  return invalid_input("no implicit conversion of " + std::string(class_name(key)) +
                       " into Integer");
}

Result<bool> visit_properties(const Value& listing,
                              std::string_view path,
                              FilterContext& context,
                              const List::VisitField& visit) {
  if (listing.type() != Type::kList || path.find('.') != path.npos) return false;
  std::size_t count = 0;
  bool is_visited = listing.as_list().visit_field(
      path, context.host(), [&](std::size_t position, const Value& value) {
        visit(position, number_if_like(value));
        ++count;
      });
  TRY(context.charge(count));
  return is_visited;
}

Result<Value> item_property(const Value& item, std::string_view path, FilterContext& context) {
  if (path.find('.') == path.npos) {
    return number_if_like(TRY(indexed(item, Value(std::string(path)), context)));
  }
  Value at = item;
  while (!path.empty()) {
    std::size_t dot = std::min(path.find('.'), path.size());
    if (!can_be_indexed(at)) return Value(false);
    at = TRY(indexed(at, Value(std::string(path.substr(0, dot))), context));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return number_if_like(at);
}

std::size_t KeyIndex::add(const Value& key) {
  bool is_compound = is_listing(key) || key.type() == Type::kDrop;
  if (!is_compound) {
    auto [at, is_new] = by_text_.try_emplace(inspect(key, host_), keys_.size());
    if (is_new) keys_.push_back(key);
    return at->second;
  }
  for (std::size_t position : compound_) {
    if (keys_[position].type() == key.type() && equal(keys_[position], key, host_)) return position;
  }
  compound_.push_back(keys_.size());
  keys_.push_back(key);
  return keys_.size() - 1;
}

}  // namespace stet::liquid
