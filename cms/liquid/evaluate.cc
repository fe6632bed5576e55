#include <array>

#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/markup.h"
#include "cms/liquid/renderer.h"

namespace stet::liquid {
namespace {

constexpr std::size_t kArgumentsMax = 16;  // that are handed over without memory of their own

std::string arity_message(const FilterEntry& filter, std::size_t given) {
  // Ruby counts the input as the first argument.
  std::string expected = std::to_string(filter.arguments_min + 1);
  if (filter.arguments_max == UINT8_MAX) {
    expected += "+";
  } else if (filter.arguments_max != filter.arguments_min) {
    expected += ".." + std::to_string(filter.arguments_max + 1);
  }
  return "wrong number of arguments (given " + std::to_string(given + 1) + ", expected " +
         expected + "); the filter is '" + std::string(filter.name) + "'";
}

bool is_operand(const Value& value) {  // has < and the others
  switch (value.type()) {
    case Type::kInteger:
    case Type::kFloat:
    case Type::kString:
    case Type::kDate:
    case Type::kTime: return true;
    default: return false;
  }
}

// What Ruby's `left.empty?` gives; none where it has no such method. Without ActiveSupport nothing
// has `blank?`.
std::optional<bool> is_empty(const Value& value, Host& host) {
  switch (value.type()) {
    case Type::kString: return value.as_string().empty();
    case Type::kArray: return value.as_array().items.empty();
    case Type::kHash: return value.as_hash().entries().empty();
    case Type::kList: return !value.as_list().has(0, host);
    case Type::kDrop:
      if (value.as_drop().is_hash()) return value.as_drop().keys(host).empty();
      return std::nullopt;
    default: return std::nullopt;
  }
}

bool is_in_range(const Value& range, const Value& value) {
  const auto [first, last] = range.as_range();
  if (value.type() == Type::kInteger) {
    return first <= value.as_integer() && value.as_integer() <= last;
  }
  return value.type() == Type::kFloat && static_cast<double>(first) <= value.as_float() &&
         value.as_float() <= static_cast<double>(last);
}

}  // namespace

Value Renderer::evaluate(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::kLiteral: return expression.literal;
    case Expression::Kind::kLookup: return evaluate(*expression.lookup);
    case Expression::Kind::kRange: return evaluate_range(expression);
  }
  return Value();
}

Value Renderer::evaluate(const Lookup& lookup) {
  Value object;
  if (lookup.dynamic_name) {
    const Value name = evaluate(*lookup.dynamic_name);
    if (!name.is_string()) return Value();
    object = find(Name(name.as_string()));
  } else {
    object = find(lookup.name);
  }
  for (const Step& part : lookup.steps) {
    if (object.is_nil()) return object;
    if (part.dynamic) {
      const Value key = evaluate(*part.dynamic);
      saw(key, host_);
      object = element(object, key, host_);
    } else if (part.key.is_string()) {
      object = property(object, part.key.as_string(), host_, part.is_command);
    } else {
      object = element(object, part.key, host_);
    }
  }
  return object;
}

Value Renderer::evaluate_range(const Expression& expression) {
  std::int64_t bounds[2] = {0, 0};
  int at = 0;
  for (const Expression* side : {expression.first, expression.last}) {
    const Value value = evaluate(*side);
    if (value.is_nil() || value.is_string()) {
      bounds[at++] = to_i(value);
      continue;
    }
    const auto integer = to_integer(value);
    if (!integer) {
      fail("invalid integer: a range goes from one whole number to another");
      return Value();
    }
    bounds[at++] = *integer;
  }
  return Value::range(bounds[0], bounds[1]);
}

Value Renderer::evaluate(const Output& output) {
  Value value = evaluate(output.value);
  for (const FilterCall& filter : output.filters) {
    if (failed()) return Value();
    value = call(filter, value);
  }
  return value;
}

Value Renderer::call(const FilterCall& call, const Value& input) {
  std::array<Value, kArgumentsMax> few;
  std::vector<Value> many;
  const std::size_t count = call.positional.size();
  if (count > few.size()) many.resize(count);
  Value* positional = count > few.size() ? many.data() : few.data();
  for (std::size_t i = 0; i < count; ++i) positional[i] = evaluate(call.positional[i]);
  std::vector<Arguments::Keyword> keywords;
  for (const auto& keyword : call.keywords) {
    keywords.emplace_back(keyword.name, evaluate(keyword.value));
  }
  if (failed()) return Value();
  return apply(*call.entry, input, {{positional, count}, keywords});
}

Value Renderer::apply(const FilterEntry& filter, const Value& input, const Arguments& arguments) {
  const bool has_odd_keywords = !arguments.keywords.empty() && !filter.takes_keywords;
  const std::size_t given = arguments.positional.size() + (has_odd_keywords ? 1 : 0);
  if (given < filter.arguments_min || given > filter.arguments_max || has_odd_keywords) {
    fail(arity_message(filter, given));
    return Value();
  }
  if (!filter.formats_time) saw(input, host_);
  for (const Value& argument : arguments.positional) saw(argument, host_);
  if (!step()) return Value();
  Result<Value> result = filter.filter(input, arguments, *this);
  if (!result) {
    fail(std::move(result).error().message);
    return Value();
  }
  if (result->is_string()) {
    const std::size_t bytes = result->as_string().size();
    meter_.steps += bytes / kBytesAStep;
    if (bytes > meter_.bytes_max) {
      fail("Memory limits exceeded: the filter '" + std::string(filter.name) +
           "' makes a text of more than " + std::to_string(meter_.bytes_max) + " bytes");
    }
  }
  return *std::move(result);
}

