#include "cms/schedule_import/written_moments.h"

#include <charconv>
#include <vector>

#include "cms/schedule_import/clock_times.h"
#include "cms/schedule_import/markup.h"

namespace stet::schedule_import {
namespace {

constexpr std::size_t kTextBytesMax = 100;
constexpr std::int64_t kDurationMax = 100 * 86400;

std::optional<int> clock_in(std::string_view text) {
  auto range = read_clock_range(text);
  if (!range || range->end || !range->rest.empty()) return std::nullopt;
  const Reading reading = readings_of(*range, /*is_of_24_hours=*/true).front();
  return reading.start * 60;
}

std::optional<WrittenMoment> iso_moment(std::string_view text) {
  auto time = parse_iso_time(text);
  if (!time) return std::nullopt;
  const CivilTime& civil = time->civil;
  WrittenMoment moment;
  moment.date = WrittenDate{civil.date.year, civil.date.month, civil.date.day, std::nullopt};
  moment.seconds = civil.hour * 3600 + civil.minute * 60 + civil.second;
  moment.offset_seconds = time->offset_seconds;
  return moment;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool is_whole = !text.empty() && fault == std::errc() && end == text.data() + text.size();
  return is_whole && number >= 0 && number <= kDurationMax ? std::optional(number) : std::nullopt;
}

// P[n]W, P[n]D, PT[n]H[n]M[n]S.
std::optional<std::int64_t> iso_duration(std::string_view text) {
  std::int64_t seconds = 0;
  bool is_time = false, has_any = false;
  text.remove_prefix(1);
  while (!text.empty()) {
    if (text[0] == 'T') {
      is_time = true;
      text.remove_prefix(1);
      continue;
    }
    std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == text.npos || digits == 0) return std::nullopt;
    auto number = number_in(text.substr(0, digits));
    if (!number) return std::nullopt;
    std::int64_t unit = 0;
    switch (text[digits]) {
      case 'W': unit = is_time ? 0 : 7 * 86400; break;
      case 'D': unit = is_time ? 0 : 86400; break;
      case 'H': unit = is_time ? 3600 : 0; break;
      case 'M': unit = is_time ? 60 : 0; break;
      case 'S': unit = is_time ? 1 : 0; break;
      default: break;
    }
    seconds += *number * unit;
    if (unit == 0 || seconds > kDurationMax) return std::nullopt;
    has_any = true;
    text.remove_prefix(digits + 1);
  }
  return has_any ? std::optional(seconds) : std::nullopt;
}

}  // namespace

std::optional<WrittenMoment> read_written_moment(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > kTextBytesMax) return std::nullopt;
  if (auto moment = iso_moment(text)) return moment;
  if (auto seconds = clock_in(text)) return WrittenMoment{std::nullopt, seconds, std::nullopt};
  for (std::size_t at = text.find(' '); at != text.npos; at = text.find(' ', at + 1)) {
    auto seconds = clock_in(text.substr(at + 1));
    if (!seconds) continue;
    auto date = read_written_date(text.substr(0, at));
    if (date) return WrittenMoment{date, seconds, std::nullopt};
  }
  auto date = read_written_date(text);
  if (!date) return std::nullopt;
  return WrittenMoment{date, std::nullopt, std::nullopt};
}

std::optional<std::int64_t> read_duration(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > kTextBytesMax) return std::nullopt;
  if (text[0] == 'P') return iso_duration(text);
  std::vector<std::int64_t> parts;
  while (true) {
    std::size_t colon = text.find(':');
    auto part = number_in(text.substr(0, colon));
    if (!part || parts.size() == 3) return std::nullopt;
    parts.push_back(*part);
    if (colon == text.npos) break;
    text.remove_prefix(colon + 1);
  }
  if (parts.size() == 1) return parts[0] * 60;
  std::int64_t seconds = parts[0] * 3600 + parts[1] * 60 + (parts.size() > 2 ? parts[2] : 0);
  return parts[1] < 60 && seconds <= kDurationMax ? std::optional(seconds) : std::nullopt;
}

}  // namespace stet::schedule_import
