#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/collection.h"
#include "cms/liquid/filters/merge_sort.h"
#include "cms/liquid/filters/tables.h"
#include "cms/liquid/host.h"

namespace stet::liquid {
namespace {

// Whether a property is what `where` and `find` look for: nil finds nil; `empty` and `blank` find
// "" and lists of nothing; anything else is compared as text, with each item if the property is a
// list.
class Target {
 public:
  Target(const Value& target, Host& host)
      : host_(host),
        is_nil_(target.is_nil()),
        is_nothing_(target.type() == Type::kBlank || target.type() == Type::kEmpty),
        text_(to_s(target, host)) {}

  bool matches(const Value& property) const {
    if (is_nil_) return property.is_nil();
    bool is_list = property.type() == Type::kArray || property.type() == Type::kList ||
                   property.type() == Type::kHash;
    if (is_nothing_) {
      bool may_be_nothing = is_list || property.is_nil() || property.is_string();
      return may_be_nothing && is_joined_empty(property);
    }
    if (property.is_string()) return property.as_string() == text_;
    if (!is_list) return !property.is_nil() && to_text(property, host_) == text_;
    std::vector<Value> items = items_of(property, host_);
    return std::any_of(
        items.begin(), items.end(), [&](const Value& item) { return to_s(item, host_) == text_; });
  }

 private:
  bool is_joined_empty(const Value& property) const {
    if (property.type() == Type::kHash) return property.as_hash().entries().empty();
    return to_text(property, host_).empty();
  }

  Host& host_;
  bool is_nil_;
  bool is_nothing_;
  std::string text_;
};

// Where the filter gives its input back unlooked at.
bool is_unfit(const Value& input, const Value& property, const Value& target) {
  return !property.is_truthy() || target.type() == Type::kArray || target.type() == Type::kHash ||
         target.type() == Type::kList || !is_listing(input);
}

Result<Value> where(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (is_unfit(input, arguments[0], arguments[1])) return input;
  std::string property = to_s(arguments[0], context.host());
  Target target(arguments[1], context.host());
  std::vector<Value> found;
  bool is_seen =
      TRY(visit_properties(input, property, context, [&](std::size_t position, const Value& value) {
        if (target.matches(value)) found.push_back(input.as_list().at(position, context.host()));
      }));
  if (is_seen) return make_array(std::move(found));
  std::vector<Value> items = TRY(listed_items(input, context));
  for (Value& item : items) {
    Value value = TRY(item_property(item, property, context));
    if (target.matches(value)) found.push_back(std::move(item));
  }
  return make_array(std::move(found));
}

// An item of a list is read only when those before it were not what is looked for.
template <typename Matches>
Result<Value> find_item(const Value& listing, FilterContext& context, Matches matches) {
  Host& host = context.host();
  bool is_ordered = listing.type() == Type::kArray || listing.type() == Type::kList;
  if (!is_ordered) {
    std::vector<Value> items = TRY(listed_items(listing, context));
    for (const Value& item : items) {
      if (TRY(matches(item))) return item;
    }
    return Value();
  }
  auto count = size_of(listing, host).value_or(0);
  for (std::int64_t i = 0; i < count; ++i) {
    TRY(context.charge(1));
    Value item = element(listing, Value(i), host);
    if (TRY(matches(item))) return item;
  }
  return Value();
}

Result<Value> find(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (is_unfit(input, arguments[0], arguments[1])) return input;
  std::string property = to_s(arguments[0], context.host());
  Target target(arguments[1], context.host());
  return find_item(input, context, [&](const Value& item) -> Result<bool> {
    return target.matches(TRY(item_property(item, property, context)));
  });
}

Result<std::unique_ptr<ItemExpression>> condition_of(const Arguments& arguments,
                                                     FilterContext& context) {
  std::string variable = to_s(arguments[0], context.host());
  std::string text = to_s(arguments[1], context.host());
  return context.condition(variable, text);
}

Result<Value> where_exp(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_listing(input)) return input;
  auto condition = TRY(condition_of(arguments, context));
  std::vector<Value> items = TRY(listed_items(input, context));
  std::vector<Value> found;
  for (Value& item : items) {
    if (TRY(condition->evaluate(item)).is_truthy()) found.push_back(std::move(item));
  }
  return make_array(std::move(found));
}

Result<Value> find_exp(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_listing(input)) return input;
  auto condition = TRY(condition_of(arguments, context));
  return find_item(input, context, [&](const Value& item) -> Result<bool> {
    return TRY(condition->evaluate(item)).is_truthy();
  });
}

