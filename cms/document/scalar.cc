#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "cms/document/yaml.h"

namespace stet::document {
namespace {

constexpr std::string_view kBlanks = " \t\n\r\f\v";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes digits off the front; how many there were.
std::size_t take_digits(std::string_view& text, std::size_t digits_max, int& value) {
  std::size_t count = 0;
  for (value = 0; count < digits_max && !text.empty() && is_digit(text[0]); ++count) {
    value = value * 10 + (text[0] - '0');
    text.remove_prefix(1);
  }
  return count;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

std::size_t take_blanks(std::string_view& text) {
  std::size_t count = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(count);
  return count;
}

bool equals_lowered(std::string_view text, std::string_view lower) {
  return std::ranges::equal(
      text, lower, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

// What the digits mean, or the text itself where int64 cannot hold that.
Data integer_of(std::string_view text, std::string_view digits, int base, bool is_negative) {
  std::uint64_t magnitude = 0;
  auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
  std::uint64_t limit = std::uint64_t{1} << 63;
  if (failure != std::errc() || magnitude > limit || (magnitude == limit && !is_negative)) {
    return std::string(base == 10 && text.starts_with('+') ? text.substr(1) : text);
  }
  return static_cast<std::int64_t>(is_negative ? 0 - magnitude : magnitude);
}

bool all_of(std::string_view text, std::string_view set) {
  return !text.empty() && text.find_first_not_of(set) == std::string_view::npos;
}

// `text` without its `_` and `,`, as SafeYAML drops them before it looks.
std::optional<Data> resolve_integer(std::string_view text) {
  constexpr std::string_view kDecimal = "0123456789", kHex = "0123456789abcdefABCDEF";
  bool is_signed = text.starts_with('-') || text.starts_with('+');
  bool is_negative = text.starts_with('-');
  std::string_view digits = text.substr(is_signed ? 1 : 0);
  if (digits == "0" || (all_of(digits, kDecimal) && digits[0] != '0')) {
    return integer_of(text, digits, 10, is_negative);
  }
  if (!is_signed && digits.size() > 1 && digits[0] == '0' && all_of(digits, "01234567")) {
    return integer_of(text, digits, 8, false);
  }
  bool is_hex = digits.starts_with("0x") || (!is_signed && digits.starts_with("0X"));
  if (is_hex && all_of(digits.substr(2), kHex)) {
    return integer_of(text, digits.substr(2), 16, is_negative);
  }
  if (!is_signed && digits.starts_with("0b") && all_of(digits.substr(2), "01")) {
    return integer_of(text, digits.substr(2), 2, false);
  }
  return std::nullopt;
}

std::optional<double> real_of(std::string_view text) {
  double value = 0;
  bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure == std::errc::result_out_of_range) {
    value = text.find("e-") != text.npos || text.find("E-") != text.npos
                ? 0
                : std::numeric_limits<double>::infinity();
  } else if (failure != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return is_negative ? -value : value;
}

// Ruby's Float() takes `_` between digits only; what it refuses stays a string.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
    } else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) {
      return std::nullopt;
    }
  }
  return out;
}

// [-+]?(\d[\d_]*)?\.[\d_]+([eE][-+]\d+)?
bool looks_real(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  auto point = text.find('.');
  if (point == text.npos) return false;
  std::string_view whole = text.substr(0, point), rest = text.substr(point + 1);
  if (!whole.empty() && (!is_digit(whole[0]) || !all_of(whole, "0123456789_"))) return false;
  auto exponent = rest.find_first_of("eE");
  if (!all_of(rest.substr(0, exponent), "0123456789_")) return false;
  if (exponent == rest.npos) return true;
  rest.remove_prefix(exponent + 1);
  return (rest.starts_with('-') || rest.starts_with('+')) && all_of(rest.substr(1), "0123456789");
}

std::optional<Data> resolve_real(std::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (text == ".inf" || text == ".Inf" || text == ".INF") return kInfinity;
  if (text == "-.inf" || text == "-.Inf" || text == "-.INF") return -kInfinity;
  if (text == ".nan" || text == ".NaN" || text == ".NAN") {
    return std::numeric_limits<double>::quiet_NaN();
  }
  if (!looks_real(text)) return std::nullopt;
  auto digits = without_underscores(text);
  auto value = digits ? real_of(*digits) : std::nullopt;
  return value ? std::optional<Data>(*value) : std::nullopt;
}

// [-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?, the last part as seconds. As in SafeYAML the sign counts
// for the first part, and then once more for the sum.
std::optional<Data> resolve_sexagesimal(std::string_view text) {
  if (text.find(':') == text.npos) return std::nullopt;
  bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  auto point = text.find('.');
  std::string fraction = "0.";
  if (point != text.npos) {
    for (char c : text.substr(point + 1)) {
      if (!is_digit(c) && c != '_') return std::nullopt;
      if (c != '_') fraction += c;
    }
  }
  std::string_view whole = text.substr(0, point);
  auto colon = whole.find(':');
  if (!is_digit(whole[0]) || !all_of(whole.substr(0, colon), "0123456789_")) return std::nullopt;
  double sum = 0, weight = 1;
  while ((colon = whole.rfind(':')) != whole.npos) {
    std::string_view part = whole.substr(colon + 1);
    int value = 0;
    if (take_digits(part, 2, value) == 0 || !part.empty() || value > 59) return std::nullopt;
    sum += value * weight;
    weight *= 60;
    whole = whole.substr(0, colon);
  }
  std::string digits(whole);
  std::erase(digits, '_');
  double first = real_of(digits).value_or(0);
  sum += (is_negative ? -first : first) * weight;
  sum += real_of(fraction + "0").value_or(0);
  return is_negative ? -sum : sum;
}

std::optional<Data> resolve_date(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  auto date = parse_iso_date(text);
  return date ? std::optional<Data>(*date) : std::nullopt;
}

std::int32_t take_nanoseconds(std::string_view& text) {
  std::int32_t nanoseconds = 0;
  if (!take(text, '.')) return 0;
  for (std::int32_t scale = 100'000'000; !text.empty() && is_digit(text[0]); scale /= 10) {
    nanoseconds += (text[0] - '0') * scale;
    text.remove_prefix(1);
  }
  return nanoseconds;
}

// Z, +h, +hh, +hmm, +hhmm, +h:mm, +hh:mm or nothing; to the end of the text.
std::optional<std::int32_t> take_offset(std::string_view text) {
  if (text.empty() || text == "Z") return 0;
  int sign = text[0] == '-' ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  int hours = 0, minutes = 0;
  bool is_three_digits = all_of(text, "0123456789") && text.size() == 3;
  if (take_digits(text, is_three_digits ? 1 : 2, hours) == 0) return std::nullopt;
  bool has_colon = take(text, ':');
  if ((has_colon || !text.empty()) && take_digits(text, 2, minutes) != 2) return std::nullopt;
  std::int32_t seconds = hours * 3600 + minutes * 60;
  if (!text.empty() || hours > 23 || seconds >= 86400) return std::nullopt;
  return sign * seconds;
}

std::optional<Data> resolve_time(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (take_digits(text, 4, year) != 4 || !take(text, '-')) return std::nullopt;
  if (take_digits(text, 2, month) == 0 || !take(text, '-')) return std::nullopt;
  if (take_digits(text, 2, day) == 0) return std::nullopt;
  if (!take(text, 'T') && !take(text, 't') && take_blanks(text) == 0) return std::nullopt;
  if (take_digits(text, 2, hour) == 0 || !take(text, ':')) return std::nullopt;
  if (take_digits(text, 2, minute) != 2 || !take(text, ':')) return std::nullopt;
  if (take_digits(text, 2, second) != 2) return std::nullopt;
  Time time;
  time.nanoseconds = take_nanoseconds(text);
  take_blanks(text);
  auto offset = take_offset(text);
  Date date{year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
  bool is_midnight = hour == 24 && minute == 0 && second == 0;
  if (!offset || !is_valid(date) || (hour > 23 && !is_midnight) || minute > 59 || second > 60) {
    return std::nullopt;
  }
  second = std::min(second, 59);  // a leap second, as Ruby's DateTime takes it
  time.offset_seconds = *offset;
  time.seconds = days_since_epoch(date) * 86400 + hour * 3600 + minute * 60 + second - *offset;
  return time;
}

std::optional<Data> resolve_word(std::string_view text) {
  if (text.empty() || text == "~" || equals_lowered(text, "null")) return Data();
  for (std::string_view word : {"yes", "on", "true"}) {
    if (equals_lowered(text, word)) return Data(true);
  }
  for (std::string_view word : {"no", "off", "false"}) {
    if (equals_lowered(text, word)) return Data(false);
  }
  return std::nullopt;
}

}  // namespace

Data resolve_plain(std::string_view text) {
  if (auto word = resolve_word(text)) return *word;
  // Only these start numbers and dates; most values are words.
  std::string_view exact = text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
  if (exact.find_first_of("0123456789.") == exact.npos) return text;
  std::string bare(exact);
  std::erase_if(bare, [](char c) { return c == '_' || c == ','; });
  if (!bare.empty()) {
    if (auto integer = resolve_integer(bare)) return *integer;
    if (bare.find('.') == bare.npos) {
      if (auto seconds = resolve_sexagesimal(bare)) return *seconds;
    }
  }
  if (auto real = resolve_real(exact)) return *real;
  if (exact.find('.') != exact.npos) {
    if (auto seconds = resolve_sexagesimal(exact)) return *seconds;
  }
  if (auto date = resolve_date(exact)) return *date;
  if (auto time = resolve_time(exact)) return *time;
  return text;
}

}  // namespace stet::document
