#include "api/routes/list_filter.h"

#include <algorithm>
#include <charconv>
#include <compare>
#include <iterator>

#include "cms/document/yaml.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

using liquid::Type;
using liquid::Value;

constexpr std::string_view kBegin = "filter[";
constexpr std::size_t kShownBytesMax = 60;

// "a,b\,c" as "a" and "b,c".
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool is_escaped = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == ',';
    if (text[i] == ',') {
      words.emplace_back();
    } else {
      words.back() += text[is_escaped ? ++i : i];
    }
  }
  return words;
}

// None of what is no number.
std::optional<int> sign_of(std::partial_ordering order) {
  if (order == std::partial_ordering::unordered) return std::nullopt;
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

std::optional<bool> boolean_of(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

double number_of(const Value& value) {
  return value.type() == Type::kInteger ? static_cast<double>(value.as_integer())
                                        : value.as_float();
}

}  // namespace

struct Filter::OperatorName {
  std::string_view name;
  Operator means;
};
const Filter::OperatorName Filter::kOperators[] = {{"eq", Operator::kEq},
                                                   {"ne", Operator::kNe},
                                                   {"in", Operator::kIn},
                                                   {"exists", Operator::kExists},
                                                   {"lt", Operator::kLt},
                                                   {"lte", Operator::kLte},
                                                   {"gt", Operator::kGt},
                                                   {"gte", Operator::kGte},
                                                   {"contains", Operator::kContains}};

std::optional<Filter::Operator> Filter::operator_of(std::string_view name) {
  auto found = std::find_if(std::begin(kOperators),
                            std::end(kOperators),
                            [&](const OperatorName& one) { return one.name == name; });
  return found == std::end(kOperators) ? std::nullopt : std::optional(found->means);
}

Filter::Operand Filter::operand_of(std::string_view text, const TimeZone& zone) {
  Operand operand{.text = std::string(text), .number = {}, .day = {}, .instant = {}};
  double number = 0;
  auto [last, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && last == text.data() + text.size()) operand.number = number;
  operand.day = parse_iso_date(text);
  if (operand.day) {
    operand.instant = zone.resolve({*operand.day, 0, 0, 0}).earlier;
  } else if (auto time = parse_iso_time(text)) {
    operand.instant = time->offset_seconds
                          ? Time{.seconds = seconds_as_utc(time->civil) - *time->offset_seconds,
                                 .nanoseconds = time->nanoseconds}
                          : zone.resolve(time->civil).earlier;
  } else if (document::Data written = document::resolve_plain(text); written.time()) {
    operand.instant = *written.time();
  }
  return operand;
}

Result<Filter> Filter::parse(std::string_view name, std::string_view text, const TimeZone& zone) {
  Filter filter;
  filter.zone_ = zone;
  if (!name.starts_with(kBegin) || !name.ends_with(']')) {
    return invalid_input("a filter is called filter[FIELD], or filter[FIELD][OPERATOR]");
  }
  std::string_view inner = name.substr(kBegin.size(), name.size() - kBegin.size() - 1);
  if (std::size_t joint = inner.rfind("]["); joint != std::string_view::npos) {
    auto known = operator_of(inner.substr(joint + 2));
    if (!known) {
      return invalid_input("there is no operator '" + std::string(inner.substr(joint + 2)) +
                           "'; there are eq, ne, in, exists, lt, lte, gt, gte and contains");
    }
    filter.operator_ = *known;
    inner = inner.substr(0, joint);
  }
  if (inner.empty()) return invalid_input("a filter names a field: filter[tags]=x");
  if (inner.find("][") != std::string_view::npos) {
    return invalid_input("a filter has one field and one operator: filter[author.name][ne]=x");
  }
  filter.field_ = inner;
  if (filter.field_ == "body" || filter.field_ == "html") {
    return invalid_input("texts are searched and not filtered: GET /api/v1/search?q=words");
  }
  if (filter.operator_ == Operator::kIn && text.empty()) {
    return invalid_input("in names values, by commas: filter[rank][in]=1,2");
  }
  if (filter.operator_ == Operator::kExists && !boolean_of(text)) {
    return invalid_input("exists is true or false");
  }
  if (filter.operator_ == Operator::kIn) {
    for (const std::string& word : words_of(text)) {
      filter.operands_.push_back(operand_of(word, zone));
    }
    if (filter.operands_.size() > kFilterTextsMax) {
      return invalid_input("in takes at most " + std::to_string(kFilterTextsMax) + " values");
    }
  } else {
    filter.operands_.push_back(operand_of(text, zone));
  }
  bool is_compared =
      filter.operator_ != Operator::kExists && filter.operator_ != Operator::kContains;
  for (const Operand& operand : filter.operands_) {
    bool is_moment = filter.field_ != "date" || operand.instant || operand.text.empty();
    if (is_compared && !is_moment) {
      return invalid_input("'" + printable(operand.text, kShownBytesMax) +
                           "' is no date; write 2020-10-11, or 2020-10-11T10:00:00Z");
    }
  }
  return filter;
}

bool Filter::is_equal(const Value& value, const Operand& operand) {
  switch (value.type()) {
    case Type::kNil: return operand.text.empty();
    case Type::kBool: return boolean_of(operand.text) == value.as_bool();
    case Type::kInteger:
    case Type::kFloat: return operand.number == number_of(value);
    case Type::kString: return value.as_string() == operand.text;
    case Type::kDate: return operand.day == value.as_date();
    case Type::kTime:
      if (operand.day) return *operand.day == civil_of(value.as_time()).date;
      return operand.instant && *operand.instant == value.as_time();
    case Type::kArray: {
      const auto& items = value.as_array().items;
      return std::any_of(
          items.begin(), items.end(), [&](const Value& item) { return is_equal(item, operand); });
    }
    default: return false;
  }
}

std::optional<int> Filter::order(const Value& value, const Operand& operand) const {
  switch (value.type()) {
    case Type::kBool: {
      auto asked = boolean_of(operand.text);
      return asked ? std::optional(int{value.as_bool()} - int{*asked}) : std::nullopt;
    }
    case Type::kInteger:
    case Type::kFloat:
      if (!operand.number) return std::nullopt;
      return sign_of(number_of(value) <=> *operand.number);
    case Type::kDate: {
      if (!operand.instant) return std::nullopt;
      return sign_of(zone_.resolve({value.as_date(), 0, 0, 0}).earlier <=> *operand.instant);
    }
    case Type::kTime:
      if (!operand.instant) return std::nullopt;
      return sign_of(value.as_time() <=> *operand.instant);
    case Type::kString: return sign_of(value.as_string() <=> std::string_view(operand.text));
    default: return std::nullopt;
  }
}

bool Filter::is_ordered(const Value& value) const {
  if (value.type() == Type::kArray) {
    const auto& items = value.as_array().items;
    return std::any_of(
        items.begin(), items.end(), [&](const Value& item) { return is_ordered(item); });
  }
  auto found = order(value, operands_.front());
  if (!found) return false;
  switch (operator_) {
    case Operator::kLt: return *found < 0;
    case Operator::kLte: return *found <= 0;
    case Operator::kGt: return *found > 0;
    default: return *found >= 0;
  }
}

bool Filter::contains(const Value& value) const {
  if (value.type() == Type::kString) {
    return value.as_string().find(operands_.front().text) != std::string_view::npos;
  }
  if (value.type() != Type::kArray) return false;
  const auto& items = value.as_array().items;
  return std::any_of(items.begin(), items.end(), [&](const Value& item) { return contains(item); });
}

bool Filter::passes(const Value& value) const {
  switch (operator_) {
    case Operator::kEq: return is_equal(value, operands_.front());
    case Operator::kNe: return !is_equal(value, operands_.front());
    case Operator::kIn:
      return std::any_of(operands_.begin(), operands_.end(), [&](const Operand& operand) {
        return is_equal(value, operand);
      });
    case Operator::kExists: return value.is_nil() != boolean_of(operands_.front().text);
    case Operator::kContains: return contains(value);
    default: return is_ordered(value);
  }
}

std::string Filter::canonical() const {
  std::string text = std::to_string(static_cast<int>(operator_));
  auto add = [&](const std::string& part) { text += std::to_string(part.size()) + ":" + part; };
  add(field_);
  for (const Operand& operand : operands_) add(operand.text);
  return text;
}

}  // namespace stet::api
