// What a filter is, and what it may ask of the render it runs in.
//
// Filters are pure functions in literal tables, one table a kind (cms/liquid/filters/). They are
// found by name once, when a template is parsed. Threads: a filter keeps no state; a FilterContext
// belongs to one render. Errors: an Error is what Jekyll aborts the build with, in Jekyll's words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "cms/liquid/value.h"
#include "storage/base/result.h"

namespace stet::liquid {

class Host;

// What stands after the colon: `default: "x", allow_false: true`.
struct Arguments {
  using Keyword = std::pair<std::string_view, Value>;

  std::span<const Value> positional;
  std::span<const Keyword> keywords;

  std::size_t size() const { return positional.size(); }
  const Value& operator[](std::size_t position) const {  // nil where there is none
    static const Value nil;
    return position < positional.size() ? positional[position] : nil;
  }
  const Value* keyword(std::string_view name) const {  // null where it was not given
    for (const Keyword& keyword : keywords) {
      if (keyword.first == name) return &keyword.second;
    }
    return nullptr;
  }
};

// An expression that a filter's text argument holds (where_exp), read once and asked for each item.
class ItemExpression {
 public:
  virtual ~ItemExpression() = default;
  virtual Result<Value> evaluate(const Value& item) = 0;
};

class FilterContext {
 public:
  virtual ~FilterContext() = default;
  virtual Host& host() = 0;

  // Pays for work, about one step an item or 32 bytes touched; an Error once the render's limits
  // are reached, which the filter returns. The engine pays for the call itself and for a text
  // result.
  virtual Status charge(std::size_t steps) = 0;
  // Asks before a string of `bytes` is made, where it may be far larger than the input.
  virtual Status charge_bytes(std::size_t bytes) = 0;
  virtual void warn(std::string message) = 0;

  // `text` read as Jekyll's where_exp does: comparisons with `and`/`or`; true or false of an item.
  virtual Result<std::unique_ptr<ItemExpression>> condition(std::string_view variable,
                                                            std::string_view text) = 0;
  // `text` read as the inside of {{ }}, filters and all, as Jekyll's group_by_exp does.
  virtual Result<std::unique_ptr<ItemExpression>> expression(std::string_view variable,
                                                             std::string_view text) = 0;
};

using Filter = Result<Value> (*)(const Value& input,
                                 const Arguments& arguments,
                                 FilterContext& context);

struct FilterEntry {
  std::string_view name;
  Filter filter = nullptr;
  // The engine refuses other numbers of arguments, as Ruby does ("wrong number of arguments"), so a
  // filter sees between min and max. Keywords count as one argument more unless they are taken.
  std::uint8_t arguments_min = 0;
  std::uint8_t arguments_max = 0;
  bool takes_keywords = false;
  // It tells Host::saw_instant itself what it made of a live time; for other filters the engine
  // reports that all of it was seen.
  bool formats_time = false;
};

// Null where there is none: an unknown filter passes its input through. Defined in
// filters/registry.cc.
const FilterEntry* find_filter(std::string_view name);

}  // namespace stet::liquid
