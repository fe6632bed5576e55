#include "cms/liquid/filters/time_parser.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "cms/liquid/filters/date_fields.h"
#include "cms/liquid/filters/letters.h"

namespace stet::liquid {
namespace {

constexpr std::size_t kTextBytesMax = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_utc_name(std::string_view zone) {
  static constexpr std::string_view kNames[] = {"UTC", "-00:00", "-0000", "Z", "UT"};
  return std::find(std::begin(kNames), std::end(kNames), zone) != std::end(kNames);
}

// "+0530", "+05:30", "+05:30:15", "+05".
std::optional<std::int32_t> numeric_offset(std::string_view zone) {
  if (zone.size() < 3 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  bool has_colons = zone.size() > 3 && zone[3] == ':';
  std::string digits;
  for (std::size_t i = 1; i < zone.size(); ++i) {
    bool is_colon_place = has_colons && i % 3 == 0;
    if (is_colon_place ? zone[i] != ':' : !is_digit(zone[i])) return std::nullopt;
    if (!is_colon_place) digits += zone[i];
  }
  if (digits.size() % 2 != 0 || digits.size() > 6 || zone.back() == ':') return std::nullopt;
  std::int32_t seconds = 0;
  std::int32_t unit = 3600;
  for (std::size_t i = 0; i < digits.size(); i += 2, unit /= 60) {
    seconds += ((digits[i] - '0') * 10 + (digits[i + 1] - '0')) * unit;
  }
  return zone[0] == '-' ? -seconds : seconds;
}

// The names of RFC 2822 and the military letters, as Ruby's Time::ZoneOffset has them.
std::optional<std::int32_t> named_offset(std::string_view zone) {
  static constexpr std::pair<std::string_view, int> kHours[] = {{"UTC", 0},
                                                                {"UT", 0},
                                                                {"GMT", 0},
                                                                {"Z", 0},
                                                                {"EST", -5},
                                                                {"EDT", -4},
                                                                {"CST", -6},
                                                                {"CDT", -5},
                                                                {"MST", -7},
                                                                {"MDT", -6},
                                                                {"PST", -8},
                                                                {"PDT", -7}};
  for (const auto& [name, hours] : kHours) {
    if (name == zone) return hours * 3600;
  }
  if (zone.size() != 1) return std::nullopt;
  static constexpr std::string_view kEast = "ABCDEFGHIKLM";
  static constexpr std::string_view kWest = "NOPQRSTUVWXY";
  if (auto at = kEast.find(zone[0]); at != kEast.npos) return (static_cast<int>(at) + 1) * 3600;
  if (auto at = kWest.find(zone[0]); at != kWest.npos) return -(static_cast<int>(at) + 1) * 3600;
  return std::nullopt;
}

std::optional<std::int32_t> offset_of(std::string_view name, int year, const TimeZone& zone) {
  if (name.empty()) return std::nullopt;
  if (auto offset = numeric_offset(name)) return offset;
  if (auto offset = named_offset(name)) return offset;
  for (std::uint8_t month : {1, 7}) {
    Time start = zone.resolve({.date = {.year = year, .month = month, .day = 1}}).earlier;
    TimeZone::Offset offset = zone.offset_at(start.seconds);
    if (upper_ascii(offset.abbreviation) == name) return offset.seconds;
  }
  return std::nullopt;
}

// Fields before the first that is said come from `now`; true if any did.
bool fill_from(DateFields& fields, const CivilTime& now) {
  std::pair<std::optional<int>*, int> present[] = {{&fields.year, now.date.year},
                                                   {&fields.month, now.date.month},
                                                   {&fields.day, now.date.day},
                                                   {&fields.hour, now.hour},
                                                   {&fields.minute, now.minute},
                                                   {&fields.second, now.second}};
  bool is_filled = false;
  for (auto& [field, value] : present) {
    if (field->has_value()) break;
    *field = value;
    is_filled = true;
  }
  return is_filled;
}

std::optional<std::int64_t> civil_seconds(const DateFields& fields) {
  int year = fields.year.value_or(1970);
  int month = fields.month.value_or(1);
  int day = fields.day.value_or(1);
  int hour = fields.hour.value_or(0);
  int minute = fields.minute.value_or(0);
  int second = fields.second.value_or(0);
  constexpr int kYearMax = 1'000'000;
  bool is_in_range = year >= -kYearMax && year <= kYearMax && month >= 1 && month <= 12 &&
                     day >= 1 && day <= 31 && hour <= 24 && minute <= 59 && second <= 60;
  bool is_midnight_named_24 = hour == 24;
  if (!is_in_range || (is_midnight_named_24 && minute + second > 0)) return std::nullopt;
  // Ruby lets the 31st of a shorter month be the next month's first days.
  Date first{.year = year, .month = static_cast<std::uint8_t>(month), .day = 1};
  return (days_since_epoch(first) + day - 1) * 86'400 + hour * 3600 + minute * 60 + second;
}

// Ruby takes the later of two instants that a wall clock shows, and goes on from before a gap.
std::int64_t local_seconds(std::int64_t civil_seconds, const TimeZone& zone) {
  TimeZone::Resolved resolved = zone.resolve(civil_of_seconds(civil_seconds));
  bool is_twice = resolved.kind == TimeZone::Kind::kAmbiguous;
  return (is_twice ? resolved.later : resolved.earlier).seconds;
}

}  // namespace

std::optional<TextTime> parse_time(std::string_view text, const TimeZone& zone, const Time& now) {
  if (text.size() > kTextBytesMax) return std::nullopt;
  DateFields fields = find_date_fields(text);
  bool is_found = fields.year || fields.month || fields.day || fields.day_of_year || fields.hour ||
                  fields.minute || fields.second || fields.nanoseconds;
  if (!is_found) return std::nullopt;

  std::string name = upper_ascii(fields.zone);
  Time local_now = zone.at(now.seconds);
  int year = fields.year.value_or(civil_of(local_now).date.year);
  std::optional<std::int32_t> offset = offset_of(name, year, zone);
  constexpr std::int32_t kDaySeconds = 86'400;
  if (offset && std::abs(*offset) >= kDaySeconds) return std::nullopt;
  if (offset) local_now.offset_seconds = *offset;

  TextTime result;
  int days_after_first = 0;
  if (fields.day_of_year) {
    if (*fields.day_of_year < 1 || *fields.day_of_year > 366) return std::nullopt;
    days_after_first = *fields.day_of_year - 1;
    fields.month = fields.day = 1;
  }
  result.is_relative = fill_from(fields, civil_of(local_now));
  auto seconds = civil_seconds(fields);
  if (!seconds) return std::nullopt;
  *seconds += std::int64_t{days_after_first} * 86'400;

  if (!offset) {
    result.time = zone.at(local_seconds(*seconds, zone));
    result.time.is_utc = false;
  } else if (is_utc_name(name)) {
    result.time = {.seconds = *seconds, .is_utc = true};
  } else {
    result.time = {.seconds = *seconds - *offset, .offset_seconds = *offset};
  }
  result.time.nanoseconds = fields.nanoseconds.value_or(0);
  return result;
}

}  // namespace stet::liquid
