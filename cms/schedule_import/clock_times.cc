#include "cms/schedule_import/clock_times.h"

#include <algorithm>

#include "cms/schedule_import/markup.h"

namespace stet::schedule_import {
namespace {

constexpr int kDay = 24 * 60, kHalfDay = 12 * 60, kEarly = 6 * 60, kLate = 22 * 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::string_view rest() const { return text_; }
  void skip_blanks() {
    while (true) {
      if (!text_.empty() && is_blank(text_.front())) {
        text_.remove_prefix(1);
      } else if (text_.starts_with("\u00a0")) {
        text_.remove_prefix(2);
      } else if (text_.starts_with("\u202f") || text_.starts_with("\u2009")) {
        text_.remove_prefix(3);
      } else {
        return;
      }
    }
  }
  bool take(std::string_view what) {
    if (lower_ascii(text_.substr(0, what.size())) != what) return false;
    text_.remove_prefix(what.size());
    return true;
  }
  // A whole word, whatever follows.
  bool take_word(std::string_view word) {
    if (text_.size() > word.size() && is_letter(text_[word.size()])) return false;
    return take(word);
  }

  std::optional<ClockPoint> point() {
    if (take_word("noon") || take_word("midday")) return ClockPoint{12, 0, Half::kPm};
    if (take_word("midnight")) return ClockPoint{12, 0, Half::kAm};
    std::size_t digits = 0;
    while (digits < text_.size() && is_digit(text_[digits])) ++digits;
    if (digits == 0 || digits > 2) return std::nullopt;
    ClockPoint point;
    point.hour = std::stoi(std::string(text_.substr(0, digits)));
    point.is_of_24_hours = point.hour > 12 || (digits == 2 && text_[0] == '0');
    text_.remove_prefix(digits);
    if (!read_minutes(point) || !read_half(point)) return std::nullopt;
    if (point.hour > 24 || (point.hour == 24 && point.minute > 0)) return std::nullopt;
    if (point.half != Half::kNone) {
      if (point.hour > 12 || point.hour == 0) return std::nullopt;
      point.is_of_24_hours = false;
    }
    return point;
  }

  bool separator() {
    skip_blanks();
    bool is_one = take("-") || take("\u2013") || take("\u2014") || take("\u2212") || take("~") ||
                  take_word("to") || take_word("until") || take_word("till");
    if (is_one) skip_blanks();
    return is_one;
  }

 private:
  bool read_minutes(ClockPoint& point) {
    if (text_.size() < 3 || (text_[0] != ':' && text_[0] != '.' && text_[0] != 'h')) {
      if (text_.starts_with('h') && (text_.size() == 1 || !is_letter(text_[1]))) {
        point.is_of_24_hours = true;
        text_.remove_prefix(1);
      }
      return true;
    }
    if (!is_digit(text_[1]) || !is_digit(text_[2])) return text_[0] == 'h' || text_[0] == '.';
    point.minute = (text_[1] - '0') * 10 + text_[2] - '0';
    point.has_minutes = true;
    if (text_[0] == 'h') point.is_of_24_hours = true;
    text_.remove_prefix(3);
    // seconds of a spreadsheet
    if (text_.size() >= 3 && text_[0] == ':' && is_digit(text_[1]) && is_digit(text_[2])) {
      text_.remove_prefix(3);
    }
    return point.minute < 60 && (text_.empty() || !is_digit(text_[0]));
  }

  bool read_half(ClockPoint& point) {
    Scanner ahead = *this;
    ahead.skip_blanks();
    if (ahead.take_word("am") || ahead.take_word("a.m.") || ahead.take_word("a.m") ||
        ahead.take_word("a")) {
      point.half = Half::kAm;
    } else if (ahead.take_word("pm") || ahead.take_word("p.m.") || ahead.take_word("p.m") ||
               ahead.take_word("p")) {
      point.half = Half::kPm;
    } else {
      return true;
    }
    *this = ahead;
    return true;
  }

