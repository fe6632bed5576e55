#include "cms/highlight/lexers/code.h"

namespace stet::highlight {

void Code::read() {
  no_head_until_ = 0;
  has_no_comment_end_ = false;
  Lexer::read();
}

std::size_t Code::spliced_comment() {
  const std::size_t slash = peek() == '/' ? 1 + literal("\\\n", 1) : 0;
  if (slash == 0 || peek(slash) != '*' || has_no_comment_end_) return 0;
  for (std::size_t end = through("*", slash + 1); end > 0; end = through("*", end)) {
    const std::size_t line_end = literal("\\\n", end);
    if (peek(end + line_end) == '/') return end + line_end + 1;
  }
  has_no_comment_end_ = true;
  return 0;
}

std::size_t Code::spaced(const CharSet& digits, std::size_t from) const {
  std::size_t size = run(digits, from);
  while (size > 0) {
    const std::size_t gap = run(CharSet("_"), from + size);
    const std::size_t more = run(digits, from + size + gap);
    if (more == 0) break;
    size += gap + more;
  }
  return size;
}

std::size_t Code::imported() const {
  const std::size_t size = run(kWord | ".");
  return size > 0 ? size + literal("*", size) : 0;
}

std::size_t Code::based(char letter, const CharSet& digits) const {
  if (peek() != '0' || (peek(1) | 0x20) != letter) return 0;
  const std::size_t size = run(digits, 2);
  return size > 0 ? 2 + size : 0;
}

std::size_t Code::quoted_in_line(char quote) const {
  if (peek() != quote) return 0;
  std::size_t last_escaped = 0;
  for (std::size_t at = 1; !ends_line(at); ++at) {
    if (peek(at) == quote) return at + 1;
    if (peek(at) != '\\') continue;
    ++at;
    if (peek(at) == quote) last_escaped = at + 1;
  }
  return last_escaped;
}

std::size_t Code::quoted_to_line_end() const {
  if (peek() != '"') return 0;
  std::size_t last_escaped = 0;
  for (std::size_t at = 1; !ends(at); ++at) {
    if (is(CharSet("\"\n"), at)) return at + 1;
    if (peek(at) != '\\' || !is(CharSet("\\\""), at + 1)) continue;
    ++at;
    if (peek(at) == '"') last_escaped = at + 1;
  }
  return last_escaped;
}

std::size_t Code::doubled_quotes(std::size_t mark) const {
  if (literal("@\"", mark - 1) == 0) return 0;
  std::size_t last_double = 0;
  for (std::size_t at = mark + 1; !ends(at); ++at) {
    if (peek(at) != '"') continue;
    if (peek(at + 1) != '"') return at + 1;
    last_double = ++at;
  }
  return last_double;
}

std::size_t Code::quoted_character() const {
  if (peek() != '\'') return 0;
  const std::size_t begin = peek(1) == '\\' ? 2 : 1;
  const std::size_t size = character_in_line(begin);
  return size > 0 && peek(begin + size) == '\'' ? begin + size + 1 : 0;
}

Code::FunctionHead Code::function_head(const CharSet& head, const CharSet& tail) {
  if (place() < no_head_until_) return {};
  bool has_types = false;
  for (std::size_t begin = run(kSpace);;) {
    const std::size_t size = one(head, begin) > 0 ? 1 + run(tail, begin + 1) : 0;
    const std::size_t end = begin + size;
    const std::size_t gap = run(kSpace, end);
    if (has_types && size > 0 && peek(end + gap) == '(' && run(kWord, begin) == size) {
      return {.types = begin, .name = size, .gap = gap};
    }
    if (size == 0 || gap == 0) {
      no_head_until_ = place() + end;
      return {};
    }
    has_types = true;
    begin = end + gap;
  }
}

}  // namespace stet::highlight
