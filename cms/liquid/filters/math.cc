#include <limits>

#include "cms/liquid/filters/decimal.h"
#include "cms/liquid/filters/tables.h"

namespace stet::liquid {
namespace {

using Operation = Result<Decimal> (Decimal::*)(const Decimal&) const;
using Shape = Decimal (Decimal::*)() const;

template <Operation kOperation>
Result<Value> calculate(const Value& input, const Arguments& arguments, FilterContext&) {
  Decimal a = TRY(Decimal::of(input));
  Decimal b = TRY(Decimal::of(arguments[0]));
  return TRY((a.*kOperation)(b)).value();
}

// Ruby's decimals have infinities where its integers refuse to divide by 0.
Result<Value> divided_by(const Value& input, const Arguments& arguments, FilterContext&) {
  Decimal a = TRY(Decimal::of(input));
  Decimal b = TRY(Decimal::of(arguments[0]));
  if (b.sign() != 0 || !(a.is_float() || b.is_float())) return TRY(a.divided_by(b)).value();
  if (a.sign() == 0) return Value(std::numeric_limits<double>::quiet_NaN());
  return Value(a.sign() * std::numeric_limits<double>::infinity());
}

template <Shape kShape>
Result<Value> shape(const Value& input, const Arguments&, FilterContext&) {
  Decimal number = TRY(Decimal::of(input));
  return (number.*kShape)().value();
}

Result<Value> round(const Value& input, const Arguments& arguments, FilterContext&) {
  Decimal number = TRY(Decimal::of(input));
  Decimal places = TRY(Decimal::of(arguments[0]));
  return number.round(places.truncated()).value();
}

Result<Value> at_least(const Value& input, const Arguments& arguments, FilterContext&) {
  Decimal number = TRY(Decimal::of(input));
  Decimal least = TRY(Decimal::of(arguments[0]));
  return (least.compare(number) > 0 ? least : number).value();
}

Result<Value> at_most(const Value& input, const Arguments& arguments, FilterContext&) {
  Decimal number = TRY(Decimal::of(input));
  Decimal most = TRY(Decimal::of(arguments[0]));
  return (most.compare(number) < 0 ? most : number).value();
}

constexpr FilterEntry kFilters[] = {
    {.name = "abs", .filter = shape<&Decimal::abs>},
    {.name = "at_least", .filter = at_least, .arguments_min = 1, .arguments_max = 1},
    {.name = "at_most", .filter = at_most, .arguments_min = 1, .arguments_max = 1},
    {.name = "ceil", .filter = shape<&Decimal::ceil>},
    {.name = "divided_by", .filter = divided_by, .arguments_min = 1, .arguments_max = 1},
    {.name = "floor", .filter = shape<&Decimal::floor>},
    {.name = "minus", .filter = calculate<&Decimal::minus>, .arguments_min = 1, .arguments_max = 1},
    {.name = "modulo",
     .filter = calculate<&Decimal::modulo>,
     .arguments_min = 1,
     .arguments_max = 1},
    {.name = "plus", .filter = calculate<&Decimal::plus>, .arguments_min = 1, .arguments_max = 1},
    {.name = "round", .filter = round, .arguments_min = 0, .arguments_max = 1},
    {.name = "times", .filter = calculate<&Decimal::times>, .arguments_min = 1, .arguments_max = 1},
};

}  // namespace

std::span<const FilterEntry> math_filters() { return kFilters; }

}  // namespace stet::liquid
