#include "api/routes/sort_key.h"

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstdio>

#include "storage/base/time.h"

namespace stet::api {
namespace {

using liquid::Type;
using liquid::Value;

std::string ordered(char rank, std::uint64_t number) {
  char text[20];
  std::snprintf(text, sizeof text, "%c%016llx", rank, static_cast<unsigned long long>(number));
  return text;
}

std::uint64_t ordered_bits(double number) {
  auto bits = std::bit_cast<std::uint64_t>(number);
  bool is_negative = bits >> 63;
  return is_negative ? ~bits : bits | (std::uint64_t{1} << 63);
}

std::uint64_t ordered_bits(std::int64_t seconds) {
  return static_cast<std::uint64_t>(seconds) ^ (std::uint64_t{1} << 63);
}

bool is_number(double number, std::string_view text) {
  double asked = 0;
  auto [last, error] = std::from_chars(text.data(), text.data() + text.size(), asked);
  return error == std::errc() && last == text.data() + text.size() && asked == number;
}

}  // namespace

std::string sort_key(const Value& value) {
  switch (value.type()) {
    case Type::kBool: return ordered('1', value.as_bool());
    case Type::kInteger: return ordered('2', ordered_bits(static_cast<double>(value.as_integer())));
    case Type::kFloat: return ordered('2', ordered_bits(value.as_float()));
    case Type::kDate:
      return ordered('3', ordered_bits(days_since_epoch(value.as_date()) * std::int64_t{86400}));
    case Type::kTime: return ordered('3', ordered_bits(value.as_time().seconds));
    case Type::kString: return "4" + std::string(value.as_string());
    default: return "0";
  }
}

bool is_or_holds(const Value& value, std::string_view text) {
  switch (value.type()) {
    case Type::kNil: return text.empty();
    case Type::kBool: return text == (value.as_bool() ? "true" : "false");
    case Type::kInteger: return is_number(static_cast<double>(value.as_integer()), text);
    case Type::kFloat: return is_number(value.as_float(), text);
    case Type::kString: return value.as_string() == text;
    case Type::kDate: return iso_date(value.as_date()) == text;
    case Type::kTime:
      return iso_date(civil_of(value.as_time()).date) == text || iso_time(value.as_time()) == text;
    case Type::kArray:
      for (const Value& item : value.as_array().items) {
        if (is_or_holds(item, text)) return true;
      }
      return false;
    default: return false;
  }
}

}  // namespace stet::api
