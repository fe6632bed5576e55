#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/filters/collection.h"
#include "cms/liquid/filters/letters.h"
#include "cms/liquid/filters/merge_sort.h"
#include "cms/liquid/filters/tables.h"
#include "cms/liquid/host.h"

namespace stet::liquid {
namespace {

Error no_property(const Value& property, Host& host) {
  return invalid_input("cannot select the property '" + to_s(property, host) + "'");
}

// Of every item, or an error that names the property where an item has no such thing.
Result<std::vector<Value>> properties(const std::vector<Value>& items,
                                      const Value& property,
                                      FilterContext& context) {
  std::vector<Value> values;
  values.reserve(items.size());
  for (const Value& item : items) {
    if (!can_be_indexed(item)) {
      values.emplace_back();
      continue;
    }
    auto value = indexed(item, property, context);
    if (!value) return no_property(property, context.host());
    values.push_back(std::move(*value));
  }
  return values;
}

Result<Value> size(const Value& input, const Arguments&, FilterContext& context) {
  if (input.type() == Type::kInteger) return Value(static_cast<int>(sizeof(std::int64_t)));
  return Value(size_of(input, context.host()).value_or(0));
}

Result<Value> first(const Value& input, const Arguments&, FilterContext& context) {
  return first_of(input, context.host());
}

Result<Value> last(const Value& input, const Arguments&, FilterContext& context) {
  return last_of(input, context.host());
}

Result<Value> join(const Value& input, const Arguments& arguments, FilterContext& context) {
  Host& host = context.host();
  std::string glue = arguments.size() > 0 ? to_s(arguments[0], host) : " ";
  std::vector<Value> items = TRY(flat_items(input, context));
  TRY(context.charge_bytes(items.size() * glue.size()));
  std::string out;
  bool is_first = true;
  for (const Value& item : items) {
    if (!is_first) out += glue;
    is_first = false;
    append_text(out, item, host);
  }
  return Value(std::move(out));
}

struct NaturalKey {
  bool is_nil;
  std::string text;
  Value item;
};

Result<Value> sort_natural(const Value& input, const Arguments& arguments, FilterContext& context) {
  Host& host = context.host();
  std::vector<Value> items = TRY(flat_items(input, context));
  std::vector<Value> values = items;
  if (!arguments[0].is_nil() && items.size() > 1) {
    if (!std::all_of(items.begin(), items.end(), can_be_indexed)) return Value();
    values = TRY(properties(items, arguments[0], context));
  }
  std::vector<NaturalKey> keys;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string text = lower_ascii(to_s(values[i], host));
    keys.push_back({values[i].is_nil(), std::move(text), std::move(items[i])});
  }
  TRY(merge_sort(keys, [&](const NaturalKey& a, const NaturalKey& b) -> Result<int> {
    TRY(context.charge(1));
    if (a.is_nil || b.is_nil) return a.is_nil ? 1 : -1;
    return a.text.compare(b.text);
  }));
  std::vector<Value> sorted;
  for (NaturalKey& key : keys) sorted.push_back(std::move(key.item));
  return make_array(std::move(sorted));
}

Result<Value> uniq(const Value& input, const Arguments& arguments, FilterContext& context) {
  std::vector<Value> items = TRY(flat_items(input, context));
  std::vector<Value> keys = items;
  if (!arguments[0].is_nil() && items.size() > 1) {
    if (!std::all_of(items.begin(), items.end(), can_be_indexed)) return Value();
    keys = TRY(properties(items, arguments[0], context));
  }
  KeyIndex seen(context.host());
  std::vector<Value> kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (seen.add(keys[i]) == kept.size()) kept.push_back(std::move(items[i]));
  }
  return make_array(std::move(kept));
}

Result<Value> reverse(const Value& input, const Arguments&, FilterContext& context) {
  std::vector<Value> items = TRY(flat_items(input, context));
  std::reverse(items.begin(), items.end());
  return make_array(std::move(items));
}

Result<Value> map(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (input.type() == Type::kList && arguments[0].is_string()) {
    std::vector<Value> values;
    auto take = [&](std::size_t, const Value& value) { values.push_back(value); };
    if (input.as_list().visit_field(arguments[0].as_string(), context.host(), take)) {
      TRY(context.charge(values.size()));
      return make_array(std::move(values));
    }
  }
  std::vector<Value> items = TRY(flat_items(input, context));
  return make_array(TRY(properties(items, arguments[0], context)));
}

