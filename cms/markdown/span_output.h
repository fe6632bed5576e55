// What has been read of running text becomes nodes here: text in one piece, as long as nothing
// stands between.
//
// Without a parent nothing is made: somebody only looks where something ends, and what kramdown
// asks of the nodes read so far is still known.
#pragma once

#include <cmark-gfm.h>

#include <string>
#include <string_view>

#include "cms/markdown/reading.h"

namespace stet::markdown {

class SpanOutput {
 public:
  struct Rules {
    bool has_hard_breaks = false;    // line feeds (hard_wrap), or those behind a backslash, break
    bool has_abbreviations = false;  // are looked for
    bool is_block = false;           // the parent: a line feed at its end breaks nothing
  };

  SpanOutput(Reading& reading, cmark_node* parent, Rules rules)
      : reading_(reading), parent_(parent), rules_(rules) {}
  explicit SpanOutput(Reading& reading) : SpanOutput(reading, nullptr, {}) {}

  bool is_dry() const { return parent_ == nullptr; }
  Rules rules() const { return rules_; }

  void add_text(std::string_view text);
  // Text that to kramdown is an element: attributes behind it are its own, and lost.
  void add_character(std::string_view text);
  // Takes a node, or null where nothing is made.
  void add_node(cmark_node* node);
  void add_html(std::string_view html);
  void finish();

  bool is_empty() const { return last_ == Last::kNothing; }
  bool ends_with_text() const { return last_ == Last::kNothing || last_ == Last::kText; }
  cmark_node* last_node() const { return last_node_; }  // null where the last is none

 private:
  enum class Last { kNothing, kText, kElement };

  void flush(bool is_last);
  void append_text(std::string_view text);
  void append_lines(std::string_view text, bool is_last);

  Reading& reading_;
  cmark_node* parent_;
  Rules rules_;
  Last last_ = Last::kNothing;
  cmark_node* last_node_ = nullptr;
  std::string text_;
};

}  // namespace stet::markdown