Value groups_of(const std::vector<Value>& names, std::vector<std::vector<Value>> items) {
  std::vector<Value> groups;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto size = static_cast<std::int64_t>(items[i].size());
    groups.push_back(make_hash(
        {{"name", names[i]}, {"items", make_array(std::move(items[i]))}, {"size", Value(size)}}));
  }
  return make_array(std::move(groups));
}

template <typename NameOf>
Result<Value> group(const Value& input, FilterContext& context, NameOf name_of) {
  std::vector<Value> items = TRY(paired_items(input, context));
  KeyIndex names(context.host());
  std::vector<std::vector<Value>> members;
  for (Value& item : items) {
    Value name = TRY(name_of(item));
    std::size_t position = names.add(name);
    if (position == members.size()) members.emplace_back();
    members[position].push_back(std::move(item));
  }
  return groups_of(names.keys(), std::move(members));
}

Result<Value> group_by(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_listing(input)) return input;
  std::string property = to_s(arguments[0], context.host());
  std::vector<Value> names;
  bool is_seen =
      TRY(visit_properties(input, property, context, [&](std::size_t, const Value& value) {
        names.emplace_back(to_s(value, context.host()));
      }));
  std::size_t position = 0;
  return group(input, context, [&](const Value& item) -> Result<Value> {
    if (is_seen) return names[position++];
    return Value(to_s(TRY(item_property(item, property, context)), context.host()));
  });
}

Result<Value> group_by_exp(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_listing(input)) return input;
  std::string variable = to_s(arguments[0], context.host());
  auto expression = TRY(context.expression(variable, to_s(arguments[1], context.host())));
  return group(input, context, [&](const Value& item) { return expression->evaluate(item); });
}

// What Ruby shows of the right side when a comparison fails: small values themselves, else a class.
std::string shown(const Value& value, Host& host) {
  switch (value.type()) {
    case Type::kNil:
    case Type::kBool:
    case Type::kInteger:
    case Type::kFloat: return inspect(value, host);
    default: return std::string(class_name(value));
  }
}

Result<int> compare_plain(const Value& a, const Value& b, FilterContext& context) {
  TRY(context.charge(1));
  if (auto order = compare(a, b, context.host())) return *order;
  return invalid_input("comparison of " + std::string(class_name(a)) + " with " +
                       shown(b, context.host()) + " failed");
}

struct Keyed {
  Value property;
  Value item;
};

Result<std::vector<Keyed>> keyed_items(const Value& input,
                                       std::string_view property,
                                       FilterContext& context) {
  std::vector<Value> items = TRY(paired_items(input, context));
  std::vector<Keyed> keyed;
  keyed.reserve(items.size());
  bool is_seen =
      TRY(visit_properties(input, property, context, [&](std::size_t position, const Value& value) {
        keyed.push_back({value, std::move(items[position])});
      }));
  if (is_seen) return keyed;
  for (Value& item : items) {
    Value value = TRY(item_property(item, property, context));
    keyed.push_back({std::move(value), std::move(item)});
  }
  return keyed;
}

Result<Value> sort_by(const Value& input,
                      std::string_view property,
                      int nil_order,
                      FilterContext& context) {
  Host& host = context.host();
  std::vector<Keyed> keyed = TRY(keyed_items(input, property, context));
  TRY(merge_sort(keyed, [&](const Keyed& a, const Keyed& b) -> Result<int> {
    TRY(context.charge(1));
    if (a.property.is_nil() != b.property.is_nil()) {
      return a.property.is_nil() ? nil_order : -nil_order;
    }
    if (auto order = compare(a.property, b.property, host)) return *order;
    return to_s(a.property, host).compare(to_s(b.property, host));
  }));
  std::vector<Value> sorted;
  for (Keyed& entry : keyed) sorted.push_back(std::move(entry.item));
  return make_array(std::move(sorted));
}

Result<Value> sort(const Value& input, const Arguments& arguments, FilterContext& context) {
  Host& host = context.host();
  if (input.is_nil()) return invalid_input("Cannot sort a null object.");
  if (!is_listing(input)) {
    return invalid_input("sort needs a list, and got " + std::string(class_name(input)));
  }
  if (arguments[0].is_nil()) {
    std::vector<Value> items = TRY(paired_items(input, context));
    TRY(merge_sort(items,
                   [&](const Value& a, const Value& b) { return compare_plain(a, b, context); }));
    return make_array(std::move(items));
  }
  std::string nils = arguments.size() > 1 ? to_s(arguments[1], host) : "first";
  if (nils != "first" && nils != "last") {
    return invalid_input("Invalid nils order: '" + nils +
                         "' is not a valid nils order. It must be 'first' or 'last'.");
  }
  return sort_by(input, to_s(arguments[0], host), nils == "first" ? -1 : 1, context);
}

