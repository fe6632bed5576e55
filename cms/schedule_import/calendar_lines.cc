#include "cms/schedule_import/calendar_lines.h"

#include <algorithm>

namespace stet::schedule_import {
namespace {

constexpr std::size_t kParametersMax = 50;

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// RFC 6868: ^n, ^^ and ^'.
std::string parameter_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char next = text[i] == '^' && i + 1 < text.size() ? text[i + 1] : '\0';
    bool is_escape = next == 'n' || next == '^' || next == '\'';
    out += !is_escape ? text[i] : next == 'n' ? '\n' : next == '^' ? '^' : '"';
    i += is_escape;
  }
  return out;
}

// The first of these marks that does not stand in quotes.
std::size_t find_outside_quotes(std::string_view text, std::string_view marks) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    if (!is_quoted && marks.find(text[i]) != marks.npos) return i;
  }
  return text.npos;
}

void add(std::string_view text, Place place, std::vector<CalendarLine>& lines) {
  std::size_t end = text.find_first_of(":;");
  if (end == text.npos || end == 0) return;
  CalendarLine line{place, upper(text.substr(0, end)), {}, {}};
  while (text[end] == ';') {
    text.remove_prefix(end + 1);
    end = find_outside_quotes(text, ":;");
    if (end == text.npos) return;
    std::string_view parameter = text.substr(0, end);
    std::size_t equals = parameter.find('=');
    if (equals == parameter.npos || line.parameters.size() >= kParametersMax) continue;
    std::string_view value = parameter.substr(equals + 1);
    if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) {
      value = value.substr(1, value.size() - 2);
    }
    line.parameters.emplace_back(upper(parameter.substr(0, equals)), parameter_text(value));
  }
  line.value = text.substr(end + 1);
  lines.push_back(std::move(line));
}

}  // namespace

std::string_view CalendarLine::parameter(std::string_view name) const {
  for (const auto& [own, value] : parameters) {
    if (own == name) return value;
  }
  return {};
}

std::vector<CalendarLine> read_calendar_lines(std::string_view bytes) {
  std::vector<CalendarLine> lines;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  std::string unfolded;
  Place place;
  int number = 0;
  while (!bytes.empty()) {
    std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (!goes_on) {
      add(unfolded, place, lines);
      unfolded.clear();
      place = {number, 1};
    }
    line.remove_prefix(goes_on ? 1 : 0);
    if (unfolded.size() + line.size() <= kLineBytesMax) unfolded += line;
  }
  add(unfolded, place, lines);
  return lines;
}

std::string text_of_calendar(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out += value[i];
      continue;
    }
    char next = value[++i];
    out += next == 'n' || next == 'N' ? '\n' : next;
  }
  return out;
}

}  // namespace stet::schedule_import
