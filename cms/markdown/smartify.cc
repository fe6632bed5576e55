#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "cms/markdown/html_text.h"
#include "cms/markdown/render.h"
#include "cms/markdown/typography.h"

namespace stet::markdown {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The size of the tag, comment or declaration at the start of the text, 0 where there is none.
std::size_t tag_size(std::string_view text) {
  if (text.size() < 3 || text[0] != '<') return 0;
  if (text.starts_with("<!--")) {
    const std::size_t end = text.find("-->", 4);
    return end == text.npos ? 0 : end + 3;
  }
  const std::size_t name = text[1] == '/' ? 2 : 1;
  if (!is_letter(text[name])) return 0;
  char quote = '\0';
  for (std::size_t i = name; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    } else if (c == '<') {
      return 0;
    }
  }
  return 0;
}

// The size of the entity or character reference at the start of the text, 0 where there is none.
std::size_t entity_size(std::string_view text) {
  constexpr std::size_t kLongestName = 33;  // &CounterClockwiseContourIntegral;
  if (text.empty() || text[0] != '&') return 0;
  const std::size_t end = text.substr(0, kLongestName).find(';');
  if (end == text.npos || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  const bool is_name = std::all_of(name.begin() + (name[0] == '#' ? 1 : 0), name.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
  return is_name && name != "#" ? end + 1 : 0;
}

}  // namespace

std::string smartify(std::string_view text) {
  std::string html;
  const Options options;
  // Nothing is looked for where there is none: each search ends near where it began.
  const std::size_t last_close = text.rfind('>');
  const std::size_t last_comment_end = text.rfind("-->");
  const auto is_hopeless = [&](std::size_t at) {
    const std::size_t last = text.substr(at).starts_with("<!--") ? last_comment_end : last_close;
    return last == text.npos || last < at;
  };
  std::size_t words = 0;  // where the text since the last markup begins
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = text[at] == '&' ? entity_size(text.substr(at)) : 0;
    if (text[at] == '<' && !is_hopeless(at)) size = tag_size(text.substr(at));
    if (size == 0) {
      ++at;
      continue;
    }
    append_escaped(html, with_typography(text, words, at, options));
    html += text.substr(at, size);
    at += size;
    words = at;
  }
  append_escaped(html, with_typography(text, words, text.size(), options));
  return html;
}

}  // namespace stet::markdown
