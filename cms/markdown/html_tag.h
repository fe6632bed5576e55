// HTML tags as kramdown knows them: where one begins in a text, what it says, and what it is for.
//
// kramdown's idea of a tag is narrower than a browser's: values without quotes are words, names
// are XML's. What doesn't fit is text. Threads: a scanner belongs to one; the tables to all.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cms/markdown/tree.h"

namespace stet::markdown {

// What HTML's elements are for; names in lower case.
bool is_html_element(std::string_view name);   // any that kramdown has heard of
bool is_span_element(std::string_view name);   // of a line of text: <em>, <a>
bool is_block_element(std::string_view name);  // <div>, <table>; <script> is neither
bool has_no_body(std::string_view name);       // <br>, <img>
HtmlContent content_of(std::string_view name);

struct HtmlTag {
  std::string name;  // in lower case where HTML knows it
  Attributes attributes;
  bool is_closed = false;  // <br/>
  std::size_t end = 0;     // behind it, in the scanner's text
};

struct HtmlEndTag {
  std::string_view name;  // as typed
  std::size_t end = 0;
};

// Reads tags of one text, from any position on, in linear time for all positions together: what was
// looked for once and is not there is not looked for again.
class HtmlScanner {
 public:
  explicit HtmlScanner(std::string_view text) : text_(text) {}

  std::optional<HtmlTag> start_tag(std::size_t at);
  std::optional<HtmlEndTag> end_tag(std::size_t at) const;
  // The positions behind what begins here; npos where none does, or where it never ends.
  std::size_t comment_end(std::size_t at);      // <!-- -->
  std::size_t instruction_end(std::size_t at);  // <? ?>

 private:
  bool attribute(std::size_t& at, Attributes& attributes, bool is_html);
  bool value(std::size_t& at, std::string_view& value);
  std::size_t find_once(std::string_view closing, std::size_t from, std::size_t& missing_from);

  std::string_view text_;
  // From these positions on, there is no more of it.
  std::size_t no_double_quote_ = std::string_view::npos;
  std::size_t no_single_quote_ = std::string_view::npos;
  std::size_t no_comment_end_ = std::string_view::npos;
  std::size_t no_instruction_end_ = std::string_view::npos;
};

// The bytes of an XML name with an optional prefix (a:b) at the start of `text`, 0 if none is.
std::size_t html_name_length(std::string_view text);

}  // namespace stet::markdown
