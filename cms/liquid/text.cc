#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/host.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

constexpr int kDepthMax = 100;  // of what is printed; deeper things are an ellipsis

void append_inspect(std::string& out, const Value& value, Host& host, int depth);

void append_number(std::string& out, std::int64_t number) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void append_date(std::string& out, const Date& date) { out += iso_date(date); }

// As Ruby's Date#inspect shows it, with the Julian day.
void append_date_inspect(std::string& out, const Date& date) {
  constexpr std::int64_t kJulianDayOfEpoch = 2440588;
  out += "#<Date: " + iso_date(date) + " ((";
  append_number(out, days_since_epoch(date) + kJulianDayOfEpoch);
  out += "j,0s,0n),+0s,2299161j)>";
}

// Before each item that is printed: false where no more may be.
bool may_print(const std::string& out, const Value& item, Host& host) {
  const std::size_t bytes = item.is_string() ? item.as_string().size() : 0;
  return host.may_go_on(1 + bytes / kBytesAStep, out.size() + bytes);
}

template <typename Append>
void append_each(std::string& out, const Value& value, Host& host, Append append) {
  if (value.type() == Type::kArray) {
    for (const Value& item : value.as_array().items) {
      if (!may_print(out, item, host)) return;
      append(item);
    }
    return;
  }
  const List& list = value.as_list();
  const std::size_t size = list.size(host);
  for (std::size_t i = 0; i < size; ++i) {
    const Value item = list.at(i, host);
    if (!may_print(out, item, host)) return;
    append(item);
  }
}

void append_text(std::string& out, const Value& value, Host& host, int depth) {
  switch (value.type()) {
    case Type::kNil:
    case Type::kBlank:
    case Type::kEmpty: return;
    case Type::kString: out += value.as_string(); return;
    case Type::kDate: append_date(out, value.as_date()); return;
    case Type::kTime:
      saw(value, host);
      out += time_text(value.as_time());
      return;
    case Type::kDrop: out += value.as_drop().to_text(host); return;
    case Type::kArray:
    case Type::kList:
      if (depth >= kDepthMax) return;
      append_each(
          out, value, host, [&](const Value& item) { append_text(out, item, host, depth + 1); });
      return;
    default: append_inspect(out, value, host, depth); return;
  }
}

bool append_short_escape(std::string& out, char c) {
  constexpr std::string_view kCodes = "\a\b\t\n\v\f\r\x1b\"\\";
  constexpr std::string_view kLetters = "abtnvfre\"\\";
  const std::size_t at = kCodes.find(c);
  if (at == std::string_view::npos) return false;
  out += '\\';
  out += kLetters[at];
  return true;
}

void append_quoted(std::string& out, std::string_view text) {
  char buffer[16];
  out += '"';
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text.front());
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      std::snprintf(buffer, sizeof buffer, "\\x%02X", byte);
      out += buffer;
      text.remove_prefix(1);
      continue;
    }
    const std::string_view character = text.substr(0, length);
    const char32_t code_point = take_code_point(text);
    if (length == 1 && append_short_escape(out, character[0])) continue;
    if (code_point == '#' && !text.empty() &&
        std::string_view("{$@").find(text[0]) != std::string_view::npos)
      out += '\\';
    if (code_point == 0x7F) {
      out += "\\x7F";
    } else if (code_point < 0x20 || (code_point > 0x7F && code_point < 0xA0)) {
      std::snprintf(buffer, sizeof buffer, "\\u%04X", static_cast<unsigned>(code_point));
      out += buffer;
    } else {
      out += character;
    }
  }
  out += '"';
}

void append_hash(std::string& out, const Hash& hash, Host& host, int depth) {
  out += '{';
  bool is_first = true;
  for (const auto& [key, value] : hash.entries()) {
    if (!may_print(out, value, host)) return;
    if (!is_first) out += ", ";
    is_first = false;
    append_quoted(out, key);
    out += "=>";
    append_inspect(out, value, host, depth + 1);
  }
  out += '}';
}

void append_array(std::string& out, const Value& value, Host& host, int depth) {
  out += '[';
  bool is_first = true;
  append_each(out, value, host, [&](const Value& item) {
    if (!is_first) out += ", ";
    is_first = false;
    append_inspect(out, item, host, depth + 1);
  });
  out += ']';
}

void append_hash_drop(std::string& out, const Drop& drop, Host& host, int depth) {
  std::vector<Hash::Entry> entries;
  for (std::string& key : drop.keys(host)) {
    Value field = drop.get(key, host);
    entries.emplace_back(std::move(key), std::move(field));
  }
  append_hash(out, Hash(std::move(entries)), host, depth);
}