std::int64_t Renderer::to_count(const Value& value) {
  switch (value.type()) {
    case Type::kNil:
    case Type::kInteger:
    case Type::kFloat:
    case Type::kString:
    case Type::kTime: saw(value, host_); return to_i(value);
    default: fail("a number is wanted here, and got " + std::string(class_name(value))); return 0;
  }
}

bool Renderer::is_true(Condition condition) {
  for (const Comparison& comparison : condition) {
    const bool result = holds(comparison);
    if (failed()) return false;
    if (comparison.relation == Relation::kLast) return result;
    if (result == (comparison.relation == Relation::kOr)) return result;
  }
  return false;
}

bool Renderer::holds(const Comparison& comparison) {
  const Value left = evaluate(comparison.left);
  if (comparison.op == Operator::kNone) return left.is_truthy();
  const Value right = evaluate(comparison.right);
  switch (comparison.op) {
    case Operator::kEqual: return is_equal(left, right);
    case Operator::kNotEqual: return !is_equal(left, right);
    case Operator::kContains: return contains(left, right);
    case Operator::kUnknown:
      fail("Unknown operator " + std::string(comparison.op_text));
      return false;
    default: return is_ordered(comparison, left, right);
  }
}

bool Renderer::is_equal(const Value& left, const Value& right) {
  const bool is_literal_left = left.type() == Type::kBlank || left.type() == Type::kEmpty;
  const bool is_literal_right = right.type() == Type::kBlank || right.type() == Type::kEmpty;
  if (!is_literal_left && !is_literal_right) return equal(left, right, host_);
  const Value& literal = is_literal_left ? left : right;
  if (literal.type() == Type::kBlank) return false;
  return is_empty(is_literal_left ? right : left, host_).value_or(false);
}

bool Renderer::contains(const Value& left, const Value& right) {
  if (!left.is_truthy() || !right.is_truthy()) return false;
  switch (left.type()) {
    case Type::kString: {
      std::string holder;
      meter_.steps += left.as_string().size() / kBytesAStep;
      return left.as_string().find(text_of(right, host_, holder)) != std::string_view::npos;
    }
    case Type::kHash:
    case Type::kDrop: return right.is_string() && has_key(left, right.as_string(), host_);
    case Type::kRange: return is_in_range(left, right);
    case Type::kArray:
      for (const Value& item : left.as_array().items) {
        if (!step() || equal(item, right, host_)) return !failed();
      }
      return false;
    case Type::kList:
      for (std::size_t i = 0; left.as_list().has(i, host_) && step(); ++i) {
        if (equal(left.as_list().at(i, host_), right, host_)) return true;
      }
      return false;
    default: return false;
  }
}

bool Renderer::is_ordered(const Comparison& comparison, const Value& left, const Value& right) {
  if (!is_operand(left) || !is_operand(right)) return false;
  const std::optional<int> order = compare(left, right, host_);
  if (!step()) return false;
  if (!order) {
    const bool has_nan = left.type() == Type::kFloat || right.type() == Type::kFloat;
    const bool are_numbers =
        (has_nan || left.type() == right.type()) && !left.is_string() && !right.is_string();
    if (are_numbers && left.type() != Type::kTime && right.type() != Type::kTime) return false;
    const bool is_number = right.type() == Type::kInteger || right.type() == Type::kFloat;
    fail("comparison of " + std::string(class_name(left)) + " with " +
         (is_number ? inspect(right, host_) : std::string(class_name(right))) + " failed");
    return false;
  }
  switch (comparison.op) {
    case Operator::kLess: return *order < 0;
    case Operator::kLessOrEqual: return *order <= 0;
    case Operator::kGreater: return *order > 0;
    default: return *order >= 0;
  }
}

// One variable bound to each item in turn, over an expression or condition of a filter's argument.
class Renderer::Item final : public ItemExpression {
 public:
  Item(Renderer& renderer, std::string_view variable) : renderer_(renderer), variable_(variable) {}

  Result<Value> evaluate(const Value& item) override {
    const std::size_t mark = renderer_.enter();
    renderer_.push(variable_, item);
    Value value;
    if (renderer_.step()) {
      value = output ? renderer_.evaluate(*output) : Value(renderer_.is_true(condition));
    }
    renderer_.leave(mark);
    if (renderer_.failed()) return invalid_input(renderer_.fatal_->message);
    return value;
  }

  std::optional<Output> output;
  Condition condition;

 private:
  Renderer& renderer_;
  Name variable_;
};

// The texts may be the filter's own, so what is read from them is kept for as long as the render.
Result<std::unique_ptr<ItemExpression>> Renderer::condition(std::string_view variable,
                                                            std::string_view text) {
  auto item = std::make_unique<Item>(*this, expressions_.keep(variable));
  item->condition = TRY(parse_strict_condition(expressions_.keep(text), expressions_));
  return std::unique_ptr<ItemExpression>(std::move(item));
}

Result<std::unique_ptr<ItemExpression>> Renderer::expression(std::string_view variable,
                                                             std::string_view text) {
  auto item = std::make_unique<Item>(*this, expressions_.keep(variable));
  std::string warning;
  item->output = parse_output(expressions_.keep(text), expressions_, warning);
  if (!warning.empty()) warn(std::move(warning));
  return std::unique_ptr<ItemExpression>(std::move(item));
}

}  // namespace stet::liquid
