// The first pass over a source: everything of kramdown's that cmark would misread is cut out, and
// replaced by a comment with a number, which cmark hands on in the right place of its tree.
//
// Cut out: whole HTML elements (kramdown reads them to their end tag, across blank lines),
// attribute lists on lines of their own, `{::comment}` and `{::nomarkdown}`, the marker `^` that
// ends a block.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/markdown/attribute_list.h"
#include "cms/markdown/html_element.h"
#include "storage/base/problem.h"

namespace stet::markdown {

enum class CutKind { kNothing, kHtml, kAttributes };

struct Cut {
  CutKind kind = CutKind::kNothing;  // kNothing: a block ends here, and nothing is written
  std::string typed;                 // what stood there, without a line feed at its end
  HtmlElement element;               // of kHtml
  std::string html;                  // of kHtml; ends with a line feed
  AttributeList attributes;          // of kAttributes
  int line = 0;                      // where it began, from 1, in the source
};

struct PreparedSource {
  std::string text;
  std::vector<Cut> cuts;
  std::vector<std::size_t> line_begins;  // of `text`, by line from 0; one more: its size
  AttributeDefinitions definitions;
  std::string link_definitions;  // `[name]: url` lines, for text that is parsed on its own
  Problems problems;

  // A line of `text`, from 1 as cmark counts; "" where there is none.
  std::string_view line(int number) const;
};

// No text between blocks: blanks, and what marks a quotation.
bool is_blank_line(std::string_view line);

// `first_line` is the number of the first line, of a source that stands inside another one.
PreparedSource prepare(std::string_view source, int first_line);

// The cut that a literal of cmark's stands for, alone; none if it is anything else.
const Cut* cut_of(const PreparedSource& prepared, std::string_view literal);

// What was typed, where a cut turns out to stand inside something else: code, or HTML of cmark's.
std::string with_cuts_restored(const PreparedSource& prepared, std::string_view literal);

}  // namespace stet::markdown
