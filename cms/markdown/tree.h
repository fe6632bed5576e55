// A Markdown document as a tree: cmark's nodes, and beside them what kramdown knows and cmark
// doesn't.
//
// What cmark has no kind for is a node of its kinds CUSTOM_BLOCK and CUSTOM_INLINE, told apart by
// Facts::extra. Blank lines, and what is written as it is, are HTML_BLOCKs. Ownership: the tree
// frees its nodes. Threads: one at a time.
#pragma once

#include <cmark-gfm.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
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

  void remove(std::string_view name);

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
  kComment,    // Facts::text, of HTML

  // Within a line of text. What is written just as it is (a comment, an entity that must stay one,
  // `{::nomarkdown}`) is a CMARK_NODE_HTML_INLINE.
  kStrikethrough,
  kSpanElement,   // Facts::text is its name; the children
  kMathSpan,      // Facts::text is the formula
  kFootnoteMark,  // Facts::text is the footnote's name
  kAbbreviation,  // <abbr>, the children; its title is an attribute
};

// How the content of an HTML element is read when it is read as Markdown.
enum class HtmlContent { kRaw, kBlock, kSpan };

struct Facts {
  // All of them, in kramdown's order: of a link its href and title too, of an image src and alt.
  Attributes attributes;
  Extra extra = Extra::kNone;
  std::string text;                         // as Extra says; of a header, what was typed
  HtmlContent content = HtmlContent::kRaw;  // of an HTML element, as it was read
  bool is_closed = false;                   // of an HTML element: <br />
  bool is_transparent = false;  // a paragraph whose tags are not written: the text of a tight item
  bool is_standalone = false;   // of an image `{:standalone}`: alone in a paragraph, it is a figure
  bool is_footnotes = false;    // a list in whose place the footnotes stand
  bool is_toc = false;          // a list in whose place the table of contents stands
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

  // What stands in footnotes, by their names: the children of each node.
  std::map<std::string, NodeOwner, std::less<>>& footnotes() { return footnotes_; }
  const std::map<std::string, NodeOwner, std::less<>>& footnotes() const { return footnotes_; }

 private:
  std::deque<Facts> facts_;  // before root_: nodes point into it until they are freed
  NodeOwner root_;
  std::map<std::string, NodeOwner, std::less<>> footnotes_;
};

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

}  // namespace stet::markdown