Result<Value> compact(const Value& input, const Arguments& arguments, FilterContext& context) {
  std::vector<Value> items = TRY(flat_items(input, context));
  std::vector<Value> values = items;
  if (!arguments[0].is_nil() && !items.empty()) {
    if (!std::all_of(items.begin(), items.end(), can_be_indexed)) return Value();
    values = TRY(properties(items, arguments[0], context));
  }
  std::vector<Value> kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!values[i].is_nil()) kept.push_back(std::move(items[i]));
  }
  return make_array(std::move(kept));
}

Result<Value> concat(const Value& input, const Arguments& arguments, FilterContext& context) {
  const Value& more = arguments[0];
  if (more.type() != Type::kArray && more.type() != Type::kList) {
    return invalid_input("concat filter requires an array argument");
  }
  std::vector<Value> items = TRY(flat_items(input, context));
  std::vector<Value> added = TRY(listed_items(more, context));
  items.insert(items.end(), added.begin(), added.end());
  return make_array(std::move(items));
}

// Ruby's slice: from the end if negative; none where it begins beyond the end.
struct Span {
  std::size_t start = 0;
  std::size_t count = 0;
};

Result<Span> span_of(const Arguments& arguments, std::int64_t size) {
  auto start = to_integer(arguments[0]);
  auto count = arguments[1].is_truthy() ? to_integer(arguments[1]) : std::optional<std::int64_t>(1);
  if (!start || !count) return invalid_input("invalid integer");
  if (*start < 0) *start += size;
  if (*start < 0 || *start >= size || *count <= 0) return Span{};
  return Span{static_cast<std::size_t>(*start),
              static_cast<std::size_t>(std::min(*count, size - *start))};
}

Result<Value> slice(const Value& input, const Arguments& arguments, FilterContext& context) {
  Host& host = context.host();
  if (input.type() != Type::kArray && input.type() != Type::kList) {
    std::string holder;
    std::string_view text = text_of(input, host, holder);
    Span span = TRY(span_of(arguments, static_cast<std::int64_t>(count_characters(text))));
    return Value(std::string(slice_characters(text, span.start, span.count)));
  }
  Span span = TRY(span_of(arguments, size_of(input, host).value_or(0)));
  TRY(context.charge(span.count));
  std::vector<Value> items;
  for (std::size_t i = 0; i < span.count; ++i) {
    items.push_back(element(input, Value(static_cast<std::int64_t>(span.start + i)), host));
  }
  return make_array(std::move(items));
}

bool is_empty(const Value& value, Host& host) {
  switch (value.type()) {
    case Type::kString: return value.as_string().empty();
    case Type::kArray: return value.as_array().items.empty();
    case Type::kHash: return value.as_hash().entries().empty();
    case Type::kList: return !value.as_list().has(0, host);
    default: return false;
  }
}

// allow_false is Liquid 5's; Liquid 4 aborts on it.
Result<Value> default_to(const Value& input, const Arguments& arguments, FilterContext& context) {
  const Value* allows_false = arguments.keyword("allow_false");
  bool is_kept = allows_false && allows_false->is_truthy() ? !input.is_nil() : input.is_truthy();
  if (is_kept && !is_empty(input, context.host())) return input;
  return arguments.size() > 0 ? arguments[0] : Value(std::string());
}

constexpr FilterEntry kFilters[] = {
    {.name = "compact", .filter = compact, .arguments_max = 1},
    {.name = "concat", .filter = concat, .arguments_min = 1, .arguments_max = 1},
    {.name = "default",
     .filter = default_to,
     .arguments_max = 1,
     .takes_keywords = true,
     .formats_time = true},
    {.name = "first", .filter = first},
    {.name = "join", .filter = join, .arguments_max = 1},
    {.name = "last", .filter = last},
    {.name = "map", .filter = map, .arguments_min = 1, .arguments_max = 1},
    {.name = "reverse", .filter = reverse},
    {.name = "size", .filter = size},
    {.name = "slice", .filter = slice, .arguments_min = 1, .arguments_max = 2},
    {.name = "sort_natural", .filter = sort_natural, .arguments_max = 1},
    {.name = "uniq", .filter = uniq, .arguments_max = 1},
};

}  // namespace

std::span<const FilterEntry> array_filters() { return kFilters; }

}  // namespace stet::liquid
