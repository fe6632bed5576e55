#include "cms/schedule_import/written_dates.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "cms/schedule_import/markup.h"

namespace stet::schedule_import {
namespace {

constexpr std::size_t kTextBytesRead = 200;
constexpr std::array<std::string_view, 12> kMonths = {"january",
                                                      "february",
                                                      "march",
                                                      "april",
                                                      "may",
                                                      "june",
                                                      "july",
                                                      "august",
                                                      "september",
                                                      "october",
                                                      "november",
                                                      "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Word {
  std::string text;  // small letters, or digits
  int number = -1;   // of digits, 6 at most
  char before = 0;   // the byte before it
  std::size_t begin = 0, end = 0;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  text = text.substr(0, kTextBytesRead);
  for (std::size_t at = 0; at < text.size();) {
    bool has_digits = is_digit(text[at]);
    if (!has_digits && !is_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (has_digits ? is_digit(text[end]) : is_letter(text[end]))) ++end;
    Word word{lower_ascii(text.substr(at, end - at))};
    word.before = at > 0 ? text[at - 1] : '\0';
    word.begin = at;
    word.end = end;
    if (has_digits && word.text.size() <= 6) word.number = std::stoi(word.text);
    bool is_suffix =
        !words.empty() && words.back().number >= 0 && at > 0 && is_digit(word.before) &&
        (word.text == "st" || word.text == "nd" || word.text == "rd" || word.text == "th");
    if (is_suffix) {
      words.back().end = end;
    } else if (word.text != "of" && word.text != "the") {
      words.push_back(std::move(word));
    }
    at = end;
  }
  return words;
}

// "oct", "sept", "october": at least three letters of it.
template <std::size_t N>
std::optional<int> place_of(const std::string& word, const std::array<std::string_view, N>& names) {
  for (std::size_t i = 0; i < N; ++i) {
    bool is_short =
        word.size() == 3 || word == "sept" || word == "tues" || word == "thur" || word == "thurs";
    if (word == names[i] || (is_short && names[i].starts_with(word))) return static_cast<int>(i);
  }
  return std::nullopt;
}

bool is_day(const Word& word) {
  return word.number >= 1 && word.number <= 31 && word.text.size() <= 2;
}
bool is_year(const Word& word) {
  return word.text.size() == 4 && word.number >= 1900 && word.number <= 2200;
}

// What parts the ends of a range: "-", "/", or one of the dashes beyond ASCII.
bool is_dash(std::string_view between) {
  between = trimmed(between);
  return between == "-" || between == "/" || between == "\u2013" || between == "\u2014";
}

bool exists(int month, int day) {
  return is_valid({2000, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)});
}

std::optional<WrittenDate> iso_date_in(std::string_view text) {
  for (std::size_t at = 0; at + 10 <= text.size() && at < kTextBytesRead; ++at) {
    if (at > 0 && is_digit(text[at - 1])) continue;
    auto date = parse_iso_date(text.substr(at, 10));
    if (date) return WrittenDate{date->year, date->month, date->day, std::nullopt};
  }
  return std::nullopt;
}

}  // namespace

std::optional<WrittenDate> read_written_date(std::string_view text) {
  if (auto date = iso_date_in(text)) return date;
  const std::vector<Word> words = words_of(text);
  WrittenDate date;
  std::optional<int> weekday;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (auto day = place_of(words[i].text, kWeekdays)) weekday = day;
    auto month = place_of(words[i].text, kMonths);
    if (!month) continue;
    bool is_after = i + 1 < words.size() && is_day(words[i + 1]);
    bool is_before = i > 0 && is_day(words[i - 1]);
    if (!is_after && !is_before) continue;
    if (date.month != 0) return std::nullopt;
    std::size_t day = is_after ? i + 1 : i - 1;
    std::size_t next = is_after ? i + 2 : i + 1;
    if (is_after && next < words.size() && is_day(words[next])) {
      std::string_view between = text.substr(words[day].end, words[next].begin - words[day].end);
      if (is_dash(between)) return std::nullopt;
    }
    if (!is_after && day > 0 && is_day(words[day - 1])) return std::nullopt;
    date.month = *month + 1;
    date.day = words[day].number;
    if (next < words.size() && is_year(words[next])) date.year = words[next].number;
  }
  if (date.month == 0) return read_numeric_date(trimmed(text));
  if (!exists(date.month, date.day)) return std::nullopt;
  date.weekday = weekday;
  return date;
}

std::optional<WrittenDate> read_numeric_date(std::string_view text) {
  const std::vector<Word> words = words_of(text);
  if (words.size() < 2 || words.size() > 3 || text.empty() || !is_digit(text[0]))
    return std::nullopt;
  char mark = words[1].before;
  if (mark != '/' && mark != '.' && mark != '-') return std::nullopt;
  if (words.size() == 3 && words[2].before != mark) return std::nullopt;
  for (const Word& word : words) {
    if (word.number < 0) return std::nullopt;
  }
  WrittenDate date;
  if (words.size() == 3) {
    bool is_short = words[2].text.size() == 2;
    if (!is_short && !is_year(words[2])) return std::nullopt;
    date.year = words[2].number + (is_short ? 2000 : 0);
  } else if (mark == '-') {
    return std::nullopt;  // "10-12" is a time as well
  }
  int first = words[0].number, second = words[1].number;
  bool can_be_month_first = first >= 1 && first <= 12 && second >= 1 && exists(first, second);
  bool can_be_day_first = second >= 1 && second <= 12 && first >= 1 && exists(second, first);
  if (!can_be_day_first && !can_be_month_first) return std::nullopt;
  bool is_day_first = mark == '.' ? can_be_day_first : !can_be_month_first;
  date.month = is_day_first ? second : first;
  date.day = is_day_first ? first : second;
  date.may_be_swapped = mark != '.' && can_be_day_first && can_be_month_first && first != second;
  return date;
}

std::optional<int> year_in(std::string_view text) {
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - at != 4) continue;
    int year = std::stoi(std::string(text.substr(at, 4)));
    if (year >= 1990 && year <= 2100) return year;
  }
  return std::nullopt;
}

}  // namespace stet::schedule_import
