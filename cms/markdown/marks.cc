#include "cms/markdown/marks.h"

#include <array>
#include <cstddef>

#include "cms/markdown/html_text.h"

namespace stet::markdown {
namespace {

// All marks are U+FDD0 to U+FDEF: the bytes EF B7 90 to EF B7 AF.
constexpr std::string_view kMarkStart = "\xEF\xB7";

struct Mark {
  std::string_view mark;
  std::string_view typed;
  std::string_view text;
  std::string_view escaped_text;
};

// The first ones are those that typography would change; FDD7 is a backslash before a character
// that CommonMark lets one escape and kramdown doesn't.
constexpr std::array<Mark, 14> kMarks = {{
    {"\uFDD0", "\\\"", "\"", "\""},
    {"\uFDD1", "\\'", "'", "'"},
    {"\uFDD2", "\\-", "-", "-"},
    {"\uFDD3", "\\.", ".", "."},
    {"\uFDD4", "\\<", "<", "&lt;"},
    {"\uFDD5", "\\>", ">", "&gt;"},
    {"\uFDD6", "&quot;", "\"", "&quot;"},
    {"\uFDD7", "\\", "\\", "\\"},
    {"\uFDD8", "\\{", "{", "{"},
    {"\uFDD9", "\\~", "~", "~"},
    {"\uFDDA", "&#39;", "'", "'"},
    {"\uFDDB", "&apos;", "'", "'"},
    {kGuillemetMark, "<<", "<<", "&lt;&lt;"},
    {kNothingMark, "", "", ""},
}};
constexpr const Mark& kBackslash = kMarks[7];
constexpr std::string_view kNotEscapableInKramdown = "%&,/;?@^";

bool is_mark(std::string_view text) {
  const auto last = text.size() < 3 ? 0 : static_cast<unsigned char>(text[2]);
  return text.starts_with(kMarkStart) && last >= 0x90 && last <= 0xAF;
}

const Mark* mark_typed_at(std::string_view rest) {
  for (const Mark& mark : kMarks) {
    if (&mark == &kBackslash || mark.typed.empty()) continue;
    if (rest.starts_with(mark.typed)) return &mark;
  }
  const bool is_literal =
      rest[0] == '\\' && rest.size() > 1 && kNotEscapableInKramdown.find(rest[1]) != rest.npos;
  return is_literal ? &kBackslash : nullptr;
}

std::string_view shown(const Mark& mark, Place place) {
  switch (place) {
    case Place::kText: return mark.text;
    case Place::kEscapedText: return mark.escaped_text;
    case Place::kCode:
    case Place::kSource: break;
  }
  return mark.typed;
}

}  // namespace

std::string with_marks(std::string_view source) {
  std::string marked;
  marked.reserve(source.size());
  for (std::size_t i = 0; i < source.size();) {
    const std::string_view rest = source.substr(i);
    const char c = rest[0];
    if (c != '\\' && c != '&' && c != '<' && c != kMarkStart[0]) {
      marked += c;
      ++i;
    } else if (is_mark(rest)) {
      marked += "\uFFFD";
      i += 3;
    } else if (const Mark* mark = mark_typed_at(rest)) {
      marked += mark->mark;
      i += mark->typed.size();
    } else {
      // Both bytes of an escape at once, so that the second backslash of `\\"` escapes nothing.
      const std::size_t taken = c == '\\' && rest.size() > 1 && rest[1] == '\\' ? 2 : 1;
      marked += rest.substr(0, taken);
      i += taken;
    }
  }
  return marked;
}

std::string without_marks(std::string_view text, Place place) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0;;) {
    const std::size_t next = text.find(kMarkStart, at);
    plain += text.substr(at, next - at);
    if (next == text.npos) return plain;
    const std::string_view rest = text.substr(next);
    const Mark* known = nullptr;
    for (const Mark& mark : kMarks) {
      if (rest.starts_with(mark.mark)) known = &mark;
    }
    // Arabic presentation forms begin with the same two bytes.
    plain += known == nullptr ? kMarkStart : shown(*known, place);
    at = next + (known == nullptr ? kMarkStart.size() : known->mark.size());
  }
}

std::size_t mark_size(std::string_view text) { return is_mark(text) ? 3 : 0; }

std::string escaped(std::string_view text) {
  std::string html;
  append_escaped(html, text);
  return html;
}

}  // namespace stet::markdown
