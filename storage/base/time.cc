#include "storage/base/time.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace stet {
namespace {

constexpr std::int64_t kDaySeconds = 86400;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

bool is_leap(std::int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Takes exactly `count` digits off the front; -1 if they aren't there.
int take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  int year = take_digits(text, 4);
  if (year < 0 || !take(text, '-')) return std::nullopt;
  int month = take_digits(text, 2);
  if (month < 0 || !take(text, '-')) return std::nullopt;
  int day = take_digits(text, 2);
  if (day < 0) return std::nullopt;
  Date date{year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
  return is_valid(date) ? std::optional(date) : std::nullopt;
}

// "Z", "+hh:mm", "+hhmm", "+hh", or nothing; false if what is there is none of these.
bool take_offset(std::string_view& text, std::optional<std::int32_t>& offset_seconds) {
  while (take(text, ' ')) {
  }
  if (text.empty()) return true;
  if (text == "Z" || text == "z" || text == "UTC") {
    offset_seconds = 0;
    text = {};
    return true;
  }
  int sign = text[0] == '+' ? 1 : text[0] == '-' ? -1 : 0;
  if (sign == 0) return false;
  text.remove_prefix(1);
  int hours = take_digits(text, 2), minutes = 0;
  if (hours < 0 || hours > 23) return false;
  take(text, ':');
  if (!text.empty()) minutes = take_digits(text, 2);
  if (minutes < 0 || minutes > 59 || !text.empty()) return false;
  offset_seconds = sign * (hours * 3600 + minutes * 60);
  return true;
}

bool take_fraction(std::string_view& text, std::int32_t& nanoseconds) {
  if (!take(text, '.')) return true;
  std::int64_t scale = 100'000'000;
  bool any = false;
  for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), any = true) {
    nanoseconds += static_cast<std::int32_t>((text[0] - '0') * scale);
    scale /= 10;
  }
  return any;
}

}  // namespace

bool is_valid(const Date& date) {
  static constexpr std::array<int, 13> kDays{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.month < 1 || date.month > 12 || date.day < 1) return false;
  return date.day <= kDays[date.month] + (date.month == 2 && is_leap(date.year) ? 1 : 0);
}

// Days from 0000-03-01 by 400-year eras; Howard Hinnant, "chrono-compatible low-level date
// algorithms".
std::int64_t days_since_epoch(const Date& date) {
  std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  std::int64_t era = floor_div(year, 400);
  std::int64_t year_of_era = year - era * 400;
  std::int64_t day_of_year =
      (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date date_of_days(std::int64_t days) {
  days += 719468;
  std::int64_t era = floor_div(days, 146097);
  std::int64_t day_of_era = days - era * 146097;
  std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  std::int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
  std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<std::int32_t>(year),
          static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day)};
}

int weekday(const Date& date) {
  std::int64_t days = days_since_epoch(date) + 4;  // 1970-01-01 was a Thursday
  return static_cast<int>(days - floor_div(days, 7) * 7);
}

int day_of_year(const Date& date) {
  return static_cast<int>(days_since_epoch(date) - days_since_epoch({date.year, 1, 1})) + 1;
}

std::int64_t seconds_as_utc(const CivilTime& civil) {
  return days_since_epoch(civil.date) * kDaySeconds + civil.hour * 3600 + civil.minute * 60 +
         civil.second;
}

CivilTime civil_of_seconds(std::int64_t seconds) {
  std::int64_t days = floor_div(seconds, kDaySeconds);
  std::int64_t rest = seconds - days * kDaySeconds;
  return {date_of_days(days),
          static_cast<std::uint8_t>(rest / 3600),
          static_cast<std::uint8_t>(rest / 60 % 60),
          static_cast<std::uint8_t>(rest % 60)};
}

std::optional<Date> parse_iso_date(std::string_view text) {
  auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::optional<ParsedTime> parse_iso_time(std::string_view text) {
  ParsedTime parsed;
  auto date = take_date(text);
  if (!date || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
  parsed.civil.date = *date;
  int hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  int minute = take_digits(text, 2), second = 0;
  if (minute < 0 || minute > 59) return std::nullopt;
  if (take(text, ':')) {
    second = take_digits(text, 2);
    if (second < 0 || second > 59 || !take_fraction(text, parsed.nanoseconds)) return std::nullopt;
  }
  parsed.civil.hour = static_cast<std::uint8_t>(hour);
  parsed.civil.minute = static_cast<std::uint8_t>(minute);
  parsed.civil.second = static_cast<std::uint8_t>(second);
  if (!take_offset(text, parsed.offset_seconds)) return std::nullopt;
  return parsed;
}

std::string iso_date(const Date& date) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

namespace {

std::string iso_civil(const CivilTime& civil) {
  char text[16];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d", civil.hour, civil.minute, civil.second);
  return iso_date(civil.date) + text;
}

}  // namespace

std::string iso_instant(const Instant& instant) {
  return iso_civil(civil_of_seconds(instant.seconds)) + "Z";
}

std::string iso_time(const Time& time) {
  int minutes = std::abs(time.offset_seconds) / 60;
  char offset[16];
  std::snprintf(offset,
                sizeof offset,
                "%c%02d:%02d",
                time.offset_seconds < 0 ? '-' : '+',
                minutes / 60 % 100,
                minutes % 60);
  return iso_civil(civil_of(time)) + offset;
}

}  // namespace stet
