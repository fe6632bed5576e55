#include "cms/liquid/filters/strftime.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "cms/liquid/filters/letters.h"

namespace stet::liquid {
namespace {

constexpr int kWidthMax = 1024;

constexpr std::array<std::string_view, 7> kDays = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"January",
                                                      "February",
                                                      "March",
                                                      "April",
                                                      "May",
                                                      "June",
                                                      "July",
                                                      "August",
                                                      "September",
                                                      "October",
                                                      "November",
                                                      "December"};

struct Moment {
  Time time;
  CivilTime civil;
  std::string_view abbreviation;
  bool is_date = false;
};

// What stands between % and the letter.
struct Flags {
  char padding = 0;  // '0' or '_'
  bool is_left = false;
  bool is_upper = false;
  bool is_changed = false;  // #
  int width = -1;
  int colons = 0;
};

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a - floor_div(a, b) * b; }

// Weeks that start on `first_weekday` (0 Sunday, 1 Monday); days before the first are week 0.
int week_of_year(const Date& date, int first_weekday) {
  int since_first = (weekday(date) - first_weekday + 7) % 7;
  return (day_of_year(date) - 1 - since_first + 7) / 7;
}

struct IsoWeek {
  std::int64_t year;
  int week;
};

IsoWeek iso_week(const Date& date) {
  int from_monday = (weekday(date) + 6) % 7;
  Date thursday = date_of_days(days_since_epoch(date) + 3 - from_monday);
  return {thursday.year, (day_of_year(thursday) - 1) / 7 + 1};
}

class Formatter {
 public:
  explicit Formatter(const Moment& moment) : moment_(moment) {}

  void format(std::string_view format) {
    while (!format.empty()) {
      std::size_t percent = format.find('%');
      out_.append(format.substr(0, percent));
      if (percent == std::string_view::npos) return;
      format.remove_prefix(percent);
      format.remove_prefix(directive(format));
    }
  }

  std::string take() { return std::move(out_); }

 private:
  // Returns how many bytes of `text` (which starts with %) it has dealt with.
  std::size_t directive(std::string_view text) {
    Flags flags;
    std::size_t at = 1;
    bool is_known = true;
    for (; at < text.size() && is_known; ++at) {
      char c = text[at];
      bool is_flag = c == '-' || c == '^' || c == '#' || c == '_';
      if (is_flag && flags.width > 0) is_known = false;
      if (c == '-') {
        flags.is_left = true;
        flags.padding = 0;
        flags.width = 0;
      } else if (c == '^') {
        flags.is_upper = true;
      } else if (c == '#') {
        flags.is_changed = true;
      } else if (c == '_') {
        flags.padding = '_';
      } else if (c == ':') {
        std::size_t letter = text.find_first_not_of(':', at);
        is_known = letter != std::string_view::npos && text[letter] == 'z' && letter - at <= 3;
        if (is_known) flags.colons = static_cast<int>(letter - at), at = letter - 1;
      } else if (c >= '0' && c <= '9') {
        if (c == '0') flags.padding = '0';
        at = width(text, at, flags, is_known);
      } else if (c == 'E' || c == 'O') {
        std::string_view allowed = c == 'E' ? "cCxXyY" : "deHkIlmMSuUVwWy";
        is_known = at + 1 < text.size() && allowed.find(text[at + 1]) != std::string_view::npos;
      } else {
        if (!convert(c, flags)) break;
        return at + 1;
      }
    }
    at = std::min(at + (is_known ? 1 : 0), text.size());
    out_.append(text.substr(0, at));
    return at;
  }

