#include "cms/markdown/html_text.h"

#include <array>
#include <cstddef>

namespace stet::markdown {
namespace {

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == ':';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Nothing that is longer is looked at to its end.
constexpr std::size_t kEntityBytesMax = 64;

// An ampersand stands at the start of `text`.
bool is_entity(std::string_view text) {
  text = text.substr(1, kEntityBytesMax);
  const auto ends_behind = [&](std::size_t from, auto belongs) {
    std::size_t at = from;
    while (at < text.size() && belongs(text[at])) ++at;
    return at > from && at < text.size() && text[at] == ';';
  };
  if (text.starts_with("#x")) return ends_behind(2, is_hex_digit);
  if (text.starts_with('#')) return ends_behind(1, is_digit);
  return !text.empty() && is_name_byte(text[0]) &&
         ends_behind(0, [](char c) { return is_name_byte(c) || c == '-' || c == '.'; });
}

std::string_view entity_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    default: return "&quot;";
  }
}

// Which characters are special: a table, for this is asked of every byte that is written.
constexpr auto table_of(std::string_view specials) {
  std::array<bool, 256> table{};
  for (const char c : specials) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kInText = table_of("&<>");
constexpr auto kInAttributes = table_of("&<>\"");

void append(std::string& html,
            std::string_view text,
            const std::array<bool, 256>& specials,
            bool are_entities_kept) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!specials[static_cast<unsigned char>(text[at])]) continue;
    if (are_entities_kept && text[at] == '&' && is_entity(text.substr(at))) continue;
    html.append(text, begin, at - begin) += entity_of(text[at]);
    begin = at + 1;
  }
  html.append(text, begin);
}

}  // namespace

void append_escaped(std::string& html, std::string_view text) {
  append(html, text, kInText, false);
}

void append_text(std::string& html, std::string_view text) { append(html, text, kInText, true); }

void append_attribute(std::string& html, std::string_view name, std::string_view value) {
  ((html += ' ') += name) += "=\"";
  append(html, value, kInAttributes, true);
  html += '"';
}

void append_attributes(std::string& html, const Attributes& attributes) {
  for (const auto& [name, value] : attributes) {
    const bool is_empty_id = name == "id" && value.find_first_not_of(" \t\n") == value.npos;
    if (!is_empty_id) append_attribute(html, name, value);
  }
}

}  // namespace stet::markdown
