// A text whose blocks are being read, and how far the reader has come.
//
// Blocks inside of others (a quote's, an item's) have texts of their own; blocks inside of HTML go
// on in the same one. What may be looked for far ahead is remembered, so that reading is linear
// however often the same thing is missing.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "cms/markdown/block_lines.h"
#include "cms/markdown/html_tag.h"

namespace stet::markdown {

// `{: ...}` alone on its line, or lines: what is between the colon and the brace.
struct BracedLine {
  std::size_t begin = kNowhere;
  std::size_t end = 0;
  std::size_t line_end = 0;

  explicit operator bool() const { return begin != kNowhere; }
};

class BlockSource {
 public:
  // `line` is that of the text's first line in the document. The text must outlive the source.
  BlockSource(std::string_view text, int line) : html(text), text_(text), counted_line_(line) {}

  std::string_view text() const { return text_; }
  std::string_view rest() const { return text_.substr(at_); }
  bool at_end() const { return at_ >= text_.size(); }
  std::size_t at() const { return at_; }
  void go_to(std::size_t at) { at_ = at; }  // never back behind a position whose line was asked for
  int line();                               // of the position
  void return_to(std::size_t at, int line);  // a position and its line

  // The first brace that no backslash escapes.
  std::size_t closing_brace(std::size_t from);
  BracedLine attribute_line(std::size_t at, std::size_t spaces_max);
  // What ends a paragraph whatever follows: a blank line, an attribute list, ^, an HTML block.
  bool ends_lazily(std::size_t at);
  // The same, or the end: what must stand behind a table or a formula.
  bool is_boundary(std::size_t at);

  // Where `what` is next; each `slot` stands for one thing that is looked for again and again.
  enum Slot { kMathEnd, kCommentStop, kNoMarkdownStop, kOptionsStop, kSlots };
  std::size_t find(Slot slot, std::string_view what, std::size_t from);
  bool is_missing(Slot slot, std::size_t from) const { return from >= missing_from_[slot]; }
  void note_missing(Slot slot, std::size_t from) { missing_from_[slot] = from; }

  // Fences: no line of at least so many tildes (0) or ticks (1) ends a block from here on.
  std::array<std::size_t, 2> unclosed_fence = {kNowhere, kNowhere};

  HtmlScanner html;

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;  // line feeds before it are in counted_line_
  int counted_line_;
  std::size_t brace_from_ = kNowhere;  // the last search for a brace, and what it found
  std::size_t brace_ = 0;
  std::array<std::size_t, kSlots> missing_from_ = {kNowhere, kNowhere, kNowhere, kNowhere};
};

}  // namespace stet::markdown
