#include "cms/schedule/formats/calendar_lines.h"

#include <algorithm>

#include "cms/schedule/program.h"

namespace stet::schedule {
namespace {

constexpr std::size_t kLineOctets = 75;

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

void CalendarLines::add(std::string_view line) {
  std::size_t room = kLineOctets;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > room - 4 && is_inside_character(line[cut])) --cut;
    text_.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kLineOctets - 1;
  }
  text_.append(line).append("\r\n");
}

void CalendarLines::add_text(std::string_view name, std::string_view text) {
  std::string line(name);
  line += ':';
  for (char c : clean_text(text)) {
    if (c == '\n') {
      line += "\\n";
    } else {
      if (c == '\\' || c == ';' || c == ',') line += '\\';
      line += c;
    }
  }
  add(line);
}

void CalendarLines::add_uri(std::string_view name, std::string_view uri) {
  bool is_address = uri.starts_with("https://") || uri.starts_with("http://");
  bool is_plain = std::all_of(uri.begin(), uri.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f;
  });
  if (is_address && is_plain) add(std::string(name) + ":" + std::string(uri));
}

}  // namespace stet::schedule
