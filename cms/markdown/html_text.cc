#include "cms/markdown/html_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "cms/markdown/characters.h"

namespace stet::markdown {
namespace {

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == ':';
}
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

// Where the next of a few characters stands. Each is looked for by itself, from where it was last
// found, for that is much faster than asking every byte, and all of a page's text is asked.
class NextSpecial {
 public:
  NextSpecial(std::string_view text, std::string_view specials) : text_(text), specials_(specials) {
    for (std::size_t i = 0; i < specials_.size(); ++i) places_[i] = text_.find(specials_[i]);
  }

  // At `from` or behind it, which never is less than it was before; npos if there is none.
  std::size_t at(std::size_t from) {
    std::size_t first = text_.npos;
    for (std::size_t i = 0; i < specials_.size(); ++i) {
      if (places_[i] < from) places_[i] = text_.find(specials_[i], from);
      first = std::min(first, places_[i]);
    }
    return first;
  }

 private:
  const std::string_view text_, specials_;
  std::array<std::size_t, 4> places_;
};

constexpr std::string_view kInText = "&<>";
constexpr std::string_view kInAttributes = "&<>\"";

void append(std::string& html,
            std::string_view text,
            std::string_view specials,
            bool are_entities_kept) {
  std::size_t begin = 0;
  NextSpecial next(text, specials);
  for (std::size_t at = next.at(0); at != text.npos; at = next.at(at + 1)) {
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
