#include "cms/document/emit.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "cms/document/yaml.h"
#include "storage/base/utf8.h"

namespace stet::document {
namespace {

// What YAML's reader takes outside of escapes, but for line ends and tabs.
bool is_printable(char32_t c) {
  return (c >= 0x20 && c <= 0x7e) || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029) ||
         (c >= 0xe000 && c <= 0xfffd && c != 0xfeff) || c >= 0x10000;
}

bool all_printable(std::string_view text, bool with_lines) {
  while (!text.empty()) {
    bool is_line_end = text[0] == '\n' || text[0] == '\t';
    char32_t c = take_code_point(text);
    if (!is_printable(c) && !(with_lines && is_line_end)) return false;
  }
  return true;
}

// Digits alone may be an integer beyond int64, which Ruby would not read as a string.
bool is_number_like(std::string_view text) {
  return text.find_first_not_of("0123456789+-_,xXabcdefABCDEF") == text.npos &&
         text.find_first_of("0123456789") != text.npos;
}

bool is_plain_shape(std::string_view text, bool is_in_flow) {
  constexpr std::string_view kNeverFirst = "-?:,[]{}#&*!|>'\"%@`=<";
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (kNeverFirst.find(text.front()) != text.npos || text.starts_with("...")) return false;
  if (text.find(": ") != text.npos || text.find(" #") != text.npos) return false;
  if (is_in_flow && text.find_first_of(",[]{}:?") != text.npos) return false;
  return all_printable(text, false);
}

bool reads_back_plain(std::string_view text, bool is_in_flow) {
  return is_plain_shape(text, is_in_flow) && !is_number_like(text) &&
         resolve_plain(text).is_string();
}

std::string in_single_quotes(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += c;
    out += c;
  }
  return out + "'";
}

void append_escaped(std::string& out, char32_t c) {
  char escape[16];
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  if (is_printable(c)) return append_code_point(out, c);
  auto code = static_cast<unsigned>(c);
  std::snprintf(escape, sizeof escape, code < 0x100 ? "\\x%02X" : "\\u%04X", code);
  out += escape;
}

std::string in_double_quotes(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) append_escaped(out, take_code_point(text));
  return out + "\"";
}

std::string string_text(std::string_view text, Style style, bool is_in_flow) {
  if (style == Style::kSingle && all_printable(text, false)) return in_single_quotes(text);
  if (style != Style::kSingle && style != Style::kDouble && reads_back_plain(text, is_in_flow)) {
    return std::string(text);
  }
  return in_double_quotes(text);
}

std::string real_text(double value) {
  if (std::isnan(value)) return ".nan";
  if (std::isinf(value)) return value < 0 ? "-.inf" : ".inf";
  char text[32];
  std::string out(text, std::to_chars(text, text + sizeof text, value).ptr);
  if (out.find('.') == out.npos) out.insert(std::min(out.find('e'), out.size()), ".0");
  return out;
}

std::string offset_text(std::int32_t seconds, bool has_colon) {
  int minutes = std::abs(seconds) / 60;
  char text[16];
  std::snprintf(text,
                sizeof text,
                has_colon ? "%c%02d:%02d" : "%c%02d%02d",
                seconds < 0 ? '-' : '+',
                minutes / 60 % 100,
                minutes % 60);
  return text;
}

std::string time_text(const Time& time, char separator, std::string_view zone) {
  std::string out = iso_time({time.seconds, 0, time.offset_seconds}).substr(0, 19);
  out[10] = separator;
  if (time.nanoseconds != 0) {
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%09d", static_cast<int>(time.nanoseconds));
    out += fraction;
    out.erase(out.find_last_not_of('0') + 1);
  }
  return out.append(zone);
}

std::string indent_of(int columns) { return std::string(static_cast<std::size_t>(columns), ' '); }

Status check(const Data& data, std::size_t depth);

Status check_string(std::string_view text, std::string_view what) {
  if (is_utf8(text)) return {};
  return invalid_input(std::string(what) + " " + printable(text, 60) +
                       " is not UTF-8; send UTF-8 text");
}

