#include "cms/liquid/filters/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/letters.h"

namespace stet::liquid {
namespace {

using Integer = boost::multiprecision::cpp_int;

constexpr std::size_t kDigitsMax = 1000;
constexpr int kQuotientDigits = 40;  // more than the 17 that make a double

Integer power_of_ten(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

Integer floor_div(const Integer& a, const Integer& b) {
  Integer quotient;
  Integer rest;
  boost::multiprecision::divide_qr(a, b, quotient, rest);
  if (rest != 0 && (rest < 0) != (b < 0)) --quotient;
  return quotient;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits with single underscores between them, as String#to_i takes them from the start of `text`.
std::string leading_digits(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool is_separator = text[i] == '_' && !digits.empty() && text[i - 1] != '_';
    if (is_separator && i + 1 < text.size() && is_digit(text[i + 1])) continue;
    if (!is_digit(text[i])) break;
    digits += text[i];
  }
  return digits;
}

// Whether `text` is -?\d+\.\d+ and nothing else; then `point` is where.
bool is_decimal(std::string_view text, std::size_t& point) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  point = text.find('.');
  if (point == std::string_view::npos || point == 0 || point + 1 == text.size()) return false;
  auto are_digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), is_digit);
  };
  return are_digits(text.substr(0, point)) && are_digits(text.substr(point + 1));
}

Error too_long() { return invalid_input("a number has more than 1,000 digits"); }

// cpp_int reads a leading 0 as octal.
Integer integer_of(std::string_view digits) {
  std::size_t start = std::min(digits.find_first_not_of('0'), digits.size());
  return start == digits.size() ? Integer(0) : Integer(std::string(digits.substr(start)));
}

}  // namespace

Result<Decimal> Decimal::of(const Value& value) {
  switch (value.type()) {
    case Type::kInteger: return Decimal(value.as_integer(), 0, false);
    case Type::kFloat: return of_float(value.as_float());
    case Type::kString: return of_text(strip(value.as_string()));
    default: return Decimal();
  }
}

Result<Decimal> Decimal::of_float(double number) {
  if (!std::isfinite(number)) return invalid_input(float_text(number));
  char buffer[64];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  std::string_view text(buffer, static_cast<std::size_t>(end.ptr - buffer));
  std::size_t e = text.find('e');
  std::string digits;
  for (char c : text.substr(0, e)) {
    if (is_digit(c)) digits += c;
  }
  std::string_view exponent_text = text.substr(e + 1);
  if (exponent_text.front() == '+') exponent_text.remove_prefix(1);
  int exponent = 0;
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  Integer whole = integer_of(digits);
  if (text.front() == '-') whole = -whole;
  return Decimal(whole, static_cast<int>(digits.size()) - 1 - exponent, true);
}

Result<Decimal> Decimal::of_text(std::string_view text) {
  std::size_t point = 0;
  bool is_negative = !text.empty() && text.front() == '-';
  std::string_view unsigned_text = text.substr(is_negative ? 1 : 0);
  std::string digits;
  int places = 0;
  bool is_float = is_decimal(text, point);
  if (is_float) {
    if (unsigned_text.size() > kDigitsMax + 1) return too_long();
    digits =
        std::string(unsigned_text.substr(0, point)) + std::string(unsigned_text.substr(point + 1));
    places = static_cast<int>(unsigned_text.size() - point - 1);
  } else {
    if (!is_negative && !text.empty() && text.front() == '+') unsigned_text.remove_prefix(1);
    digits = leading_digits(unsigned_text);
    if (digits.size() > kDigitsMax) return too_long();
  }
  Integer whole = integer_of(digits);
  return Decimal(is_negative ? Integer(-whole) : whole, places, is_float);
}

Result<Decimal> Decimal::checked() const {
  // 3.33 bits a digit.
  if (digits_ != 0 &&
      boost::multiprecision::msb(boost::multiprecision::abs(digits_)) > kDigitsMax * 10 / 3) {
    return too_long();
  }
  return *this;
}

Integer Decimal::at_places(int places) const { return digits_ * power_of_ten(places - places_); }