  std::string_view text_;
};

int minutes_of(const ClockPoint& point, Half half) {
  if (half == Half::kNone) return point.hour * 60 + point.minute;
  return (point.hour % 12 + (half == Half::kPm ? 12 : 0)) * 60 + point.minute;
}

// What it costs to set aside the half that is written. Noon and midnight are mixed up easily.
int price_of_half(const ClockPoint& point, Half half, bool both_are_said) {
  if (point.half == Half::kNone || point.half == half) return 0;
  return point.hour == 12 ? 1 : both_are_said ? 3 : 2;
}

void add(std::vector<Reading>& readings, Reading reading) {
  for (Reading& known : readings) {
    if (known.start == reading.start && known.end == reading.end) {
      known.price = std::min(known.price, reading.price);
      return;
    }
  }
  readings.push_back(reading);
}

Reading reading_of(const ClockRange& range, Half start, Half end) {
  bool both = range.end && range.start.half != Half::kNone && range.end->half != Half::kNone;
  Reading reading{minutes_of(range.start, start), -1, price_of_half(range.start, start, both)};
  bool is_free = range.start.half == Half::kNone && !range.start.is_of_24_hours;
  if (range.end) {
    reading.end = minutes_of(*range.end, end);
    reading.price += price_of_half(*range.end, end, both);
    if (reading.end <= reading.start) reading.end += kDay;
    if (reading.end - reading.start > kHalfDay) reading.price += is_free ? 3 : 1;
    if (is_free && reading.end > kDay) reading.price += 1;
  }
  // Where neither end says a half, people mean the day.
  bool is_unsaid =
      is_free && start != Half::kNone && (!range.end || range.end->half == Half::kNone);
  if (is_unsaid && (reading.start < kEarly || reading.start >= kLate)) reading.price += 1;
  return reading;
}

std::vector<Half> halves_of(const ClockPoint& point, bool is_of_24_hours) {
  bool is_plain = point.is_of_24_hours || (is_of_24_hours && point.half == Half::kNone);
  if (is_plain || point.hour == 0) return {Half::kNone};
  return {Half::kAm, Half::kPm};
}

}  // namespace

std::optional<ClockRange> read_clock_range(std::string_view text) {
  Scanner scanner(text);
  scanner.skip_blanks();
  auto start = scanner.point();
  if (!start) return std::nullopt;
  ClockRange range{*start, std::nullopt, scanner.rest()};
  if (scanner.separator()) {
    if (auto end = scanner.point()) {
      range.end = *end;
      range.rest = scanner.rest();
    }
  }
  range.rest = trimmed(range.rest);
  // A number alone is no time: "10" of "10 things to know".
  bool says_time =
      range.end || start->half != Half::kNone || start->has_minutes || start->is_of_24_hours;
  bool goes_on = !range.rest.empty() && is_digit(range.rest[0]);
  return says_time && !goes_on ? std::optional(range) : std::nullopt;
}

std::vector<Reading> readings_of(const ClockRange& range, bool is_of_24_hours) {
  std::vector<Reading> readings;
  const std::vector<Half> ends =
      range.end ? halves_of(*range.end, is_of_24_hours) : std::vector{Half::kNone};
  for (Half start : halves_of(range.start, is_of_24_hours)) {
    for (Half end : ends) add(readings, reading_of(range, start, end));
  }
  // After midnight, under the day before: "12-1AM" of a long evening.
  const std::size_t count = readings.size();
  for (std::size_t i = 0; i < count; ++i) {
    Reading next = readings[i];
    if (next.start >= kEarly) continue;
    next.start += kDay;
    if (next.end >= 0) next.end += kDay;
    bool is_free = range.start.half == Half::kNone && !range.start.is_of_24_hours;
    next.price += is_free ? 1 : 2;
    add(readings, next);
  }
  std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
    return a.price < b.price;
  });
  return readings;
}

bool are_of_24_hours(const std::vector<ClockRange>& ranges) {
  bool is_shown = false;
  for (const ClockRange& range : ranges) {
    for (const ClockPoint* point : {&range.start, range.end ? &*range.end : nullptr}) {
      if (!point) continue;
      if (point->half != Half::kNone) return false;
      is_shown = is_shown || point->is_of_24_hours;
    }
  }
  return is_shown;
}

}  // namespace stet::schedule_import