  // Reads digits at `at`; returns the place of the last.
  static std::size_t width(std::string_view text, std::size_t at, Flags& flags, bool& is_known) {
    int width = 0;
    std::size_t end = at;
    for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end) {
      width = std::min(width * 10 + (text[end] - '0'), kWidthMax + 1);
    }
    flags.width = width;
    if (width > kWidthMax) is_known = false;
    return end - 1;
  }

  bool convert(char letter, const Flags& flags) {
    return convert_date(letter, flags) || convert_clock(letter, flags) ||
           convert_composed(letter, flags);
  }

  bool convert_date(char letter, const Flags& flags) {
    const Date& date = moment_.civil.date;
    switch (letter) {
      case 'Y': number(date.year, date.year < 0 ? 5 : 4, '0', flags); return true;
      case 'C': number(floor_div(date.year, 100), 2, '0', flags); return true;
      case 'y': number(floor_mod(date.year, 100), 2, '0', flags); return true;
      case 'm': number(date.month, 2, '0', flags); return true;
      case 'B': name(kMonths[date.month - 1], flags); return true;
      case 'b':
      case 'h': name(kMonths[date.month - 1].substr(0, 3), flags); return true;
      case 'd': number(date.day, 2, '0', flags); return true;
      case 'e': number(date.day, 2, ' ', flags); return true;
      case 'j': number(day_of_year(date), 3, '0', flags); return true;
      case 'A': name(kDays[weekday(date)], flags); return true;
      case 'a': name(kDays[weekday(date)].substr(0, 3), flags); return true;
      case 'u': number((weekday(date) + 6) % 7 + 1, 1, '0', flags); return true;
      case 'w': number(weekday(date), 1, '0', flags); return true;
      case 'G': {
        std::int64_t year = iso_week(date).year;
        number(year, year < 0 ? 5 : 4, '0', flags);
        return true;
      }
      case 'g': number(floor_mod(iso_week(date).year, 100), 2, '0', flags); return true;
      case 'V': number(iso_week(date).week, 2, '0', flags); return true;
      case 'U': number(week_of_year(date, 0), 2, '0', flags); return true;
      case 'W': number(week_of_year(date, 1), 2, '0', flags); return true;
      default: return false;
    }
  }

  bool convert_clock(char letter, const Flags& flags) {
    const CivilTime& civil = moment_.civil;
    int hour12 = civil.hour % 12 == 0 ? 12 : civil.hour % 12;
    switch (letter) {
      case 'H': number(civil.hour, 2, '0', flags); return true;
      case 'k': number(civil.hour, 2, ' ', flags); return true;
      case 'I': number(hour12, 2, '0', flags); return true;
      case 'l': number(hour12, 2, ' ', flags); return true;
      case 'M': number(civil.minute, 2, '0', flags); return true;
      case 'S': number(civil.second, 2, '0', flags); return true;
      case 's': number(moment_.time.seconds, 1, '0', flags); return true;
      case 'L': fraction(3, flags); return true;
      case 'N': fraction(9, flags); return true;
      case 'p': half(civil.hour < 12 ? "AM" : "PM", flags.is_changed, flags); return true;
      case 'P':
        half(civil.hour < 12 ? "AM" : "PM", !flags.is_changed && !flags.is_upper, flags);
        return true;
      case 'z': offset(flags); return true;
      case 'Z': {
        std::string zone(moment_.abbreviation);
        if (zone.empty()) return true;
        if (flags.is_changed) zone = lower_ascii(zone);
        text(zone, flags, flags.is_upper && !flags.is_changed);
        return true;
      }
      default: return false;
    }
  }

  bool convert_composed(char letter, const Flags& flags) {
    switch (letter) {
      case 'n': text("\n", flags, false); return true;
      case 't': text("\t", flags, false); return true;
      case '%': text("%", flags, false); return true;
      case 'c': composed("%a %b %e %H:%M:%S %Y", flags); return true;
      case 'D':
      case 'x': composed("%m/%d/%y", flags); return true;
      case 'F': composed("%Y-%m-%d", flags); return true;
      case 'T':
      case 'X': composed("%H:%M:%S", flags); return true;
      case 'R': composed("%H:%M", flags); return true;
      case 'r': composed("%I:%M:%S %p", flags); return true;
      case 'v': composed("%e-%^b-%4Y", flags); return true;
      case '+':
        if (!moment_.is_date) return false;
        composed("%a %b %e %H:%M:%S %Z %Y", flags);
        return true;
      case 'Q':
        if (!moment_.is_date) return false;
        number(moment_.time.seconds * 1000, 1, '0', flags);
        return true;
      default: return false;
    }
  }

  void number(std::int64_t value, int width_usual, char padding_usual, const Flags& flags) {
    std::string digits = std::to_string(value < 0 ? -value : value);
    int width = flags.is_left ? 1 : flags.width <= 0 ? width_usual : flags.width;
    char padding = flags.padding ? flags.padding : padding_usual;
    int missing = width - static_cast<int>(digits.size()) - (value < 0 ? 1 : 0);
    std::string fill(std::max(missing, 0), padding == '0' ? '0' : ' ');
    if (value < 0) fill.insert(padding == '0' ? fill.begin() : fill.end(), '-');
    out_ += fill + digits;
  }

  void text(std::string_view text, const Flags& flags, bool is_upper) {
    int missing = flags.is_left ? 0 : flags.width - static_cast<int>(text.size());
    if (missing > 0) out_.append(missing, flags.padding == '0' ? '0' : ' ');
    out_ += is_upper ? upper_ascii(text) : std::string(text);
  }

  void name(std::string_view name, const Flags& flags) {
    text(name, flags, flags.is_upper || flags.is_changed);
  }

  void half(std::string_view half, bool is_lower, const Flags& flags) {
    text(is_lower ? lower_ascii(half) : std::string(half), flags, false);
  }

  void composed(std::string_view format, const Flags& flags) {
    Formatter inner(moment_);
    inner.format(format);
    text(inner.out_, flags, flags.is_upper);
  }

  void fraction(int digits_usual, const Flags& flags) {
    std::string digits = std::to_string(1'000'000'000 + moment_.time.nanoseconds).substr(1);
    digits.resize(flags.width > 0 ? flags.width : digits_usual, '0');
    out_ += digits;
  }

  void offset(const Flags& flags) {
    std::int64_t offset = moment_.time.is_utc ? 0 : moment_.time.offset_seconds;
    std::int64_t seconds = std::llabs(offset);
    std::string rest;
    auto two = [](std::int64_t n) { return std::to_string(100 + n).substr(1); };
    std::string colon = flags.colons > 0 ? ":" : "";
    bool is_short = flags.colons == 3;
    if (!is_short || seconds % 3600 != 0) rest += colon + two(seconds / 60 % 60);
    if (flags.colons == 2 || (is_short && seconds % 60 != 0)) rest += colon + two(seconds % 60);

    std::string hours = std::to_string(seconds / 3600);
    int least = flags.is_left && moment_.is_date ? 1 : 2;
    int width = std::max(least, flags.width - static_cast<int>(rest.size()) - 1);
    // RFC 2822 says -0000 of a time in UTC, which Ruby does where a minus asks for it.
    bool is_minus_zero = moment_.time.is_utc && flags.is_left;
    std::string sign = offset < 0 || is_minus_zero ? "-" : "+";
    std::string fill(std::max(0, width - static_cast<int>(hours.size())),
                     flags.padding == '_' ? ' ' : '0');
    out_ += flags.padding == '_' ? fill + sign + hours : sign + fill + hours;
    out_ += rest;
  }

  Moment moment_;
  std::string out_;
};

}  // namespace

std::string strftime(std::string_view format, const Time& time, std::string_view abbreviation) {
  Formatter formatter({.time = time, .civil = civil_of(time), .abbreviation = abbreviation});
  formatter.format(format);
  return formatter.take();
}

std::string strftime(std::string_view format, const Date& date) {
  Time midnight{.seconds = days_since_epoch(date) * 86'400};
  Formatter formatter(
      {.time = midnight, .civil = {.date = date}, .abbreviation = "+00:00", .is_date = true});
  formatter.format(format);
  return formatter.take();
}

std::string abbreviation_of(const Time& time, const TimeZone& zone) {
  if (time.is_utc) return "UTC";
  TimeZone::Offset offset = zone.offset_at(time.seconds);
  return offset.seconds == time.offset_seconds ? offset.abbreviation : "";
}

}  // namespace stet::liquid