// As libyaml has it; what is longer reads as text that no colon follows.
constexpr std::ptrdiff_t kKeyCharactersMax = 1024;

// In double quotes it is as long as it can be.
Status check_key(std::string_view key) {
  TRY(check_string(key, "the key"));
  std::string written = in_double_quotes(key);
  auto characters =
      std::count_if(written.begin(), written.end(), [](char c) { return (c & 0xC0) != 0x80; });
  if (characters <= kKeyCharactersMax) return {};
  return invalid_input("the key " + printable(key, 60) + " is longer than a key of YAML can be (" +
                       std::to_string(kKeyCharactersMax) +
                       " characters, its quotes among them); shorten it");
}

Status check_map(const Data::Map& map, std::size_t depth) {
  for (const auto& [key, value] : map) {
    TRY(check_key(key));
    if (key == "<<") return invalid_input("\"<<\" cannot be a key in YAML; name it otherwise");
    TRY(check(value, depth + 1));
  }
  return {};
}

Status check(const Data& data, std::size_t depth) {
  if (depth >= kYamlDepthMax) {
    return invalid_input("nested more than " + std::to_string(kYamlDepthMax) + " deep; flatten it");
  }
  if (const auto* text = data.string()) return check_string(*text, "the text");
  if (const auto* date = data.date(); date && (date->year < 0 || date->year > 9999)) {
    return invalid_input("the year of a date has four digits");
  }
  if (const auto* time = data.time()) {
    int year = civil_of(*time).date.year;
    if (year < 0 || year > 9999) return invalid_input("the year of a time has four digits");
    if (time->offset_seconds % 60 != 0 || std::abs(time->offset_seconds) >= 86400) {
      return invalid_input("the offset of a time is whole minutes, less than a day");
    }
  }
  if (const auto* list = data.list()) {
    for (const Data& item : *list) TRY(check(item, depth + 1));
  }
  return data.map() ? check_map(*data.map(), depth) : Status();
}

// Lines of a block scalar's content; folding makes one line end of each, so inside text they are
// doubled.
std::string block_lines(std::string_view text, Style style, int indent, const Manner& manner) {
  std::string out;
  while (!text.empty()) {
    auto newline = text.find('\n');
    std::string_view line = text.substr(0, newline);
    out += manner.eol;
    if (!line.empty()) out += indent_of(indent).append(line);
    if (newline == text.npos) break;
    text.remove_prefix(newline + 1);
    bool is_between = !line.empty() && text.find_first_not_of('\n') != text.npos;
    if (style == Style::kFolded && is_between) out += manner.eol;
  }
  return out;
}

}  // namespace

Status check_writable(const Data& data) { return check(data, 0); }

std::string scalar_text(const Data& data, Style style, bool is_in_flow) {
  switch (data.kind()) {
    case Data::Kind::kNil: return "null";
    case Data::Kind::kBool: return *data.boolean() ? "true" : "false";
    case Data::Kind::kInt: return std::to_string(*data.integer());
    case Data::Kind::kDouble: return real_text(*data.real());
    case Data::Kind::kDate: return iso_date(*data.date());
    case Data::Kind::kTime: {
      const Time& time = *data.time();
      bool is_utc = time.offset_seconds == 0 && time.is_utc;
      // A colon would not do in flow style before libyaml 0.2.2; with digits around it, it does.
      return time_text(time, 'T', is_utc ? "Z" : offset_text(time.offset_seconds, true));
    }
    case Data::Kind::kString: return string_text(*data.string(), style, is_in_flow);
    case Data::Kind::kList: return "[]";
    case Data::Kind::kMap: return "{}";
  }
  return "null";
}

std::string key_text(std::string_view key, bool is_in_flow) {
  return string_text(key, Style::kPlain, is_in_flow);
}

std::string flow_key_text(std::string_view key, const Manner& manner) {
  return string_text(key, manner.is_json ? Style::kDouble : Style::kPlain, true);
}

