// Content lines of iCalendar (RFC 5545 3.1): ended by CRLF, folded at 75 octets.
#pragma once

#include <string>
#include <string_view>

namespace stet::schedule {

class CalendarLines {
 public:
  // A line as it is, folded where it is too long, never inside a character.
  void add(std::string_view line);
  // Escaped as TEXT (3.3.11); control characters are left out, line ends become "\n".
  void add_text(std::string_view name, std::string_view text);
  // Nothing where it is no http or https address, for a URI cannot be escaped.
  void add_uri(std::string_view name, std::string_view uri);

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace stet::schedule
