// Runs one filter without a template: a host that records, a context that counts, values from JSON.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/filter.h"
#include "cms/liquid/host.h"

namespace stet::liquid::bench {

inline Value value_of(const nlohmann::ordered_json& json) {
  switch (json.type()) {
    case nlohmann::json::value_t::null: return Value();
    case nlohmann::json::value_t::boolean: return Value(json.get<bool>());
    case nlohmann::json::value_t::number_integer:
    case nlohmann::json::value_t::number_unsigned: return Value(json.get<std::int64_t>());
    case nlohmann::json::value_t::number_float: return Value(json.get<double>());
    case nlohmann::json::value_t::string: return Value(json.get<std::string>());
    case nlohmann::json::value_t::array: {
      std::vector<Value> items;
      for (const auto& item : json) items.push_back(value_of(item));
      return make_array(std::move(items));
    }
    default: {
      std::vector<Hash::Entry> entries;
      for (const auto& [key, item] : json.items()) entries.emplace_back(key, value_of(item));
      return make_hash(std::move(entries));
    }
  }
}

inline Value from_json(std::string_view text) {
  return value_of(nlohmann::ordered_json::parse(text));
}

class RecordingHost final : public Host {
 public:
  Result<std::shared_ptr<const Template>> load_include(std::string_view name,
                                                       IncludeKind) override {
    return not_found("no include " + std::string(name));
  }
  const TimeZone& zone() override { return zone_; }
  Time now() override { return now_; }
  void saw_instant(std::string_view how, std::string_view result) override {
    seen.emplace_back(how, result);
  }
  Value config(std::string_view key) override {
    for (const auto& [name, value] : settings) {
      if (name == key) return value;
    }
    return Value();
  }
  std::string markdownify(std::string_view text) override {
    return "md(" + std::string(text) + ")";
  }
  std::string smartify(std::string_view text) override {
    return "smart(" + std::string(text) + ")";
  }
  Result<std::string> sassify(std::string_view text, bool is_indented) override {
    if (text == "broken") return invalid_input("broken sass");
    return (is_indented ? "sass(" : "scss(") + std::string(text) + ")";
  }
  std::string highlight(std::string_view code, std::string_view) override {
    return std::string(code);
  }
  Result<std::string> link(std::string_view path) override { return std::string(path); }
  Result<std::string> post_url(std::string_view name) override { return std::string(name); }

  void set_zone(std::string_view name) { zone_ = TimeZone::find(name).value(); }
  void set_now(std::int64_t seconds) { now_ = zone_.at(seconds); }

  std::vector<std::pair<std::string, std::string>> seen;
  std::vector<std::pair<std::string, Value>> settings;

 private:
  TimeZone zone_;
  Time now_{.seconds = 1'602'426'002, .is_utc = true};  // 2020-10-11T14:20:02Z
};

// Conditions and expressions are what a test says they are, whatever their text.
class CountingContext final : public FilterContext {
 public:
  using Evaluate = std::function<Result<Value>(const Value&)>;

  Host& host() override { return recording_host; }
  Status charge(std::size_t count) override {
    steps += count;
    if (steps > steps_max) return invalid_input("too many steps");
    return {};
  }
  Status charge_bytes(std::size_t count) override {
    bytes += count;
    if (count > bytes_max) return invalid_input("too many bytes");
    return {};
  }
  void warn(std::string message) override { warnings.push_back(std::move(message)); }
  Result<std::unique_ptr<ItemExpression>> condition(std::string_view, std::string_view) override {
    return made();
  }
  Result<std::unique_ptr<ItemExpression>> expression(std::string_view, std::string_view) override {
    return made();
  }

  RecordingHost recording_host;
  std::size_t steps = 0;
  std::size_t steps_max = 1'000'000;
  std::size_t bytes = 0;
  std::size_t bytes_max = 1'000'000;
  std::vector<std::string> warnings;
  Evaluate evaluate = [](const Value& item) -> Result<Value> { return item; };

 private:
  struct Scripted final : ItemExpression {
    explicit Scripted(Evaluate e) : evaluate_item(std::move(e)) {}
    Result<Value> evaluate(const Value& item) override { return evaluate_item(item); }
    Evaluate evaluate_item;
  };
  Result<std::unique_ptr<ItemExpression>> made() {
    return std::unique_ptr<ItemExpression>(std::make_unique<Scripted>(evaluate));
  }
};

inline Result<Value> run(CountingContext& context,
                         std::string_view filter,
                         const Value& input,
                         const std::vector<Value>& arguments = {}) {
  const FilterEntry* entry = find_filter(filter);
  if (!entry) return not_found("no filter " + std::string(filter));
  return entry->filter(input, Arguments{.positional = arguments, .keywords = {}}, context);
}

// `input` and `arguments` (a list) in JSON; the result is as Ruby's inspect shows it, or "! " and
// the error.
inline std::string shown(CountingContext& context,
                         std::string_view filter,
                         std::string_view input,
                         std::string_view arguments) {
  std::vector<Value> values;
  for (const auto& argument : nlohmann::ordered_json::parse(arguments)) {
    values.push_back(value_of(argument));
  }
  auto result = run(context, filter, from_json(input), values);
  return result ? inspect(*result, context.host()) : "! " + result.error().message;
}

// A lazy list of numbers from 0 that notes what was asked of it.
class NotingList final : public List {
 public:
  explicit NotingList(std::size_t size, std::vector<std::string>& asked)
      : size_(size), asked_(asked) {}
  std::size_t size(Host&) const override {
    asked_.push_back("size");
    return size_;
  }
  Value at(std::size_t position, Host&) const override {
    asked_.push_back(std::to_string(position));
    return Value(static_cast<std::int64_t>(position));
  }
  bool has(std::size_t position, Host&) const override { return position < size_; }

 private:
  std::size_t size_;
  std::vector<std::string>& asked_;
};

}  // namespace stet::liquid::bench
