#include "cms/liquid/filters/date_fields.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <regex>
#include <utility>

#include "cms/liquid/filters/letters.h"

namespace stet::liquid {
namespace {

using Match = std::match_results<std::string::const_iterator>;
using Part = std::optional<std::string>;

#define STET_MONTHS "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
#define STET_ERA "(c(?:e|\\.e\\.)|b(?:ce|\\.c\\.e\\.)|a(?:d|\\.d\\.)|b(?:c|\\.c\\.))?"

Part part(const Match& match, std::size_t group) {
  return match[group].matched ? Part(match[group].str()) : std::nullopt;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<int> number(std::string_view digits) {
  int value = 0;
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<int> number(const Part& part) {
  return part ? number(std::string_view(*part)) : std::nullopt;
}

// The first run of digits in `text`.
std::optional<int> first_number(const Part& text) {
  if (!text) return std::nullopt;
  std::size_t start = 0;
  while (start < text->size() && !is_digit((*text)[start])) ++start;
  std::size_t end = start;
  while (end < text->size() && is_digit((*text)[end])) ++end;
  return number(std::string_view(*text).substr(start, end - start));
}

std::optional<int> nanoseconds(const Part& digits) {
  if (!digits || digits->empty()) return std::nullopt;
  std::string nine = *digits;
  nine.resize(9, '0');
  return number(std::string_view(nine));
}

int month_number(const std::string& name) {
  static constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  return static_cast<int>(kMonths.find(lower_ascii(name).substr(0, 3)) / 3) + 1;
}

bool is_bc(const Part& era) { return era && !era->empty() && std::tolower((*era)[0]) == 'b'; }

// Reads one text, taking away what it has understood.
class Reader {
 public:
  explicit Reader(std::string text) : text_(std::move(text)) {}

  DateFields read() {
    static const std::regex kDay("\\b(sun|mon|tue|wed|thu|fri|sat)[^-/\\d\\s]*", flags());
    take(kDay);
    time();
    bool is_found = european() || american() || iso() || japanese() || vms() || slashes() ||
                    dots() || iso_without_year() || lone_year() || lone_month() || lone_day() ||
                    digits();
    (void)is_found;
    before_christ();
    fragment();
    if (is_bc_ && fields_.year) fields_.year = 1 - *fields_.year;
    if (is_year_short_ && fields_.year && *fields_.year >= 0 && *fields_.year <= 99) {
      *fields_.year += *fields_.year >= 69 ? 1900 : 2000;
    }
    return std::move(fields_);
  }

 private:
  static std::regex::flag_type flags() { return std::regex::ECMAScript | std::regex::icase; }

  // Finds, and puts a blank in the place of what was found.
  std::optional<Match> take(const std::regex& pattern) {
    Match match;
    taken_ = text_;
    if (!std::regex_search(taken_, match, pattern)) return std::nullopt;
    text_ = match.prefix().str() + " " + match.suffix().str();
    return match;
  }

  void time() {
    static const std::regex kTime(
        "(\\d+\\s*(?:(?::\\s*\\d+(?:\\s*:\\s*\\d+(?:[,.]\\d*)?)?|h(?:\\s*\\d+m?(?:\\s*\\d+s?)?)?)"
        "(?:\\s*[ap](?:m\\b|\\.m\\.))?|[ap](?:m\\b|\\.m\\.)))"
        "(?:\\s*((?:gmt|utc?)?[-+]\\d+(?:[,.:]\\d+(?::\\d+)?)?"
        "|[[:alpha:].\\s]+(?:standard|daylight)\\stime\\b"
        "|[[:alpha:]]+(?:\\sdst)?\\b))?",
        flags());
    static const std::regex kClock(
        "^(\\d+)\\s*h?(?:\\s*:?\\s*(\\d+)m?(?:\\s*:?\\s*(\\d+)(?:[,.](\\d*))?s?)?)?"
        "(?:\\s*([ap])(?:m\\b|\\.m\\.))?",
        flags());
    auto found = take(kTime);
    if (!found) return;
    fields_.zone = part(*found, 2).value_or("");
    std::string clock = (*found)[1].str();
    Match parts;
    if (!std::regex_search(std::as_const(clock), parts, kClock)) return;
    fields_.hour = number(part(parts, 1));
    fields_.minute = number(part(parts, 2));
    fields_.second = number(part(parts, 3));
    fields_.nanoseconds = nanoseconds(part(parts, 4));
    if (!parts[5].matched || !fields_.hour) return;
    bool is_afternoon = std::tolower(parts[5].str()[0]) == 'p';
    fields_.hour = *fields_.hour % 12 + (is_afternoon ? 12 : 0);
  }

  bool european() {
    static const std::regex kDayMonth("('?\\d+)[^-\\d\\s]*\\s*(" STET_MONTHS
                                      ")[^-\\d\\s']*(?:\\s*" STET_ERA
                                      "\\s*('?-?\\d+(?:(?:st|nd|rd|th)\\b)?))?",
                                      flags());
    auto found = take(kDayMonth);
    if (!found) return false;
    set(part(*found, 4), month_of(*found, 2), part(*found, 1), is_bc(part(*found, 3)));
    return true;
  }

  bool american() {
    static const std::regex kMonthDay("\\b(" STET_MONTHS
                                      ")[^-\\d\\s']*\\s*('?\\d+)[^-\\d\\s']*(?:\\s*,?\\s*" STET_ERA
                                      "\\s*('?-?\\d+))?",
                                      flags());
    auto found = take(kMonthDay);
    if (!found) return false;
    set(part(*found, 4), month_of(*found, 1), part(*found, 2), is_bc(part(*found, 3)));
    return true;
  }

  bool iso() {
    static const std::regex kIso("('?[-+]?\\d+)-(\\d+)-('?-?\\d+)", flags());
    return take_ordered(kIso, {1, 2, 3});
  }

  bool slashes() {
    static const std::regex kSlashes("('?-?\\d+)/\\s*('?\\d+)(?:\\D\\s*('?-?\\d+))?", flags());
    return take_ordered(kSlashes, {1, 2, 3});
  }

  bool dots() {
    static const std::regex kDots("('?-?\\d+)\\.\\s*('?\\d+)\\.\\s*('?-?\\d+)", flags());
    return take_ordered(kDots, {1, 2, 3});
  }

  bool japanese() {
    static const std::regex kEras("\\b([mtshr])(\\d+)\\.(\\d+)\\.(\\d+)", flags());
    auto found = take(kEras);
    if (!found) return false;
    static constexpr std::string_view kLetters = "mtshr";
    static constexpr std::array<int, 5> kStarts = {1867, 1911, 1925, 1988, 2018};
    auto start = kLetters.find(static_cast<char>(std::tolower((*found)[1].str()[0])));
    if (auto year = number(part(*found, 2))) fields_.year = *year + kStarts[start];
    fields_.month = number(part(*found, 3));
    fields_.day = number(part(*found, 4));
    return true;
  }

  bool vms() {
    static const std::regex kDayFirst("('?-?\\d+)-(" STET_MONTHS ")[^-/.]*-('?-?\\d+)", flags());
    static const std::regex kMonthFirst("\\b(" STET_MONTHS ")[^-/.]*-('?-?\\d+)(?:-('?-?\\d+))?",
                                        flags());
    if (auto found = take(kDayFirst)) {
      set(part(*found, 3), month_of(*found, 2), part(*found, 1), false);
      return true;
    }
    auto found = take(kMonthFirst);
    if (found) set(part(*found, 3), month_of(*found, 1), part(*found, 2), false);
    return found.has_value();
  }

  bool iso_without_year() {
    static const std::regex kWeek("\\b(\\d{2}|\\d{4})?-?w(\\d{2})(?:-?(\\d))?\\b", flags());
    static const std::regex kWeekday("-w-(\\d)\\b", flags());
    static const std::regex kMonthDay("--(\\d{2})?-(\\d{2})\\b", flags());
    static const std::regex kTight("--(\\d{2})(\\d{2})?\\b", flags());
    static const std::regex kOrdinal("\\b(\\d{2}|\\d{4})-(\\d{3})\\b", flags());
    if (take(kWeek) || take(kWeekday)) return true;  // Time.parse knows no weeks
    auto found = take(kMonthDay);
    if (!found) found = take(kTight);
    if (found) {
      fields_.month = number(part(*found, 1));
      fields_.day = number(part(*found, 2));
      return true;
    }
    found = take(kOrdinal);
    if (!found) return false;
    fields_.year = number(part(*found, 1));
    fields_.day_of_year = number(part(*found, 2));
    return true;
  }

  bool lone_year() {
    static const std::regex kYear("'(\\d+)\\b", flags());
    auto found = take(kYear);
    if (found) fields_.year = number(part(*found, 1));
    return found.has_value();
  }

  bool lone_month() {
    static const std::regex kMonth("\\b(" STET_MONTHS ")\\S*", flags());
    auto found = take(kMonth);
    if (found) fields_.month = month_number((*found)[1].str());
    return found.has_value();
  }

  bool lone_day() {
    static const std::regex kDay("(\\d+)(st|nd|rd|th)\\b", flags());
    auto found = take(kDay);
    if (found) fields_.day = number(part(*found, 1));
    return found.has_value();
  }

  // "20201011T132002Z": what a run of digits means is told by its length.
  bool digits() {
    static const std::regex kDigits(
        "([-+]?)(\\d{2,14})(?:\\s*t?\\s*(\\d{2,6})?(?:[,.](\\d*))?)?"
        "(z\\b|[-+]\\d{1,4}\\b|\\[[-+]?\\d[^\\]]*\\])?",
        flags());
    auto found = take(kDigits);
    if (!found) return false;
    std::string run = (*found)[2].str();
    bool is_negative = (*found)[1].str() == "-";
    bool is_clock = !(*found)[3].matched && (*found)[4].matched;
    if (is_clock && run.size() % 2 == 0) {
      clock_backwards(run);
    } else {
      date_by_length(run, is_negative);
    }
    if ((*found)[3].matched) clock((*found)[3].str());
    if ((*found)[4].matched) fields_.nanoseconds = nanoseconds(part(*found, 4));
    if ((*found)[5].matched) fields_.zone = (*found)[5].str();
    return true;
  }

  void date_by_length(std::string_view run, bool is_negative) {
    auto at = [&](std::size_t start, std::size_t count) {
      return number(run.substr(start, count));
    };
    std::size_t size = run.size();
    if (size == 2) fields_.day = at(0, 2);
    if (size == 3) fields_.day_of_year = at(0, 3);
    if (size == 4) fields_.month = at(0, 2), fields_.day = at(2, 2);
    if (size == 5) fields_.year = at(0, 2), fields_.day_of_year = at(2, 3);
    if (size == 6) fields_.year = at(0, 2), fields_.month = at(2, 2), fields_.day = at(4, 2);
    if (size == 7) fields_.year = at(0, 4), fields_.day_of_year = at(4, 3);
    if (size >= 8 && size % 2 == 0) {
      fields_.year = at(0, 4), fields_.month = at(4, 2), fields_.day = at(6, 2);
      is_year_short_ = false;
      if (size > 8) clock(run.substr(8));
    }
    if (size == 7) is_year_short_ = false;
    if (is_negative && fields_.year && size != 2) fields_.year = -*fields_.year;
  }

  void clock(std::string_view run) {
    fields_.hour = number(run.substr(0, 2));
    if (run.size() >= 4) fields_.minute = number(run.substr(2, 2));
    if (run.size() >= 6) fields_.second = number(run.substr(4, 2));
  }

  // Digits before a fraction end with seconds: "101112.5" is 10:11:12.5.
  void clock_backwards(std::string_view run) {
    std::optional<int>* places[] = {
        &fields_.second, &fields_.minute, &fields_.hour, &fields_.day, &fields_.month};
    for (std::optional<int>* place : places) {
      if (run.size() < 2) return;
      *place = number(run.substr(run.size() - 2));
      run.remove_suffix(2);
    }
    if (!run.empty()) fields_.year = number(run);
    if (run.size() > 2) is_year_short_ = false;
  }

  void before_christ() {
    static const std::regex kBefore("\\b(bc\\b|bce\\b|b\\.c\\.|b\\.c\\.e\\.)", flags());
    if (take(kBefore)) is_bc_ = true;
  }

  // A number of one or two digits that is left: the day beside an hour, the hour beside a day.
  void fragment() {
    std::string_view left = strip(text_);
    bool is_number =
        !left.empty() && left.size() <= 2 && std::all_of(left.begin(), left.end(), is_digit);
    if (!is_number) return;
    int value = number(left).value_or(0);
    if (fields_.hour && !fields_.day && value >= 1 && value <= 31) {
      fields_.day = value;
    } else if (fields_.day && !fields_.hour && value <= 24) {
      fields_.hour = value;
    }
  }

  static Part month_of(const Match& match, std::size_t group) {
    return std::to_string(month_number(match[group].str()));
  }

  bool take_ordered(const std::regex& pattern, std::array<std::size_t, 3> groups) {
    auto found = take(pattern);
    if (!found) return false;
    set(part(*found, groups[0]), part(*found, groups[1]), part(*found, groups[2]), false);
    return true;
  }

  // Three numbers in the order of year, month, day, unless their looks say otherwise: an apostrophe
  // or more than two digits make a year of what stands elsewhere.
  void set(Part year, Part month, Part day, bool is_bc) {
    auto is_like_year = [](const Part& p) { return p && (p->front() == '\'' || p->size() > 2); };
    if (year && month && !day) {
      Part old_year = std::move(year);
      year = std::nullopt;
      day = std::move(month);
      month = std::move(old_year);
    }
    if (!year && is_like_year(day)) year = std::exchange(day, std::nullopt);
    if (year) {
      std::size_t start = year->find_first_of("+-0123456789");
      std::size_t end = start;
      if (start != std::string::npos) {
        end = start + (is_digit((*year)[start]) ? 0 : 1);
        while (end < year->size() && is_digit((*year)[end])) ++end;
        if (end < year->size()) {
          Part ordinal = year->substr(start, end - start);
          year = std::exchange(day, std::move(ordinal));
        }
      }
    }
    if (is_like_year(month)) {
      Part old_year = std::move(year);
      year = std::move(month);
      month = std::move(day);
      day = std::move(old_year);
    }
    if (is_like_year(day)) std::swap(year, day);
    if (year) set_year(*year, is_bc);
    fields_.month = first_number(month);
    fields_.day = first_number(day);
  }

  void set_year(const std::string& text, bool is_bc) {
    std::size_t start = text.find_first_of("+-0123456789");
    if (start == std::string::npos) return;
    bool has_sign = !is_digit(text[start]);
    std::string_view digits = std::string_view(text).substr(start + (has_sign ? 1 : 0));
    std::size_t end = 0;
    while (end < digits.size() && is_digit(digits[end])) ++end;
    fields_.year = number(digits.substr(0, end));
    if (fields_.year && text[start] == '-') fields_.year = -*fields_.year;
    if (has_sign || end > 2) is_year_short_ = false;
    if (is_bc) is_bc_ = true;
  }

  std::string text_;
  std::string taken_;  // what the last match points into
  DateFields fields_;
  bool is_year_short_ = true;  // 0 to 99 mean 1969 to 2068
  bool is_bc_ = false;
};

#undef STET_MONTHS
#undef STET_ERA

// Takes exactly `count` digits from the front of the text.
bool take_number(std::string_view& text, std::size_t count, std::optional<int>& value) {
  if (text.size() < count || !std::all_of(text.begin(), text.begin() + count, is_digit)) {
    return false;
  }
  value = number(text.substr(0, count));
  text.remove_prefix(count);
  return true;
}

bool take_one(std::string_view& text, std::string_view choices) {
  if (text.empty() || choices.find(text.front()) == choices.npos) return false;
  text.remove_prefix(1);
  return true;
}

// ":12", ":12:30" and ":12:30.5", behind the hour.
bool take_clock(std::string_view& text, DateFields& fields) {
  if (!take_one(text, ":") || !take_number(text, 2, fields.minute)) return false;
  if (!take_one(text, ":")) return true;
  if (!take_number(text, 2, fields.second)) return false;
  if (!take_one(text, ".")) return true;
  std::size_t end =
      static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  fields.nanoseconds = nanoseconds(Part(std::string(text.substr(0, end))));
  text.remove_prefix(end);
  return end > 0;
}

// Z, UTC, +0200, -03:30, or nothing.
bool is_plain_zone(std::string_view zone) {
  if (zone.empty() || zone == "Z" || zone == "UTC") return true;
  std::optional<int> part;
  return take_one(zone, "+-") && take_number(zone, 2, part) &&
         (take_one(zone, ":"), take_number(zone, 2, part)) && zone.empty();
}

// "2020-01-05" and "2020-01-05 10:00:00 +0200", as nearly all sites write them: without patterns,
// which cost a hundred times as much.
std::optional<DateFields> plain_fields(std::string_view text) {
  DateFields fields;
  bool is_day = take_number(text, 4, fields.year) && take_one(text, "-") &&
                take_number(text, 2, fields.month) && take_one(text, "-") &&
                take_number(text, 2, fields.day);
  if (!is_day) return std::nullopt;
  if (text.empty()) return fields;
  bool is_clock =
      take_one(text, " T") && take_number(text, 2, fields.hour) && take_clock(text, fields);
  if (!is_clock) return std::nullopt;
  take_one(text, " ");
  if (!is_plain_zone(text)) return std::nullopt;
  fields.zone = text;
  return fields;
}

}  // namespace

DateFields find_date_fields(std::string_view text) {
  if (auto fields = plain_fields(text)) return *fields;
  std::string plain;
  for (char c : text) {
    bool is_kept = std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80) ||
                   std::string_view("-+',./:@[]").find(c) != std::string_view::npos;
    if (is_kept) plain += c;
    if (!is_kept && (plain.empty() || plain.back() != ' ')) plain += ' ';
  }
  return Reader(std::move(plain)).read();
}

}  // namespace stet::liquid
