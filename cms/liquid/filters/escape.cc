#include "cms/liquid/filters/escape.h"

#include <algorithm>

namespace stet::liquid {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void append_escaped(std::string& out, char c, std::string_view apostrophe) {
  switch (c) {
    case '&': out += "&amp;"; return;
    case '<': out += "&lt;"; return;
    case '>': out += "&gt;"; return;
    case '"': out += "&quot;"; return;
    case '\'': out += apostrophe; return;
    default: out += c;
  }
}

std::string escape(std::string_view text, std::string_view apostrophe) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (char c : text) append_escaped(out, c, apostrophe);
  return out;
}

// Whether `text`, which begins with &, begins with &name; or &#digits;
bool is_entity(std::string_view text) {
  std::size_t at = 1;
  if (at < text.size() && text[at] == '#') {
    std::size_t start = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at > start && at < text.size() && text[at] == ';';
  }
  while (at < text.size() && is_letter(text[at])) ++at;
  return at > 1 && at < text.size() && text[at] == ';';
}

// Removes from each `open` to the next `close`, for the first pair that begins there. Once a close
// is missing it is missing for good, so the whole is linear.
struct Pair {
  std::string_view open, close;
  bool is_gone = false;
};

template <std::size_t kCount>
std::string remove_between(std::string_view text, Pair (&pairs)[kCount]) {
  std::string out;
  while (!text.empty()) {
    std::size_t angle = text.find('<');
    out += text.substr(0, angle);
    if (angle == text.npos) break;
    text.remove_prefix(angle);
    std::size_t end = 0;
    for (Pair& pair : pairs) {
      if (pair.is_gone || !text.starts_with(pair.open)) continue;
      std::size_t close = text.find(pair.close, pair.open.size());
      pair.is_gone = close == text.npos;
      if (!pair.is_gone) end = close + pair.close.size();
      break;
    }
    if (end == 0) out += text[end++];
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::string escape_html(std::string_view text) { return escape(text, "&#39;"); }
std::string escape_xml(std::string_view text) { return escape(text, "&apos;"); }

std::string escape_html_once(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '&' && is_entity(text.substr(i))) {
      out += '&';
    } else {
      append_escaped(out, text[i], "&#39;");
    }
  }
  return out;
}

std::string strip_html(std::string_view text) {
  Pair blocks[] = {{"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}};
  Pair tags[] = {{"<", ">"}};
  return remove_between(remove_between(text, blocks), tags);
}

void append_percent(std::string& out, char byte) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  auto value = static_cast<unsigned char>(byte);
  out += {'%', kHex[value >> 4], kHex[value & 15]};
}

int percent_byte(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  int high = hex_value(text[1]);
  int low = hex_value(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string encode_form(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool is_plain = is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-' || c == '~';
    if (is_plain) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

std::string decode_form(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int byte = percent_byte(text.substr(i, 3));
    if (byte >= 0) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace stet::liquid
