#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "cms/liquid/convert.h"

namespace stet::liquid {
namespace {

constexpr std::int64_t kIntegerMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kIntegerMin = std::numeric_limits<std::int64_t>::min();

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && (is_space(text.back()) || text.back() == '\0')) text.remove_suffix(1);
  return text;
}

bool take_sign(std::string_view& text) {
  if (text.empty() || (text[0] != '-' && text[0] != '+')) return false;
  const bool is_negative = text[0] == '-';
  text.remove_prefix(1);
  return is_negative;
}

int digit_of(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 36;
}

// Digits with single underscores between them, as Ruby takes them; saturates.
std::int64_t take_digits(std::string_view& text, int base, bool is_negative) {
  std::int64_t number = 0;
  while (!text.empty()) {
    const bool is_underscore = text.size() > 1 && text[0] == '_' && digit_of(text[1]) < base;
    if (is_underscore) text.remove_prefix(1);
    const int digit = digit_of(text[0]);
    if (digit >= base) break;
    text.remove_prefix(1);
    if (__builtin_mul_overflow(number, base, &number) ||
        __builtin_add_overflow(number, is_negative ? -digit : digit, &number)) {
      number = is_negative ? kIntegerMin : kIntegerMax;
    }
  }
  return number;
}

int take_base(std::string_view& text) {
  if (text.size() < 2 || text[0] != '0') return 10;
  int base = 8;
  switch (text[1]) {
    case 'x':
    case 'X': base = 16; break;
    case 'b':
    case 'B': base = 2; break;
    case 'o':
    case 'O': break;
    case 'd':
    case 'D': base = 10; break;
    default: text.remove_prefix(1); return 8;
  }
  text.remove_prefix(2);
  return base;
}

std::int64_t float_to_i(double number) {
  if (std::isnan(number)) return 0;
  if (number >= 9223372036854775807.0) return kIntegerMax;
  if (number <= -9223372036854775808.0) return kIntegerMin;
  return static_cast<std::int64_t>(number);
}

// -?\d+\.\d+ and nothing else
bool is_decimal(std::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i != dot && !is_digit(text[i])) return false;
  }
  return true;
}

}  // namespace

std::int64_t text_to_i(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  const bool is_negative = take_sign(text);
  if (text.empty() || !is_digit(text[0])) return 0;
  return take_digits(text, 10, is_negative);
}

double text_to_f(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  std::string plain;
  bool has_dot = false, has_exponent = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_digit_next = i + 1 < text.size() && is_digit(text[i + 1]);
    const bool follows_digit = i > 0 && is_digit(text[i - 1]);
    if (is_digit(c)) {
      plain += c;
    } else if ((c == '-' || c == '+') && i == 0) {
      if (c == '-') plain += c;
    } else if (c == '_' && follows_digit && is_digit_next) {
      continue;
    } else if (c == '.' && !has_dot && !has_exponent && follows_digit && is_digit_next) {
      has_dot = true;
      plain += c;
    } else if ((c == 'e' || c == 'E') && !has_exponent && follows_digit) {
      const std::size_t skip = i + 1 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+');
      if (i + 1 + skip >= text.size() || !is_digit(text[i + 1 + skip])) break;
      has_exponent = true;
      plain += 'e';
      if (skip) plain += text[++i];
    } else {
      break;
    }
  }
  double number = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (error == std::errc::result_out_of_range) {
    const bool is_tiny = plain.find("e-") != std::string::npos;
    const double size = is_tiny ? 0.0 : std::numeric_limits<double>::infinity();
    return plain[0] == '-' ? -size : size;
  }
  return error == std::errc() ? number : 0.0;
}

Value to_number(const Value& value) {
  if (value.type() == Type::kInteger || value.type() == Type::kFloat) return value;
  if (!value.is_string()) return Value(0);
  const std::string_view text = value.as_string();
  if (is_decimal(without_spaces(text))) return Value(text_to_f(text));
  return Value(text_to_i(text));
}

std::optional<std::int64_t> to_integer(const Value& value) {
  if (value.type() == Type::kInteger) return value.as_integer();
  if (!value.is_string()) return std::nullopt;
  std::string_view text = without_spaces(value.as_string());
  const bool is_negative = take_sign(text);
  const int base = text == "0" ? 10 : take_base(text);
  if (text.empty() || digit_of(text[0]) >= base) return std::nullopt;
  const std::int64_t number = take_digits(text, base, is_negative);
  if (!text.empty()) return std::nullopt;
  return number;
}

std::int64_t to_i(const Value& value) {
  switch (value.type()) {
    case Type::kInteger: return value.as_integer();
    case Type::kFloat: return float_to_i(value.as_float());
    case Type::kString: return text_to_i(value.as_string());
    case Type::kTime: return value.as_time().seconds;
    default: return 0;
  }
}

}  // namespace stet::liquid
