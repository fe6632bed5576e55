#include "api/routes/sort_key.h"

#include <bit>
#include <cstdint>

#include "storage/base/time.h"

namespace stet::api {
namespace {

using liquid::Type;
using liquid::Value;

void append(std::string& key, char rank, std::uint64_t number) {
  key += rank;
  for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>(number >> shift);
}

std::uint64_t ordered_bits(double number) {
  auto bits = std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number);
  bool is_negative = bits >> 63;
  return is_negative ? ~bits : bits | (std::uint64_t{1} << 63);
}

std::uint64_t ordered_bits(std::int64_t seconds) {
  return static_cast<std::uint64_t>(seconds) ^ (std::uint64_t{1} << 63);
}

// Ends with two zeros, which no text holds: a zero of its own is followed by 0xff.
void append_text(std::string& key, std::string_view text) {
  key += '4';
  for (char c : text.substr(0, kSortTextBytesMax)) {
    key += c;
    if (c == '\0') key += '\xff';
  }
  key.append(2, '\0');
}

void append_ascending(std::string& key, const Value& value, const TimeZone& zone) {
  switch (value.type()) {
    case Type::kBool: return append(key, '1', value.as_bool());
    case Type::kInteger:
      return append(key, '2', ordered_bits(static_cast<double>(value.as_integer())));
    case Type::kFloat: return append(key, '2', ordered_bits(value.as_float()));
    case Type::kDate: {
      Time midnight = zone.resolve({value.as_date(), 0, 0, 0}).earlier;
      return append(key, '3', ordered_bits(midnight.seconds));
    }
    case Type::kTime: return append(key, '3', ordered_bits(value.as_time().seconds));
    case Type::kString: return append_text(key, value.as_string());
    default: key += '0';
  }
}

}  // namespace

void append_sort_key(std::string& key,
                     const Value& value,
                     bool is_descending,
                     const TimeZone& zone) {
  std::size_t begin = key.size();
  append_ascending(key, value, zone);
  if (!is_descending) return;
  for (std::size_t i = begin; i < key.size(); ++i) key[i] = static_cast<char>(~key[i]);
}

}  // namespace stet::api
