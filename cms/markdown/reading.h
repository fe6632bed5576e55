// What the parts of one Markdown document share while kramdown's reader reads it.
//
// Blocks are read first, and note what the whole document defines; running text is read after all
// blocks, when every definition is known. Threads: one at a time; lives for one reading.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cms/markdown/attribute_list.h"
#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// `[id]: url "title"`
struct LinkDefinition {
  std::string url;
  std::string title;
  bool has_title = false;
  AttributeList attributes;
};

// `[^name]: blocks`. The content belongs to the tree, outside of its root, until it is written at
// the document's end.
struct FootnoteDefinition {
  int line = 0;
  bool is_mentioned = false;  // by a mark in running text: set by the reader of spans
};

// `*[HTML]: Hyper Text Markup Language`
struct Abbreviation {
  std::string meaning;
  AttributeList attributes;
};

struct Reading {
  Tree& tree;
  Options options;  // as the site has them, and {::options} of the document
  Problems& problems;
  std::map<std::string, LinkDefinition, std::less<>> links;  // by link_id
  AttributeDefinitions attribute_lists;
  std::map<std::string, FootnoteDefinition, std::less<>> footnotes;  // by name
  std::map<std::string, Abbreviation, std::less<>> abbreviations;    // by what is abbreviated
};

// How names of link definitions are compared: without case, runs of blanks as one.
std::string link_id(std::string_view name);

// Reads running text into nodes below `parent`, as its last children: kramdown's span grammar.
// Line feeds stay in the text of CMARK_NODE_TEXT, whose `&name;` and `&#1;` are written as they
// are; where kramdown has a `br`, there is a CMARK_NODE_LINEBREAK, and the text behind it begins
// with the line feed. `line` is that of the text's first line in the source, for problems. Linear
// in the text.
void read_spans(Reading& reading, cmark_node* parent, std::string_view text, int line);

}  // namespace stet::markdown
