#include "cms/schedule/formats/calendar.h"

#include <algorithm>
#include <tuple>

#include "cms/liquid/filters/strftime.h"
#include "cms/schedule/formats/calendar_lines.h"

namespace stet::schedule {
namespace {

constexpr std::int64_t kYearSeconds = 366 * kDaySeconds;

std::string utc_text(std::int64_t seconds) {
  Time time{.seconds = seconds, .is_utc = true};
  return liquid::strftime("%Y%m%dT%H%M%SZ", time, "");
}

std::string wall_text(std::int64_t seconds, std::int32_t offset) {
  Time time{.seconds = seconds, .offset_seconds = offset};
  return liquid::strftime("%Y%m%dT%H%M%S", time, "");
}

// "-0400", with seconds where there are any.
std::string offset_text(std::int32_t seconds) {
  std::string text = seconds < 0 ? "-" : "+";
  std::int32_t rest = seconds < 0 ? -seconds : seconds;
  for (std::int32_t part : {rest / 3600, rest / 60 % 60, rest % 60}) {
    if (text.size() == 5 && part == 0) break;
    text += static_cast<char>('0' + part / 10);
    text += static_cast<char>('0' + part % 10);
  }
  return text;
}

class Writer {
 public:
  Writer(const Program& program, const std::string& self_url, CalendarTimes times)
      : program_(program), self_url_(self_url) {
    has_zone_ = times == CalendarTimes::kZone && program.event.zone.name() != "UTC" &&
                program.event.zone.name() != "Etc/UTC" && !program.talks.empty();
    for (const Talk& talk : program.talks) {
      bool is_first = &talk == &program.talks.front();
      first_ = is_first ? talk.start.seconds : std::min(first_, talk.start.seconds);
      last_ = is_first ? talk.end.seconds : std::max(last_, talk.end.seconds);
    }
    has_zone_ = has_zone_ && last_ - first_ <= kZoneYearsMax * kYearSeconds;
  }

