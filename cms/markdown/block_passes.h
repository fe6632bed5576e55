// What a tree of cmark's learns about its blocks: blank lines, attributes, HTML, tight items.
#pragma once

#include <vector>

#include "cms/markdown/prepared_source.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// kramdown sees one list where the marks of items differ; CommonMark, two.
void merge_lists(Tree& tree);

// Where a blank line of the source parts a block from the one before it, kramdown writes one too.
void note_blank_lines(Tree& tree, const PreparedSource& prepared);

// Gives the attribute lists that stand on lines of their own to the block above, or, where a blank
// line parts them from it, to the one below; takes the lists out of the tree.
void attach_attributes(Tree& tree, const PreparedSource& prepared);

struct HtmlPlace {
  cmark_node* node;  // the HTML block that now holds the whole element
  const Cut* cut;
};

// Puts the elements that were cut out back. Inside of anything else, what was typed comes back.
std::vector<HtmlPlace> restore_html(Tree& tree, const PreparedSource& prepared);

// kramdown's rule, item by item: the first paragraph of an item has no <p> unless a blank line
// follows it; the last item goes with the others.
void loosen_items(Tree& tree, const PreparedSource& prepared);

}  // namespace stet::markdown
