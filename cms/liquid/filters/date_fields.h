// The fields of a date that a text names, by the rules of Ruby's Date._parse.
//
// Threads: pure function.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stet::liquid {

struct DateFields {
  std::optional<int> year, month, day, day_of_year, hour, minute, second;
  std::optional<int> nanoseconds;
  std::string zone;  // as written, "" if there is none
  friend bool operator==(const DateFields&, const DateFields&) = default;
};

// Of `text` (at most 128 bytes of it are right), every field that it names. Nothing is checked but
// that numbers have at most nine digits.
DateFields find_date_fields(std::string_view text);

}  // namespace stet::liquid