  std::string write() {
    lines_.add("BEGIN:VCALENDAR");
    lines_.add("VERSION:2.0");
    lines_.add("PRODID:-//stet//Schedule//EN");
    lines_.add("CALSCALE:GREGORIAN");
    lines_.add_text("NAME", program_.name);
    lines_.add_text("X-WR-CALNAME", program_.name);
    // In UTC times it is where they are shown.
    lines_.add("X-WR-TIMEZONE:" + program_.event.zone.name());
    lines_.add("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    lines_.add("X-PUBLISHED-TTL:PT1H");
    lines_.add_uri("SOURCE;VALUE=URI", self_url_);
    lines_.add_uri("URL", program_.page_url);
    if (auto last = last_change(program_)) lines_.add("LAST-MODIFIED:" + utc_text(last->seconds));
    if (has_zone_) write_zone();
    // Rooms have no order in a calendar.
    std::vector<const Talk*> talks;
    for (const Talk& talk : program_.talks) talks.push_back(&talk);
    std::stable_sort(talks.begin(), talks.end(), [](const Talk* a, const Talk* b) {
      return std::tie(a->start.seconds, a->uid) < std::tie(b->start.seconds, b->uid);
    });
    for (const Talk* talk : talks) write_talk(*talk);
    lines_.add("END:VCALENDAR");
    return lines_.take();
  }

 private:
  // The second at which the offset is another than just before, in (low, high]; there is one.
  std::int64_t change_between(std::int64_t low, std::int64_t high) const {
    const TimeZone& zone = program_.event.zone;
    std::int32_t before = zone.offset_at(low).seconds;
    while (high - low > 1) {
      std::int64_t middle = low + (high - low) / 2;
      (zone.offset_at(middle).seconds == before ? low : high) = middle;
    }
    return high;
  }

  void write_observance(std::int64_t since, std::int32_t before) {
    const TimeZone& zone = program_.event.zone;
    TimeZone::Offset offset = zone.offset_at(since);
    // Summer time is what is ahead of the zone at another time of the year.
    std::int32_t other = offset.seconds;
    for (std::int64_t quarter : {-2, -1, 1, 2}) {
      std::int64_t at = since + quarter * kYearSeconds / 4;
      other = std::min(other, zone.offset_at(at).seconds);
    }
    std::string kind = offset.seconds > other ? "DAYLIGHT" : "STANDARD";
    lines_.add("BEGIN:" + kind);
    lines_.add("DTSTART:" + wall_text(since, before));
    lines_.add("TZOFFSETFROM:" + offset_text(before));
    lines_.add("TZOFFSETTO:" + offset_text(offset.seconds));
    lines_.add_text("TZNAME", offset.abbreviation);
    lines_.add("END:" + kind);
  }

  // What holds on the day before the first talk counts from that midnight's second on.
  void write_zone() {
    const TimeZone& zone = program_.event.zone;
    lines_.add("BEGIN:VTIMEZONE");
    lines_.add("TZID:" + zone.name());
    std::int64_t at = first_ - first_ % kDaySeconds - kDaySeconds;
    write_observance(at, zone.offset_at(at).seconds);
    while (at < last_) {
      std::int64_t next = std::min(at + kDaySeconds, last_);
      std::int32_t before = zone.offset_at(at).seconds;
      if (zone.offset_at(next).seconds != before) {
        next = change_between(at, next);
        write_observance(next, before);
      }
      at = next;
    }
    lines_.add("END:VTIMEZONE");
  }

  void write_time(const std::string& name, const Time& time) {
    const TimeZone& zone = program_.event.zone;
    auto wall = zone.resolve(civil_of(zone.at(time.seconds)));
    if (!has_zone_ || wall.kind != TimeZone::Kind::kUnique) {
      return lines_.add(name + ":" + utc_text(time.seconds));
    }
    lines_.add(name + ";TZID=" + zone.name() + ":" +
               wall_text(time.seconds, zone.offset_at(time.seconds).seconds));
  }

  void write_talk(const Talk& talk) {
    lines_.add("BEGIN:VEVENT");
    lines_.add_text("UID", talk.uid);
    std::string changed = utc_text(talk.changed.value_or(Instant{}).seconds);
    lines_.add("DTSTAMP:" + changed);
    if (talk.created) lines_.add("CREATED:" + utc_text(talk.created->seconds));
    if (talk.changed) lines_.add("LAST-MODIFIED:" + changed);
    lines_.add("SEQUENCE:" + std::to_string(talk.sequence));
    lines_.add(std::string("STATUS:") + (talk.status == SessionStatus::kCancelled   ? "CANCELLED"
                                         : talk.status == SessionStatus::kTentative ? "TENTATIVE"
                                                                                    : "CONFIRMED"));
    write_time("DTSTART", talk.start);
    write_time("DTEND", talk.end);
    lines_.add_text("SUMMARY", talk.title);
    if (!talk.room.empty()) lines_.add_text("LOCATION", talk.room);
    if (!talk.track.empty()) lines_.add_text("CATEGORIES", talk.track);
    std::string description = description_of(talk);
    if (!description.empty()) lines_.add_text("DESCRIPTION", description);
    lines_.add_uri("URL", talk.url);
    lines_.add("END:VEVENT");
  }

  static std::string description_of(const Talk& talk) {
    std::string text = talk.subtitle, names;
    for (const Person& person : talk.persons) names += (names.empty() ? "" : ", ") + person.name;
    for (const std::string* part :
         std::initializer_list<const std::string*>{&names, &talk.description}) {
      if (!text.empty() && !part->empty()) text += "\n\n";
      text += *part;
    }
    return cut_text(std::move(text));
  }

  const Program& program_;
  const std::string& self_url_;
  CalendarLines lines_;
  bool has_zone_ = false;
  std::int64_t first_ = 0, last_ = 0;
};

}  // namespace

std::string calendar_text(const Program& program,
                          const std::string& self_url,
                          CalendarTimes times) {
  return Writer(program, self_url, times).write();
}

}  // namespace stet::schedule