std::string flow_text(const Data& data, const Manner& manner, Style style) {
  std::string out;
  if (const auto* list = data.list()) {
    for (const Data& item : *list) {
      out += (out.empty() ? "[" : ", ") + flow_text(item, manner, style);
    }
    return list->empty() ? "[]" : out + "]";
  }
  if (const auto* map = data.map()) {
    for (const auto& [key, value] : *map) {
      out += out.empty() ? "{" : ", ";
      out += flow_key_text(key, manner) + ": " + flow_text(value, manner, style);
    }
    return map->empty() ? "{}" : out + "}";
  }
  if (manner.is_json && data.is_nil()) return "null";
  return scalar_text(data, manner.is_json ? Style::kDouble : style, true);
}

std::string time_text_like(const Time& time, std::string_view old) {
  char separator = old.size() > 10 && (old[10] == ' ' || old[10] == 't') ? old[10] : 'T';
  auto zone = old.find_first_of("+-Z", std::min<std::size_t>(old.size(), 11));
  std::string_view blanks = zone != old.npos && zone > 0 && old[zone - 1] == ' ' ? " " : "";
  std::string text;
  if (zone == old.npos && time.offset_seconds == 0) {
    text = time_text(time, separator, "");
  } else if (zone != old.npos && old[zone] == 'Z' && time.offset_seconds == 0) {
    text = time_text(time, separator, std::string(blanks) + "Z");
  } else {
    bool has_colon = zone == old.npos || old.find(':', zone) != old.npos;
    text = time_text(
        time, separator, std::string(blanks) + offset_text(time.offset_seconds, has_colon));
  }
  return resolve_plain(text) == Data(time) ? text : scalar_text(time, Style::kPlain, false);
}

std::optional<std::string> block_scalar_text(
    std::string_view text, Style style, int indent, const Manner& manner, bool keeps_end) {
  auto first = text.find_first_not_of('\n');
  if (first == text.npos || text[first] == ' ' || text[first] == '\t') return std::nullopt;
  if (!all_printable(text, true) || (text.ends_with("\n\n") && !keeps_end)) return std::nullopt;
  bool has_more_indented = text.find("\n ") != text.npos || text.find("\n\t") != text.npos;
  if (style == Style::kFolded && (has_more_indented || first > 0)) style = Style::kLiteral;
  std::string out = style == Style::kFolded ? ">" : "|";
  if (!text.ends_with('\n')) {
    out += '-';
  } else if (text.ends_with("\n\n")) {
    out += '+';
  }
  return out + block_lines(text, style, indent, manner);
}

std::string block_value(
    const Data& data, int indent, Parent parent, const Manner& manner, Style style) {
  const auto* text = data.string();
  if (text && text->find('\n') != text->npos && style != Style::kDouble) {
    Style block = style == Style::kFolded ? Style::kFolded : Style::kLiteral;
    if (auto lines = block_scalar_text(*text, block, indent + manner.map_step, manner)) {
      return " " + *lines;
    }
  }
  if (const auto* map = data.map(); map && !map->empty()) {
    if (parent == Parent::kDash) return " " + block_map(*map, indent + 2, manner);
    int inner = indent + manner.map_step;
    return manner.eol + indent_of(inner) + block_map(*map, inner, manner);
  }
  if (const auto* list = data.list(); list && !list->empty()) {
    if (parent == Parent::kDash) return " " + block_list(*list, indent + 2, manner);
    int inner = indent + manner.list_step;
    return manner.eol + indent_of(inner) + block_list(*list, inner, manner);
  }
  return " " + scalar_text(data, style, false);
}

std::string block_map(const Data::Map& map, int indent, const Manner& manner) {
  std::string out;
  for (const auto& [key, value] : map) {
    if (!out.empty()) out += manner.eol + indent_of(indent);
    out += key_text(key, false) + ":" + block_value(value, indent, Parent::kKey, manner);
  }
  return out;
}

std::string block_list(const Data::List& list, int indent, const Manner& manner) {
  std::string out;
  for (const Data& item : list) {
    if (!out.empty()) out += manner.eol + indent_of(indent);
    out += "-" + block_value(item, indent, Parent::kDash, manner);
  }
  return out;
}

}  // namespace stet::document
