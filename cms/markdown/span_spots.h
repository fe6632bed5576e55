// Where running text may hold more than text: the next spot that somebody must look at.
//
// A quotation mark is looked at together with the character before it, where nothing has been made
// of that one yet; so is a blank before `>>`, and two before a line's end.
#pragma once

#include <cstddef>
#include <string_view>

#include "cms/markdown/render.h"

namespace stet::markdown {

enum class SpotKind {
  kEnd,  // there is none
  kEmphasis,
  kCode,
  kAngle,
  kBracket,  // `[`, or `![`
  kClosingBracket,
  kQuote,
  kDollars,
  kExtension,
  kEntity,
  kSymbol,
  kLineBreak,
  kBackslash,
  kTildes,
};

struct Spot {
  SpotKind kind = SpotKind::kEnd;
  std::size_t at = 0;  // the end, where there is none
};

// Which of kramdown's span parsers are at work.
struct SpanGrammar {
  bool is_typography_only = false;  // quotes, symbols, entities and HTML
  bool has_typography = true;       // dashes, dots, guillemets
  bool has_line_breaks = true;
  bool has_tildes = true;

  explicit SpanGrammar(const Options& options);
};

class SpotFinder {
 public:
  SpotFinder(std::string_view text, const SpanGrammar& grammar) : text_(text), grammar_(grammar) {}

  // The first in text[from, end); what is in front of `from` has been read. Closing brackets count
  // only where brackets are open.
  Spot next(std::size_t from, std::size_t end, bool is_in_brackets = false) const;
  // Likewise, in HTML whose content is not Markdown: what looks like a tag.
  Spot next_tag(std::size_t from, std::size_t end) const;

 private:
  Spot spot_of(std::size_t at, std::size_t from) const;
  Spot typographic_spot(std::size_t at, std::size_t from) const;
  Spot quote(std::size_t at, std::size_t from) const;
  bool has(std::string_view what, std::size_t at) const {
    return text_.substr(at).starts_with(what);
  }
  bool is_before_quote(std::size_t at) const;

  std::string_view text_;
  const SpanGrammar& grammar_;
};

}  // namespace stet::markdown
