#include "cms/liquid/filters/moment.h"

#include <algorithm>
#include <charconv>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/letters.h"
#include "cms/liquid/filters/strftime.h"
#include "cms/liquid/filters/time_parser.h"
#include "cms/liquid/host.h"

namespace stet::liquid {
namespace {

constexpr char kTextMark = '\x1f';  // between the argument and the text in a `how`

// Ruby's localtime, which is not "UTC" even where the zone is.
Time local(std::int64_t seconds, const TimeZone& zone, std::int32_t nanoseconds = 0) {
  Time time = zone.at(seconds);
  time.nanoseconds = nanoseconds;
  time.is_utc = false;
  return time;
}

Time local_of(const Moment& moment, const TimeZone& zone) {
  if (const Time* time = std::get_if<Time>(&moment.when)) {
    return local(time->seconds, zone, time->nanoseconds);
  }
  Time midnight = zone.resolve({.date = std::get<Date>(moment.when)}).earlier;
  return local(midnight.seconds, zone);
}

std::optional<Moment> moment_of_text(std::string_view text, const Time& now, const TimeZone& zone) {
  if (text.empty()) return std::nullopt;
  std::string lower = downcase(text);
  if (lower == "now" || lower == "today") {
    return Moment{.when = local(now.seconds, zone, now.nanoseconds), .is_live = true};
  }
  if (std::all_of(lower.begin(), lower.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    std::int64_t seconds = 0;
    auto read = std::from_chars(lower.data(), lower.data() + lower.size(), seconds);
    constexpr std::int64_t kSecondsMax = 100'000'000'000'000;  // the year three million
    if (read.ec != std::errc() || seconds > kSecondsMax) return std::nullopt;
    return Moment{.when = local(seconds, zone)};
  }
  auto parsed = parse_time(lower, zone, now);
  if (!parsed) return std::nullopt;
  Moment moment{.when = parsed->time, .is_live = parsed->is_relative};
  if (parsed->is_relative) moment.live_text = lower;
  return moment;
}

std::string_view ordinal_ending(int day) {
  if (day >= 11 && day <= 13) return "th";
  switch (day % 10) {
    case 1: return "st";
    case 2: return "nd";
    case 3: return "rd";
    default: return "th";
  }
}

std::string print_in(std::string_view filter,
                     std::string_view argument,
                     const Moment& moment,
                     const TimeZone& zone) {
  if (filter == "date") {
    if (const Date* date = std::get_if<Date>(&moment.when)) return strftime(argument, *date);
    const Time& time = std::get<Time>(moment.when);
    return strftime(argument, time, abbreviation_of(time, zone));
  }
  Time time = local_of(moment, zone);
  auto format = [&](const std::string& f) {
    return strftime(f, time, abbreviation_of(time, zone));
  };
  if (filter == "date_to_xmlschema") return format("%Y-%m-%dT%H:%M:%S%:z");
  if (filter == "date_to_rfc822") return format("%a, %d %b %Y %T %z");
  std::string month = filter == "date_to_long_string" ? "%B" : "%b";
  if (argument.substr(0, argument.find(',')) != "ordinal") return format("%d " + month + " %Y");
  int number = civil_of(time).date.day;
  std::string day = std::to_string(number) + std::string(ordinal_ending(number));
  if (argument == "ordinal,US") return format(month + " " + day + ", %Y");
  return format(day + " " + month + " %Y");
}

}  // namespace

std::optional<Moment> moment_of(const Value& value, Host& host) {
  switch (value.type()) {
    case Type::kTime: return Moment{.when = value.as_time(), .is_live = value.is_live_time()};
    case Type::kDate: return Moment{.when = value.as_date()};
    case Type::kInteger:
      if (value.as_integer() < 0) return Moment{.when = local(value.as_integer(), host.zone())};
      return moment_of_text(std::to_string(value.as_integer()), host.now(), host.zone());
    case Type::kString: return moment_of_text(value.as_string(), host.now(), host.zone());
    default: return std::nullopt;
  }
}

std::string print(std::string_view filter,
                  std::string_view argument,
                  const Moment& moment,
                  Host& host) {
  std::string result = print_in(filter, argument, moment, host.zone());
  if (!moment.is_live) return result;
  std::string how = std::string(filter) + ":" + std::string(argument);
  if (!moment.live_text.empty()) how += kTextMark + moment.live_text;
  host.saw_instant(how, result);
  return result;
}

std::string print_instant(std::string_view how, const Time& now, const TimeZone& zone) {
  if (how.empty()) {
    Time whole = zone.at(now.seconds);
    whole.nanoseconds = now.nanoseconds;
    return iso_time(whole);  // as saw() in convert.h tells it
  }
  std::size_t colon = how.find(':');
  std::string_view filter = how.substr(0, colon);
  std::string_view argument = colon == how.npos ? "" : how.substr(colon + 1);
  std::size_t mark = argument.rfind(kTextMark);
  std::string_view text = mark == argument.npos ? "now" : argument.substr(mark + 1);
  auto moment = moment_of_text(text, now, zone);
  return moment ? print_in(filter, argument.substr(0, mark), *moment, zone) : std::string(text);
}

}  // namespace stet::liquid
