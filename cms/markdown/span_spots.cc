#include "cms/markdown/span_spots.h"

#include <algorithm>
#include <array>

#include "cms/markdown/characters.h"
#include "cms/markdown/html_tag.h"
#include "cms/markdown/smart_quotes.h"

namespace stet::markdown {
namespace {

constexpr std::array<bool, 256> table_of(std::string_view characters) {
  std::array<bool, 256> table{};
  for (const char c : characters) table[static_cast<unsigned char>(c)] = true;
  return table;
}

constexpr std::array<bool, 256> kInteresting = table_of("*_`<[]!\"'${&.->\\~\n");

}  // namespace

SpanGrammar::SpanGrammar(const Options& options)
    : is_typography_only(options.is_typography_only),
      has_typography(!(options.is_gfm_input && options.has_no_typography_quirk)),
      has_line_breaks(!(options.is_gfm_input && options.hard_wrap)),
      has_tildes(options.is_gfm_input) {}

Spot SpotFinder::next(std::size_t from, std::size_t end, bool is_in_brackets) const {
  const auto is_interesting = [&](std::size_t at) {
    return kInteresting[static_cast<unsigned char>(text_[at])];
  };
  for (std::size_t at = from; at < end; ++at) {
    while (at + 4 <= end && !(is_interesting(at) | is_interesting(at + 1) | is_interesting(at + 2) |
                              is_interesting(at + 3))) {
      at += 4;
    }
    if (at >= end) break;
    if (!is_interesting(at)) continue;
    // What most of them are, and nobody must look at.
    const char c = text_[at];
    if (c == ']' && !is_in_brackets) continue;
    if (c == '.' && !has("...", at)) continue;
    if (c == '\n' && (at == from || text_[at - 1] != ' ')) continue;
    const Spot spot = spot_of(at, from);
    if (spot.kind != SpotKind::kEnd) return spot;
  }
  return {SpotKind::kEnd, end};
}

Spot SpotFinder::next_tag(std::size_t from, std::size_t end) const {
  for (std::size_t at = text_.find('<', from); at < end; at = text_.find('<', at + 1)) {
    const std::string_view rest = text_.substr(at + 1);
    if (rest.starts_with('/') || rest.starts_with("!--") || html_name_length(rest) > 0) {
      return {SpotKind::kAngle, at};
    }
  }
  return {SpotKind::kEnd, end};
}

bool SpotFinder::is_before_quote(std::size_t at) const {
  return at + 1 < text_.size() && is_quote(text_[at + 1]);
}

Spot SpotFinder::spot_of(std::size_t at, std::size_t from) const {
  constexpr Spot kNone;
  switch (text_[at]) {
    case '"':
    case '\'': return quote(at, from);
    case '<':
    case '>':
    case '.':
    case '-':
    case '&': return typographic_spot(at, from);
    case '\\':
      if (grammar_.is_typography_only && !has("\\<<", at) && !has("\\>>", at)) return kNone;
      return {SpotKind::kBackslash, at};
    default: break;
  }
  if (grammar_.is_typography_only) return kNone;
  switch (text_[at]) {
    case '*':
    case '_': return {SpotKind::kEmphasis, at};
    case '`': return {SpotKind::kCode, at};
    case '[': return {SpotKind::kBracket, at};
    case ']': return {SpotKind::kClosingBracket, at};
    case '!': return has("![", at) ? Spot{SpotKind::kBracket, at} : kNone;
    case '$': return has("$$", at) ? Spot{SpotKind::kDollars, at} : kNone;
    case '{': return has("{:", at) ? Spot{SpotKind::kExtension, at} : kNone;
    case '~': return grammar_.has_tildes && has("~~", at) ? Spot{SpotKind::kTildes, at} : kNone;
    case '\n':
      return grammar_.has_line_breaks && at >= from + 2 && has("  ", at - 2)
                 ? Spot{SpotKind::kLineBreak, at - 2}
                 : kNone;
    default: return kNone;
  }
}

Spot SpotFinder::typographic_spot(std::size_t at, std::size_t from) const {
  constexpr Spot kNone;
  const char c = text_[at];
  if (c == '&') return is_before_quote(at) ? kNone : Spot{SpotKind::kEntity, at};
  const bool is_symbol = grammar_.has_typography &&
                         (has("--", at) || has("...", at) || has("<<", at) || has(">>", at));
  if (is_symbol && c == '>' && at > from && text_[at - 1] == ' ')
    return {SpotKind::kSymbol, at - 1};
  if (is_symbol) return {SpotKind::kSymbol, at};
  if (c != '<' || is_before_quote(at)) return kNone;
  return {SpotKind::kAngle, at};
}

Spot SpotFinder::quote(std::size_t at, std::size_t from) const {
  if (at == from) return {SpotKind::kQuote, at};
  const std::size_t before = std::max(character_before(text_, at), from);
  return {SpotKind::kQuote, text_[before] == '\\' ? at : before};
}

}  // namespace stet::markdown
