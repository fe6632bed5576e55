#include "api/docs/prose.h"

#include <algorithm>

#include "api/docs/html.h"
#include "api/docs/written_texts.h"
#include "cms/markdown/render.h"

namespace stet::docs {
namespace {

constexpr std::string_view kFence = "```", kExample = "example ";

std::string_view first_line(std::string_view text) {
  return text.substr(0, std::min(text.find('\n'), text.size()));
}

// The line that begins with a fence, from `from` on; npos: there is none.
std::size_t find_fence(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    if (text.substr(from).starts_with(kFence)) return from;
    std::size_t end = text.find('\n', from);
    if (end == std::string_view::npos) return end;
    from = end + 1;
  }
  return std::string_view::npos;
}

std::string block_html(std::string_view kind, std::string_view code) {
  if (!code.empty() && code.back() == '\n') code.remove_suffix(1);
  if (!kind.starts_with(kExample)) return code_html(code);
  kind.remove_prefix(kExample.size());
  std::size_t blank = std::min(kind.find(' '), kind.size());
  std::string_view status = kind.substr(0, blank);
  kind.remove_prefix(std::min(blank + 1, kind.size()));
  return example_html(kind, code, status == "ok" ? "ends well" : status);
}

// A wide table moves within its frame, on a small screen too.
std::string with_framed_tables(std::string html) {
  constexpr std::string_view kOpen = "<table>", kClose = "</table>";
  for (std::size_t at = 0; (at = html.find(kOpen, at)) != std::string::npos;) {
    std::string opened = table_frame("Table") + std::string(kOpen);
    html.replace(at, kOpen.size(), opened);
    at += opened.size();
  }
  for (std::size_t at = 0; (at = html.find(kClose, at)) != std::string::npos; at += kClose.size()) {
    html.insert(at + kClose.size(), "</div>");
  }
  return html;
}

std::string markdown_html(std::string_view markdown) {
  return with_framed_tables(markdown::render(markdown, {}).html);
}

}  // namespace

std::string_view text_of(std::string_view name) {
  for (const WrittenText& written : kTexts) {
    if (written.name == name) return written.text;
  }
  return "";
}

std::string prose_html(std::string_view markdown) {
  std::string html;
  while (true) {
    std::size_t open = find_fence(markdown, 0);
    if (open == std::string_view::npos) return html + markdown_html(markdown);
    std::size_t code = markdown.find('\n', open) + 1;
    std::size_t close = find_fence(markdown, code);
    if (close == std::string_view::npos) return html + markdown_html(markdown);
    html += markdown_html(markdown.substr(0, open));
    std::string_view kind = first_line(markdown.substr(open + kFence.size()));
    html += block_html(kind, markdown.substr(code, close - code));
    std::size_t end = markdown.find('\n', close);
    markdown.remove_prefix(end == std::string_view::npos ? markdown.size() : end + 1);
  }
}

std::string changelog_html() {
  std::string_view text = text_of("changelog");
  // The page has a title of its own.
  if (text.starts_with("# ")) text.remove_prefix(first_line(text).size());
  return markdown_html(text);
}

}  // namespace stet::docs