void append_inspect(std::string& out, const Value& value, Host& host, int depth) {
  if (depth > kDepthMax) {
    out += "...";
    return;
  }
  switch (value.type()) {
    case Type::kNil: out += "nil"; return;
    case Type::kBool: out += value.as_bool() ? "true" : "false"; return;
    case Type::kInteger: append_number(out, value.as_integer()); return;
    case Type::kFloat: out += float_text(value.as_float()); return;
    case Type::kString: append_quoted(out, value.as_string()); return;
    case Type::kDate: append_date_inspect(out, value.as_date()); return;
    case Type::kRange:
      append_number(out, value.as_range().first);
      out += "..";
      append_number(out, value.as_range().second);
      return;
    case Type::kArray:
    case Type::kList: append_array(out, value, host, depth); return;
    case Type::kHash: append_hash(out, value.as_hash(), host, depth); return;
    case Type::kDrop:
      if (value.as_drop().is_hash()) return append_hash_drop(out, value.as_drop(), host, depth);
      [[fallthrough]];
    case Type::kTime:
    case Type::kBlank:
    case Type::kEmpty: append_text(out, value, host, depth); return;
  }
}

}  // namespace

void saw(const Value& value, Host& host) {
  if (value.is_live_time()) host.saw_instant("", iso_time(value.as_time()));
}

void append_text(std::string& out, const Value& value, Host& host) {
  append_text(out, value, host, 0);
}

std::string to_text(const Value& value, Host& host) {
  std::string out;
  append_text(out, value, host, 0);
  return out;
}

std::string to_s(const Value& value, Host& host) {
  const bool is_array = value.type() == Type::kArray || value.type() == Type::kList;
  return is_array ? inspect(value, host) : to_text(value, host);
}

std::string_view text_of(const Value& value, Host& host, std::string& holder) {
  if (value.is_string()) return value.as_string();
  holder = to_s(value, host);
  return holder;
}

void append_inspect(std::string& out, const Value& value, Host& host) {
  append_inspect(out, value, host, 0);
}

std::string inspect(const Value& value, Host& host) {
  std::string out;
  append_inspect(out, value, host, 0);
  return out;
}

std::string float_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  if (number == 0) return std::signbit(number) ? "-0.0" : "0.0";
  char buffer[40];
  char* const end =
      std::to_chars(
          buffer, buffer + sizeof buffer - 1, std::fabs(number), std::chars_format::scientific)
          .ptr;
  *end = '\0';  // for atoi
  const std::string_view shortest(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t e = shortest.find('e');
  std::string digits(shortest.substr(0, e));
  if (digits.size() > 1) digits.erase(1, 1);
  const int exponent = std::atoi(buffer + e + 1);
  std::string out = number < 0 ? "-" : "";
  constexpr int kFixedExponentMax = 15, kFixedExponentMin = -4;  // where Ruby turns to 1.0e+16
  if (exponent > kFixedExponentMax || exponent < kFixedExponentMin) {
    out += digits[0];
    out += '.';
    out += digits.size() > 1 ? digits.substr(1) : "0";
    std::snprintf(buffer, sizeof buffer, "e%+03d", exponent);
    return out + buffer;
  }
  if (exponent < 0)
    return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return out + digits + std::string(whole - digits.size(), '0') + ".0";
  return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string time_text(const Time& time) {
  const CivilTime civil = civil_of(time);
  char buffer[48];
  std::snprintf(buffer,
                sizeof buffer,
                "%s %02d:%02d:%02d ",
                iso_date(civil.date).c_str(),
                civil.hour,
                civil.minute,
                civil.second);
  if (time.is_utc) return std::string(buffer) + "UTC";
  const int minutes = std::abs(time.offset_seconds) / 60;
  char zone[16];
  std::snprintf(zone,
                sizeof zone,
                "%c%02d%02d",
                time.offset_seconds < 0 ? '-' : '+',
                minutes / 60,
                minutes % 60);
  return std::string(buffer) + zone;
}

std::string_view class_name(const Value& value) {
  switch (value.type()) {
    case Type::kNil: return "NilClass";
    case Type::kBool: return value.as_bool() ? "TrueClass" : "FalseClass";
    case Type::kInteger: return "Integer";
    case Type::kFloat: return "Float";
    case Type::kString: return "String";
    case Type::kDate: return "Date";
    case Type::kTime: return "Time";
    case Type::kRange: return "Range";
    case Type::kArray:
    case Type::kList: return "Array";
    case Type::kHash: return "Hash";
    case Type::kDrop: return "Drop";
    case Type::kBlank:
    case Type::kEmpty: return "Liquid::Expression::MethodLiteral";
  }
  return "Object";
}

}  // namespace stet::liquid
