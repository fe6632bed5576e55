#include <algorithm>
#include <cmath>

#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/host.h"

namespace stet::liquid {
namespace {

constexpr int kDepthMax = 100;

bool is_number(const Value& value) {
  return value.type() == Type::kInteger || value.type() == Type::kFloat;
}
bool is_array(const Value& value) {
  return value.type() == Type::kArray || value.type() == Type::kList;
}

// Exact for every pair of a 64-bit integer and a double, as Ruby is; none for NaN.
std::optional<int> compare_mixed(std::int64_t integer, double number) {
  if (std::isnan(number)) return std::nullopt;
  if (number >= 9223372036854775808.0) return -1;
  if (number < -9223372036854775808.0) return 1;
  const double whole = std::floor(number);
  const auto whole_integer = static_cast<std::int64_t>(whole);
  if (integer != whole_integer) return integer < whole_integer ? -1 : 1;
  return number > whole ? -1 : 0;
}

std::optional<int> compare_numbers(const Value& a, const Value& b) {
  const bool is_a_integer = a.type() == Type::kInteger, is_b_integer = b.type() == Type::kInteger;
  if (is_a_integer && is_b_integer) {
    return (a.as_integer() > b.as_integer()) - (a.as_integer() < b.as_integer());
  }
  if (is_a_integer) return compare_mixed(a.as_integer(), b.as_float());
  if (is_b_integer) {
    const auto order = compare_mixed(b.as_integer(), a.as_float());
    return order ? std::optional(-*order) : std::nullopt;
  }
  const double x = a.as_float(), y = b.as_float();
  if (std::isnan(x) || std::isnan(y)) return std::nullopt;
  return (x > y) - (x < y);
}

std::size_t array_size(const Value& value, Host& host) {
  return value.type() == Type::kArray ? value.as_array().items.size() : value.as_list().size(host);
}
Value array_at(const Value& value, std::size_t position, Host& host) {
  return value.type() == Type::kArray ? value.as_array().items[position]
                                      : value.as_list().at(position, host);
}

bool equal_texts(std::string_view a, std::string_view b, Host& host) {
  return a.size() == b.size() && host.may_go_on(a.size() / kBytesAStep) && a == b;
}

bool equal(const Value& a, const Value& b, Host& host, int depth);

bool equal_arrays(const Value& a, const Value& b, Host& host, int depth) {
  const std::size_t size = array_size(a, host);
  if (size != array_size(b, host)) return false;
  for (std::size_t i = 0; i < size; ++i) {
    if (!host.may_go_on(1)) return false;
    if (!equal(array_at(a, i, host), array_at(b, i, host), host, depth + 1)) return false;
  }
  return true;
}

bool equal_hashes(const Hash& a, const Hash& b, Host& host, int depth) {
  if (a.entries().size() != b.entries().size()) return false;
  for (const auto& [key, value] : a.entries()) {
    if (!host.may_go_on(1)) return false;
    const Value* other = b.find(key);
    if (!other || !equal(value, *other, host, depth + 1)) return false;
  }
  return true;
}

bool equal(const Value& a, const Value& b, Host& host, int depth) {
  if (depth > kDepthMax) return false;
  if (is_number(a) && is_number(b)) return compare_numbers(a, b) == 0;
  if (is_array(a) && is_array(b)) return equal_arrays(a, b, host, depth);
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Type::kBool: return a.as_bool() == b.as_bool();
    case Type::kString: return equal_texts(a.as_string(), b.as_string(), host);
    case Type::kDate: return a.as_date() == b.as_date();
    case Type::kTime:
      saw(a, host);
      saw(b, host);
      return a.as_time() == b.as_time();
    case Type::kRange: return a.as_range() == b.as_range();
    case Type::kHash:
      return &a.as_hash() == &b.as_hash() || equal_hashes(a.as_hash(), b.as_hash(), host, depth);
    case Type::kDrop: return a.as_drop().is_same(b.as_drop());
    default: return true;  // nil, blank, empty
  }
}

std::optional<int> compare(const Value& a, const Value& b, Host& host, int depth);

std::optional<int> compare_arrays(const Value& a, const Value& b, Host& host, int depth) {
  const std::size_t size_a = array_size(a, host), size_b = array_size(b, host);
  for (std::size_t i = 0; i < size_a && i < size_b; ++i) {
    if (!host.may_go_on(1)) return std::nullopt;
    const auto order = compare(array_at(a, i, host), array_at(b, i, host), host, depth + 1);
    if (order != 0) return order;
  }
  return (size_a > size_b) - (size_a < size_b);
}

std::optional<int> compare(const Value& a, const Value& b, Host& host, int depth) {
  if (depth > kDepthMax) return std::nullopt;
  if (is_number(a) && is_number(b)) return compare_numbers(a, b);
  if (is_array(a) && is_array(b)) return compare_arrays(a, b, host, depth);
  if (a.type() != b.type()) return std::nullopt;
  switch (a.type()) {
    case Type::kString: {
      const std::size_t shorter = std::min(a.as_string().size(), b.as_string().size());
      if (!host.may_go_on(shorter / kBytesAStep)) return std::nullopt;
      const int order = a.as_string().compare(b.as_string());
      return (order > 0) - (order < 0);
    }
    case Type::kDate: return (a.as_date() > b.as_date()) - (a.as_date() < b.as_date());
    case Type::kTime:
      saw(a, host);
      saw(b, host);
      return (a.as_time() > b.as_time()) - (a.as_time() < b.as_time());
    default: return equal(a, b, host, depth) ? std::optional(0) : std::nullopt;
  }
}

}  // namespace

bool equal(const Value& a, const Value& b, Host& host) { return equal(a, b, host, 0); }

std::optional<int> compare(const Value& a, const Value& b, Host& host) {
  return compare(a, b, host, 0);
}

}  // namespace stet::liquid
