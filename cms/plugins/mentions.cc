#include "cms/plugins/mentions.h"

#include <algorithm>
#include <array>

#include "cms/liquid/filters/escape.h"

namespace stet::plugins {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// What `@mention` itself is written about.
bool is_about_mentions(std::string_view login) {
  constexpr std::array<std::string_view, 4> kNames = {
      "mention", "mentions", "mentioned", "mentioning"};
  std::string small(login);
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return std::find(kNames.begin(), kNames.end(), small) != kNames.end();
}

// Whether a name may end here: before no slash, and no dot within a word (an address).
bool is_end(std::string_view text, std::size_t at) {
  if (at == text.size() || text[at] == '\n') return true;
  if (text[at] != '.') return text[at] != '/' && !is_word(text[at]);
  return at + 1 == text.size() || !is_word(text[at + 1]);
}

struct Mention {
  std::size_t begin = std::string_view::npos, end = 0;  // of "@user"
};

// From `at` on; what stands before `at` is used up by the mention before.
Mention find_mention(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  for (; (at = text.find('@', at)) != text.npos; ++at) {
    const bool is_line_start = at == 0 || text[at - 1] == '\n';
    if (!is_line_start && (at == start || is_word(text[at - 1]))) continue;
    std::size_t end = at + 1;
    if (end == text.size() || !is_word(text[end])) continue;
    while (end < text.size() && (is_word(text[end]) || text[end] == '-')) ++end;
    if (is_end(text, end)) return {at, end};
  }
  return {};
}

}  // namespace

bool has_mention(std::string_view text) { return find_mention(text, 0).end > 0; }

void append_with_mentions(std::string_view text, std::string_view base, std::string& out) {
  const std::string_view slash = base.ends_with('/') || base.ends_with('~') ? "" : "/";
  std::size_t at = 0;
  for (Mention found = find_mention(text, 0); found.end > 0; found = find_mention(text, at)) {
    out += text.substr(at, found.begin - at);
    const std::string_view login = text.substr(found.begin + 1, found.end - found.begin - 1);
    at = found.end;
    if (is_about_mentions(login)) {
      out += text.substr(found.begin, found.end - found.begin);
      continue;
    }
    out += "<a href=\"" + liquid::escape_html(base) + std::string(slash) + std::string(login) +
           "\" class=\"user-mention\">@" + std::string(login) + "</a>";
  }
  out += text.substr(at);
}

}  // namespace stet::plugins