bool is_array(const Value& value) {
  return value.type() == Type::kArray || value.type() == Type::kList;
}

Result<Value> push(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_array(input)) return input;
  std::vector<Value> items = TRY(listed_items(input, context));
  items.push_back(arguments[0]);
  return make_array(std::move(items));
}

Result<Value> unshift(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_array(input)) return input;
  std::vector<Value> items = TRY(listed_items(input, context));
  items.insert(items.begin(), arguments[0]);
  return make_array(std::move(items));
}

// How many to take off, at most all.
Result<std::ptrdiff_t> count_of(const Arguments& arguments, std::size_t size) {
  auto count = arguments.size() > 0 ? to_integer(arguments[0]) : std::optional<std::int64_t>(1);
  if (!count) return invalid_input("invalid integer");
  if (*count < 0) return invalid_input("negative array size");
  return static_cast<std::ptrdiff_t>(std::min(*count, static_cast<std::int64_t>(size)));
}

Result<Value> pop(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_array(input)) return input;
  std::vector<Value> items = TRY(listed_items(input, context));
  items.erase(items.end() - TRY(count_of(arguments, items.size())), items.end());
  return make_array(std::move(items));
}

Result<Value> shift(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_array(input)) return input;
  std::vector<Value> items = TRY(listed_items(input, context));
  items.erase(items.begin(), items.begin() + TRY(count_of(arguments, items.size())));
  return make_array(std::move(items));
}

// Jekyll draws at random; here the same site gives the same pages, so the first ones are drawn.
Result<Value> sample(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (!is_array(input)) return input;
  std::int64_t wanted = arguments.size() > 0 ? to_integer(arguments[0]).value_or(1) : 1;
  if (wanted == 1) return first_of(input, context.host());
  if (wanted < 0) return invalid_input("negative sample number");
  auto count = static_cast<std::size_t>(wanted);
  TRY(context.charge(
      std::min(count, static_cast<std::size_t>(size_of(input, context.host()).value_or(0)))));
  return make_array(items_of(input, context.host(), count));
}

Result<Value> to_integer_filter(const Value& input, const Arguments&, FilterContext&) {
  switch (input.type()) {
    case Type::kBool: return Value(input.as_bool() ? 1 : 0);
    case Type::kNil:
    case Type::kInteger:
    case Type::kFloat:
    case Type::kString: return Value(to_i(input));
    case Type::kTime: return Value(input.as_time().seconds);
    default: return invalid_input("undefined method `to_i' for " + std::string(class_name(input)));
  }
}

Result<Value> sentence(const Value& input, const Arguments& arguments, FilterContext& context) {
  Host& host = context.host();
  if (!is_array(input)) {
    return invalid_input("array_to_sentence_string needs a list, and got " +
                         std::string(class_name(input)));
  }
  std::string connector = arguments.size() > 0 ? to_s(arguments[0], host) : "and";
  std::vector<Value> items = TRY(listed_items(input, context));
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    bool is_last = i + 1 == items.size();
    if (i > 0 && items.size() > 2) out += ',';
    if (i > 0) out += ' ';
    if (i > 0 && is_last) out += connector + ' ';
    out += is_last || items.size() == 2 ? to_s(items[i], host) : to_text(items[i], host);
  }
  return Value(std::move(out));
}

constexpr FilterEntry kFilters[] = {
    {.name = "array_to_sentence_string", .filter = sentence, .arguments_max = 1},
    {.name = "find", .filter = find, .arguments_min = 2, .arguments_max = 2},
    {.name = "find_exp", .filter = find_exp, .arguments_min = 2, .arguments_max = 2},
    {.name = "group_by", .filter = group_by, .arguments_min = 1, .arguments_max = 1},
    {.name = "group_by_exp", .filter = group_by_exp, .arguments_min = 2, .arguments_max = 2},
    {.name = "pop", .filter = pop, .arguments_max = 1},
    {.name = "push", .filter = push, .arguments_min = 1, .arguments_max = 1},
    {.name = "sample", .filter = sample, .arguments_max = 1},
    {.name = "shift", .filter = shift, .arguments_max = 1},
    {.name = "sort", .filter = sort, .arguments_max = 2},
    {.name = "to_integer", .filter = to_integer_filter},
    {.name = "unshift", .filter = unshift, .arguments_min = 1, .arguments_max = 1},
    {.name = "where", .filter = where, .arguments_min = 2, .arguments_max = 2},
    {.name = "where_exp", .filter = where_exp, .arguments_min = 2, .arguments_max = 2},
};

}  // namespace

std::span<const FilterEntry> list_filters() { return kFilters; }

}  // namespace stet::liquid
