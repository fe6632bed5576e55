// Liquid's arithmetic: exact integers and decimals, as Ruby's Integer and BigDecimal are.
//
// Liquid calculates with the digits that a float prints (0.1 plus 0.2 is 0.3), and a float operand
// makes a float result. Ruby's integers have no largest; a Value's have, so an integer beyond 64
// bits becomes its digits as text, which prints and goes on calculating as Ruby's would, and only
// compares as text. Limits: numbers of more than 1,000 digits, and infinities, are refused.
// Threads: values.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include "cms/liquid/value.h"
#include "storage/base/result.h"

namespace stet::liquid {

class Decimal {
 public:
  // Utils.to_number of Liquid: numbers; text that is a decimal or starts with an integer; else 0.
  static Result<Decimal> of(const Value& value);

  Result<Decimal> plus(const Decimal& other) const;
  Result<Decimal> minus(const Decimal& other) const;
  Result<Decimal> times(const Decimal& other) const;
  // Rounds down where both are integers; by 0 is refused, though Ruby has infinities for decimals.
  Result<Decimal> divided_by(const Decimal& other) const;
  Result<Decimal> modulo(const Decimal& other) const;  // has the sign of `other`

  Decimal abs() const;
  Decimal floor() const;
  Decimal ceil() const;
  // Halves go away from zero. An integer where `places` is not above 0.
  Decimal round(int places) const;

  int compare(const Decimal& other) const;
  int sign() const { return digits_.sign(); }
  bool is_float() const { return is_float_; }
  // Towards zero, and within the range of an int.
  int truncated() const;

  Value value() const;

 private:
  using Integer = boost::multiprecision::cpp_int;

  Decimal() = default;
  Decimal(Integer digits, int places, bool is_float)
      : digits_(std::move(digits)), places_(places), is_float_(is_float) {}

  static Result<Decimal> of_float(double number);
  static Result<Decimal> of_text(std::string_view text);
  Result<Decimal> checked() const;
  Integer at_places(int places) const;  // places >= places_
  Decimal rounded_down(int places) const;

  Integer digits_;  // the number is digits * 10^-places
  int places_ = 0;  // may be negative for floats; 0 for integers
  bool is_float_ = false;
};

}  // namespace stet::liquid
