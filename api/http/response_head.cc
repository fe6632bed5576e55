#include "api/http/response_head.h"

#include <array>
#include <charconv>

#include "storage/base/time.h"

namespace stet::http {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 6> kOurs = {
    "Content-Length", "Date", "Connection", "Transfer-Encoding", "Keep-Alive", "X-Request-Id"};

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_two_digits(std::string& out, int number) {
  out += static_cast<char>('0' + number / 10);
  out += static_cast<char>('0' + number % 10);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

bool is_ours(std::string_view name) {
  for (const std::string_view ours : kOurs) {
    if (equal_without_case(name, ours)) return true;
  }
  return false;
}

// `count` digits of `text` from `at`; -1 if they are none.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

std::string http_date(Instant instant) {
  const CivilTime civil = civil_of_seconds(instant.seconds);
  std::string out(kDays[static_cast<std::size_t>(weekday(civil.date))]);
  out += ", ";
  append_two_digits(out, civil.date.day);
  out += ' ';
  out += kMonths[civil.date.month - 1U];
  out += ' ';
  append_two_digits(out, civil.date.year / 100 % 100);
  append_two_digits(out, civil.date.year % 100);
  out += ' ';
  append_two_digits(out, civil.hour);
  out += ':';
  append_two_digits(out, civil.minute);
  out += ':';
  append_two_digits(out, civil.second);
  return out += " GMT";
}

std::optional<Instant> parse_http_date(std::string_view text) {
  // Sun, 06 Nov 1994 08:49:37 GMT
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return {};
  if (text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' || text[22] != ':') {
    return {};
  }
  int month = 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (text.substr(8, 3) == kMonths[i]) month = static_cast<int>(i) + 1;
  }
  const int day = digits_at(text, 5, 2), year = digits_at(text, 12, 4);
  const int hour = digits_at(text, 17, 2), minute = digits_at(text, 20, 2);
  const int second = digits_at(text, 23, 2);
  if (month == 0 || day < 1 || year < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      second < 0 || second > 60) {
    return {};
  }
  CivilTime civil;
  civil.date = {year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
  if (!is_valid(civil.date)) return {};
  civil.hour = static_cast<std::uint8_t>(hour);
  civil.minute = static_cast<std::uint8_t>(minute);
  civil.second = static_cast<std::uint8_t>(second);
  return Instant{seconds_as_utc(civil)};
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

std::string_view HeadWriter::date_field() {
  const Instant now = clock_.now();
  if (now.seconds != date_seconds_) {
    date_seconds_ = now.seconds;
    date_field_ = "Date: " + http_date(now) + "\r\n";
  }
  return date_field_;
}

void HeadWriter::write(std::string& out, const Response& response, const Framing& framing) {
  out = "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(response.status));
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\n";
  out += date_field();
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    const Field field = response.headers.field(i);
    if (!is_ours(field.name)) append_field(out, field.name, field.value);
  }
  if (framing.is_chunked) {
    out += "Transfer-Encoding: chunked\r\n";
  } else if (framing.length) {
    out += "Content-Length: ";
    append_number(out, *framing.length);
    out += "\r\n";
  }
  if (!framing.request_id.empty()) append_field(out, "X-Request-Id", framing.request_id);
  if (!framing.connection.empty()) append_field(out, "Connection", framing.connection);
  out += "\r\n";
}

}  // namespace stet::http
