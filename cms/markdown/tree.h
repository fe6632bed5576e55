// A Markdown document as a tree: cmark's nodes, and beside them what kramdown knows and cmark
// doesn't.
//
// A table, its parts, and an HTML element whose content is Markdown are nodes of cmark's kind
// CUSTOM_BLOCK, told apart by Facts::extra. Source positions are cmark's, lines of the original
// source where the reader says so. Ownership: the tree frees its nodes. Threads: one at a time.
#pragma once

#include <cmark.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stet::markdown {

// HTML attributes in the order in which they were first given; at most attributes_max, more are
// dropped.
class Attributes {
 public:
  static constexpr std::size_t attributes_max = 200;

  void set(std::string_view name, std::string_view value);
  void add_class(std::string_view name);   // after those already there
  void add_all(const Attributes& others);  // classes added, all else set

  const std::string* find(std::string_view name) const;
  bool empty() const { return entries_.empty(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  std::string* value_of(std::string_view name);

  std::vector<std::pair<std::string, std::string>> entries_;
};

enum class Extra {
  kNone,

  // Blocks.
  kTable,
  kTableHead,
  kTableBody,
  kTableFoot,
  kTableRow,
  kTableHeaderCell,
  kTableCell,
  kHtmlElement,  // Facts::text is its name; the children, if any
  kDefinitionList,
  kDefinitionTerm,
  kDefinition,
  kMathBlock,  // Facts::text is the formula

  // Within a line of text. What is written just as it is (a comment, an entity that must stay one,
  // `{::nomarkdown}`) is a CMARK_NODE_HTML_INLINE.
  kStrikethrough,
  kSpanElement,   // Facts::text is its name; the children
  kMathSpan,      // Facts::text is the formula
  kFootnoteMark,  // Facts::text is the footnote's name
  kAbbreviation,  // <abbr>, the children; its title is an attribute
};

struct Facts {
  // All of them, in kramdown's order: of a link its href and title too, of an image src and alt.
  Attributes attributes;
  Extra extra = Extra::kNone;
  std::string text;             // as Extra says; of a header, what was typed
  bool is_transparent = false;  // a paragraph whose tags are not written: the text of a tight item
  bool is_inside_html = false;  // of a header: an id by kramdown's own rule, not by GitHub's
  bool is_standalone = false;   // of an image `{:standalone}`: alone in a paragraph, it is a figure
  bool is_footnotes = false;    // a list in whose place the footnotes stand
  bool is_toc = false;          // a list in whose place the table of contents stands
  bool is_unlisted = false;     // of a header: not in the table of contents
  bool has_blank_before = false;  // of a block that isn't the first of its parent
  std::string open_tag;
  std::string close_tag;
};

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using NodeOwner = std::unique_ptr<cmark_node, FreeNode>;

class Tree {
 public:
  explicit Tree(NodeOwner root) : root_(std::move(root)) {}

  cmark_node* root() const { return root_.get(); }

  // The facts of a node, empty ones until somebody fills them in.
  Facts& facts(cmark_node* node);
  static const Facts& facts_of(cmark_node* node);  // never changes the node
  cmark_node* make(Extra extra);                   // to be put into this tree by the caller

  // Hangs the children of another tree's node below `parent`, as its last ones, with their facts.
  void adopt(Tree& other, cmark_node* from, cmark_node* parent);

 private:
  std::deque<Facts> facts_;  // before root_: nodes point into it until they are freed
  std::vector<std::shared_ptr<void>> adopted_;
  NodeOwner root_;
};

// Moves all children of `from` to the end of `to`.
void move_children(cmark_node* from, cmark_node* to);

// The text that a reader sees: of text and code, line breaks as blanks.
std::string plain_text(cmark_node* node);

// Calls visit(node, is_entering) for the node and all below it. The node just left may be changed,
// and even freed, when it is left; never one that is still open.
template <typename Visit>
void walk(cmark_node* node, Visit visit) {
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> iterator(cmark_iter_new(node),
                                                                         &cmark_iter_free);
  for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    visit(cmark_iter_get_node(iterator.get()), event == CMARK_EVENT_ENTER);
  }
}

// All nodes of one kind, in the order of the document; then they may be changed at will.
std::vector<cmark_node*> nodes_of_type(cmark_node* root, cmark_node_type type);

}  // namespace stet::markdown
