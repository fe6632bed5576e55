#include "cms/schedule/speaker.h"

#include <algorithm>
#include <optional>

#include "cms/liquid/member.h"

namespace stet::schedule {
namespace {

using liquid::Type;
using liquid::Value;

// Midnight of the day in the event's zone, or the moment that the clock jumps to over it.
std::int64_t midnight(const Date& day, const TimeZone& zone) {
  return zone.resolve({day, 0, 0, 0}).earlier.seconds;
}

std::optional<Interval> whole_day(const Value& value, const TimeZone& zone) {
  std::optional<Date> day;
  if (value.type() == Type::kDate) day = value.as_date();
  if (value.is_string()) day = parse_iso_date(value.as_string());
  if (!day) return std::nullopt;
  return Interval{midnight(*day, zone), midnight(date_of_days(days_since_epoch(*day) + 1), zone)};
}

std::optional<Interval> read_interval(const Value& item,
                                      const TimeZone& zone,
                                      const std::string& pointer,
                                      Faults& faults) {
  if (auto day = whole_day(item, zone)) return day;
  const Value* from = liquid::find_member(item, "from");
  const Value* until = liquid::find_member(item, "until");
  if (!from || !until) {
    faults.push_back(
        {pointer, "say a day, or from when until when: {from: 2020-10-12T09:00, until: ...}"});
    return std::nullopt;
  }
  std::string message;
  auto start = read_session_time(*from, zone, message);
  if (!start) {
    faults.push_back({pointer + "/from", "this " + message});
    return std::nullopt;
  }
  auto end = read_session_time(*until, zone, message);
  if (!end || *end <= *start) {
    faults.push_back({pointer + "/until", end ? "this is not after from" : "this " + message});
    return std::nullopt;
  }
  return Interval{start->seconds, end->seconds};
}

void join(std::vector<Interval>& intervals) {
  std::sort(intervals.begin(), intervals.end());
  std::vector<Interval> joined;
  for (const Interval& next : intervals) {
    if (!joined.empty() && next.start <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, next.end);
    } else {
      joined.push_back(next);
    }
  }
  intervals = std::move(joined);
}

}  // namespace

Speaker read_speaker(const Fields& fields,
                     const std::string& path,
                     const Event& event,
                     Faults& faults) {
  Speaker speaker;
  speaker.slug = slug_of_path(path);
  Value list = fields("available");
  if (list.is_nil()) return speaker;
  if (list.type() != Type::kArray) {
    faults.push_back({"/available", "available is a list of days, such as [2020-10-12]"});
    return speaker;
  }
  const auto& items = list.as_array().items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string pointer = "/available/" + std::to_string(i);
    if (i >= kAvailableMax) {
      faults.push_back({pointer,
                        "at most " + std::to_string(kAvailableMax) + " times are read",
                        Severity::kWarning});
      break;
    }
    if (auto when = read_interval(items[i], event.zone, pointer, faults)) {
      speaker.available.push_back(*when);
    }
  }
  join(speaker.available);
  speaker.is_limited = !speaker.available.empty();
  return speaker;
}

bool is_available(const Speaker& speaker, const Interval& when) {
  if (!speaker.is_limited) return true;
  const auto& all = speaker.available;
  auto after = std::upper_bound(
      all.begin(), all.end(), when.start, [](std::int64_t start, const Interval& one) {
        return start < one.start;
      });
  return after != all.begin() && when.end <= std::prev(after)->end;
}

}  // namespace stet::schedule