Result<Decimal> Decimal::plus(const Decimal& other) const {
  int places = std::max(places_, other.places_);
  return Decimal(at_places(places) + other.at_places(places), places, is_float_ || other.is_float_)
      .checked();
}

Result<Decimal> Decimal::minus(const Decimal& other) const {
  return plus(Decimal(-other.digits_, other.places_, other.is_float_));
}

Result<Decimal> Decimal::times(const Decimal& other) const {
  return Decimal(digits_ * other.digits_, places_ + other.places_, is_float_ || other.is_float_)
      .checked();
}

Result<Decimal> Decimal::divided_by(const Decimal& other) const {
  if (other.digits_ == 0) return invalid_input("divided by 0");
  if (!is_float_ && !other.is_float_) return Decimal(floor_div(digits_, other.digits_), 0, false);
  int length = static_cast<int>(other.digits_.str().size());
  int shift = kQuotientDigits + length;
  Integer quotient = (digits_ * power_of_ten(shift)) / other.digits_;
  return Decimal(std::move(quotient), places_ - other.places_ + shift, true);
}

Result<Decimal> Decimal::modulo(const Decimal& other) const {
  if (other.digits_ == 0) return invalid_input("divided by 0");
  int places = std::max(places_, other.places_);
  Integer a = at_places(places);
  Integer b = other.at_places(places);
  return Decimal(a - floor_div(a, b) * b, places, is_float_ || other.is_float_);
}

Decimal Decimal::abs() const {
  return Decimal(boost::multiprecision::abs(digits_), places_, is_float_);
}

Decimal Decimal::rounded_down(int places) const {
  if (places >= places_) return Decimal(at_places(places), places, is_float_);
  return Decimal(floor_div(digits_, power_of_ten(places_ - places)), places, is_float_);
}

Decimal Decimal::floor() const { return Decimal(rounded_down(0).digits_, 0, false); }

Decimal Decimal::ceil() const {
  Decimal down = Decimal(-digits_, places_, is_float_).floor();
  return Decimal(-down.digits_, 0, false);
}

Decimal Decimal::round(int places) const {
  constexpr int kPlacesMin = -static_cast<int>(kDigitsMax);
  places = std::max(places, kPlacesMin);
  if (places >= places_ && places > 0) return *this;
  if (!is_float_ && places >= 0) return *this;
  Decimal half(5, places + 1, is_float_);
  int common = std::max({places_, half.places_, 0});
  Integer magnitude = boost::multiprecision::abs(at_places(common)) + half.at_places(common);
  Integer rounded = floor_div(magnitude, power_of_ten(common - places));
  if (digits_ < 0) rounded = -rounded;
  if (places > 0) return Decimal(std::move(rounded), places, is_float_);
  return Decimal(rounded * power_of_ten(-places), 0, false);
}

int Decimal::compare(const Decimal& other) const {
  int places = std::max(places_, other.places_);
  Integer a = at_places(places);
  Integer b = other.at_places(places);
  return a < b ? -1 : a > b ? 1 : 0;
}

int Decimal::truncated() const {
  Integer whole = digits_ < 0 ? ceil().digits_ : floor().digits_;
  constexpr int kMax = std::numeric_limits<int>::max();
  if (whole > kMax) return kMax;
  if (whole < -kMax) return -kMax;
  return static_cast<int>(whole);
}

Value Decimal::value() const {
  if (!is_float_) {
    bool fits = digits_ >= std::numeric_limits<std::int64_t>::min() &&
                digits_ <= std::numeric_limits<std::int64_t>::max();
    if (fits) return Value(static_cast<std::int64_t>(digits_));
    return Value(digits_.str());
  }
  std::string text = digits_.str() + "e" + std::to_string(-places_);
  double number = 0;
  auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc::result_out_of_range) return Value(number);
  bool is_huge = places_ < 0;
  double infinity = std::numeric_limits<double>::infinity();
  return Value(is_huge ? (digits_ < 0 ? -infinity : infinity) : 0.0);
}

}  // namespace stet::liquid
