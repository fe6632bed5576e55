// Where an HTML element begins and ends in text: enough of a reader to carry it past a Markdown
// parser.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cms/markdown/tree.h"

namespace stet::markdown {

// How kramdown reads the content of an element that says markdown="1".
enum class ContentModel { kRaw, kBlock, kSpan };

struct HtmlElement {
  std::string name;                           // in lower case
  std::size_t open_end = 0;                   // behind the start tag
  std::size_t close_begin = 0;                // of the end tag; the end of the text where none is
  std::size_t end = 0;                        // behind the element
  bool is_closed = true;                      // false: its end tag is missing
  ContentModel content = ContentModel::kRaw;  // as its own markdown attribute asks
  std::string open_tag;                       // the start tag without that attribute
};

// Does an element of a line of text (<em>, <a>), or its end tag, begin here?
bool begins_span_element(std::string_view text);

// The first element from `from` on whose start tag asks for Markdown inside it.
struct MarkdownElement {
  std::size_t begin = 0;
  HtmlElement element;  // counted from `begin`
};
std::optional<MarkdownElement> markdown_element_in(std::string_view text, std::size_t from);

// A start tag with attributes of ours: classes are added to its own, others only where it has none.
std::string with_attributes(std::string_view open_tag, const Attributes& attributes);

// The block element, comment, declaration or processing instruction at the start of `text`; nothing
// where there is none, or where an element of a line of text (<em>, <a>) begins. Without its end
// tag an element reaches to the end. Linear in what it spans.
std::optional<HtmlElement> block_element_at(std::string_view text);

}  // namespace stet::markdown
