// Characters that no page and no feed can show.

#include <algorithm>
#include <cstdio>

#include "cms/change/report.h"

namespace stet::change {
namespace {

using document::Data;

constexpr std::size_t kDepthMax = 30;

// XML 1.0 2.2: of those below a blank only tab and line ends. Word processors leave some behind.
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

std::string message_of(char c) {
  char code[16];
  std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c));
  return std::string("the control character ") + code +
         " is in no feed that can be read; take it out";
}

// The first one of each text.
void check_value(const Data& value, const std::string& pointer, std::size_t depth, Report& report) {
  if (depth > kDepthMax || report.is_full()) return;
  if (const std::string* text = value.string()) {
    auto found = std::find_if(text->begin(), text->end(), is_control);
    if (found != text->end()) report.warn(pointer, message_of(*found));
  } else if (const Data::List* list = value.list()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      check_value((*list)[i], pointer + "/" + std::to_string(i), depth + 1, report);
    }
  } else if (const Data::Map* map = value.map()) {
    for (const auto& [key, member] : *map) {
      check_value(member, pointer + "/" + pointer_token(key), depth + 1, report);
    }
  }
}

}  // namespace

void check_text(const Data& front_matter, std::string_view body, int body_line, Report& report) {
  check_value(front_matter, "/front_matter", 0, report);
  auto found = std::find_if(body.begin(), body.end(), is_control);
  if (found == body.end()) return;
  int line = body_line + static_cast<int>(std::count(body.begin(), found, '\n'));
  report.add({Severity::kWarning, "", line, 0, message_of(*found)}, "/body");
}

}  // namespace stet::change
