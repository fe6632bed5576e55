#include "cms/schedule_import/clean_text.h"

#include <algorithm>

#include "cms/schedule_import/markup.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

constexpr std::string_view kGoodSchemes[] = {
    "http", "https", "mailto", "tel", "webcal", "irc", "ircs", "matrix", "xmpp", "sip", "geo"};
constexpr std::string_view kGoodTags[] = {"b",
                                          "blockquote",
                                          "br",
                                          "code",
                                          "dd",
                                          "dl",
                                          "dt",
                                          "em",
                                          "i",
                                          "kbd",
                                          "li",
                                          "ol",
                                          "p",
                                          "pre",
                                          "strong",
                                          "sub",
                                          "sup",
                                          "u",
                                          "ul"};

constexpr std::size_t kTitleUrlBytesMax = 2000;
// As much of an address as is looked at: its scheme stands there.
constexpr std::size_t kUrlBytesRead = 400;

bool is_control(char32_t c) {
  return c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

bool is_autolink(std::string_view text) {
  std::size_t end = text.find_first_of("<> \t\n", 1);
  if (end == text.npos || text[end] != '>') return false;
  std::string_view inside = text.substr(1, end - 1);
  if (inside.starts_with("http://") || inside.starts_with("https://")) return true;
  return inside.find('@') != inside.npos && inside.find_first_of("/:\"'=") == inside.npos;
}

// Nothing that could be a tag but those that do nothing.
bool has_only_good_tags(std::string_view text) {
  TagReader tags(text);
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    if (!begins_markup(text, at) || is_autolink(text.substr(at))) continue;
    auto tag = tags.tag(at);
    if (!tag || !tag->attributes.empty()) return false;
    if (std::find(std::begin(kGoodTags), std::end(kGoodTags), tag->name) == std::end(kGoodTags)) {
      return false;
    }
  }
  return true;
}

// Where the address of a Markdown link begins, behind "](" or "]:"; npos: here is none.
std::size_t address_at(std::string_view text, std::size_t at) {
  if (text[at] != ']' || at + 1 >= text.size()) return text.npos;
  if (text[at + 1] != '(' && text[at + 1] != ':') return text.npos;
  return std::min(text.find_first_not_of(" \t\n<", at + 2), text.size());
}

std::string disarmed(std::string_view text, bool& is_changed) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{' && text.substr(at + 1).starts_with(':')) {
      // kramdown's attribute lists and options
      bool is_escaped = at > 0 && text[at - 1] == '\\';
      out += is_escaped ? "{" : "\\{";
      is_changed = is_changed || !is_escaped;
      continue;
    }
    out += text[at];
    std::size_t address = address_at(text, at);
    if (address == text.npos) continue;
    std::string_view url = text.substr(address, kUrlBytesRead);
    url = url.substr(0, url.find_first_of(" \t\n)>"));
    bool says_scheme = url.size() < kUrlBytesRead || url.find_first_of(":/?#") != url.npos;
    if (says_scheme && is_harmless_url(url)) continue;
    out += text.substr(at + 1, address - at - 1);
    out += "unsafe:";
    at = address - 1;
    is_changed = true;
  }
  return out;
}

}  // namespace

std::string readable_text(std::string_view text, std::size_t bytes_max, bool& is_cut) {
  std::string out;
  while (!text.empty()) {
    char32_t c = take_code_point(text);
    if (c == '\r') {
      if (text.starts_with('\n')) continue;
      c = '\n';
    }
    if (is_control(c) && c != '\n' && c != '\t') continue;
    if (out.size() + 4 > bytes_max) {
      is_cut = true;
      break;
    }
    append_code_point(out, c);
  }
  return out;
}

std::string one_line(std::string_view text, std::size_t bytes_max, bool& is_cut) {
  std::string out;
  std::string clean = readable_text(text, bytes_max + 1000, is_cut);
  bool is_behind_blank = true;
  for (char c : clean) {
    if (is_blank(c)) {
      if (!is_behind_blank) out += ' ';
      is_behind_blank = true;
    } else {
      out += c;
      is_behind_blank = false;
    }
  }
  if (out.size() > bytes_max) {
    is_cut = true;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xc0) == 0x80) --end;
    out.resize(end);
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

CleanText clean_markdown(std::string_view text, std::size_t bytes_max) {
  CleanText clean;
  std::string whole = readable_text(text, bytes_max, clean.is_cut);
  if (!has_only_good_tags(whole)) {
    whole = markdown_of_html(whole, /*text_is_markdown=*/true);
    clean.is_converted = true;
  }
  whole = disarmed(whole, clean.is_disarmed);
  while (!whole.empty() && is_blank(whole.back())) whole.pop_back();
  std::size_t begin = std::min(whole.find_first_not_of(" \t\n"), whole.size());
  std::size_t line = begin == 0 ? whole.npos : whole.rfind('\n', begin - 1);
  clean.markdown = whole.substr(line == whole.npos ? 0 : line + 1);
  return clean;
}

bool is_harmless_url(std::string_view url) {
  std::string plain;
  for (char c : decoded(url)) {
    if (!is_blank(c) && static_cast<unsigned char>(c) >= 0x20) plain += c;
  }
  plain = lower_ascii(plain);
  std::size_t end = plain.find_first_of(":/?#");
  if (end == plain.npos || plain[end] != ':') return true;
  std::string_view scheme = std::string_view(plain).substr(0, end);
  return std::find(std::begin(kGoodSchemes), std::end(kGoodSchemes), scheme) !=
         std::end(kGoodSchemes);
}

std::string plain_of_markdown(std::string_view markdown) {
  std::string out;
  for (std::size_t at = 0; at < markdown.size(); ++at) {
    char c = markdown[at];
    if (c == '\\' && at + 1 < markdown.size() && !is_blank(markdown[at + 1])) {
      out += markdown[++at];
      continue;
    }
    if (c == ']' && markdown.substr(at + 1).starts_with('(')) {
      std::size_t end = markdown.substr(at, kTitleUrlBytesMax).find(')');
      if (end != markdown.npos) at += end;
      continue;
    }
    if (c == '!' && markdown.substr(at + 1).starts_with('[')) continue;
    if (c != '*' && c != '`' && c != '[' && c != ']') out += c;
  }
  return plain_of_html(out);
}

}  // namespace stet::schedule_import
