#include "cms/site/post_name.h"

#include <algorithm>
#include <cctype>

#include "cms/liquid/filters/letters.h"

namespace stet::site {
namespace {

// Takes digits, `least` to `most` of them; -1 if there are fewer.
int take_number(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  int value = 0;
  while (count < most && count < text.size() &&
         std::isdigit(static_cast<unsigned char>(text[count]))) {
    value = value * 10 + (text[count++] - '0');
  }
  if (count < least) return -1;
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// February 31 is March 3, as Ruby's Time has it.
Date rolled_over(Date date) {
  constexpr int kDaysMax = 31;
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > kDaysMax) return date;
  Date last = date;
  while (!is_valid(last)) --last.day;
  if (last.day == date.day) return date;
  return {date.year,
          static_cast<std::uint8_t>(date.month + 1),
          static_cast<std::uint8_t>(date.day - last.day)};
}

}  // namespace

std::optional<PostName> parse_post_name_of_any_day(std::string_view name) {
  std::size_t digits = name.find('-');
  int year = take_number(name, 2, 4);
  if (year < 0 || !take(name, '-')) return std::nullopt;
  int month = take_number(name, 1, 2);
  if (month < 0 || !take(name, '-')) return std::nullopt;
  int day = take_number(name, 1, 2);
  if (day < 0 || !take(name, '-')) return std::nullopt;
  if (digits == 2) year += year < 69 ? 2000 : 1900;  // as Ruby's Time.parse reads two digits
  Date date{year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
  std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == name.size()) return std::nullopt;
  std::string slug(name.substr(0, dot));
  while (slug.ends_with('.')) slug.pop_back();
  return PostName{rolled_over(date), std::move(slug), std::string(name.substr(dot))};
}

std::optional<PostName> parse_post_name(std::string_view name) {
  std::optional<PostName> parsed = parse_post_name_of_any_day(name);
  return parsed && is_valid(parsed->date) ? parsed : std::nullopt;
}

std::string list_of_post_name(const PostName& name) {
  return "post_names." + iso_date(name.date) + "-" + name.slug;
}

std::string title_of_slug(std::string_view slug) {
  std::string title;
  for (std::size_t at = 0; at < slug.size();) {
    std::size_t end = std::min(slug.find('-', at), slug.size());
    title += liquid::capitalize(slug.substr(at, end - at));
    if (end < slug.size()) title += ' ';
    at = end + 1;
  }
  while (title.ends_with(' ')) title.pop_back();
  return title;
}

}  // namespace stet::site
