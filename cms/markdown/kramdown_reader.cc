#include "cms/markdown/kramdown_reader.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cms/markdown/block_passes.h"
#include "cms/markdown/header_ids.h"
#include "cms/markdown/html_element.h"
#include "cms/markdown/inline_batch.h"
#include "cms/markdown/inline_passes.h"
#include "cms/markdown/prepared_source.h"
#include "cms/markdown/strikethrough.h"
#include "cms/markdown/table_of_contents.h"
#include "cms/markdown/tables.h"
#include "cms/markdown/task_lists.h"
#include "cms/markdown/typography.h"

namespace stet::markdown {
namespace {

// HTML elements with Markdown inside, in one another; deeper ones are HTML as it is.
constexpr int kNestedMax = 16;
// How often definitions of links are parsed again, for elements that may refer to them, ends here.
constexpr std::size_t kRepeatedBytesMax = std::size_t{4} << 20;

class Reader {
 public:
  explicit Reader(Problems& problems) : problems_(problems) {}

  Tree read(std::string_view source, std::string_view link_definitions, int first_line, int depth) {
    PreparedSource prepared = prepare(source, first_line);
    problems_.insert(problems_.end(), prepared.problems.begin(), prepared.problems.end());
    prepared.link_definitions += link_definitions;
    Tree tree(parse_with_cmark(prepared.text + "\n\n" + affordable(link_definitions)));
    merge_lists(tree);
    note_blank_lines(tree, prepared);
    attach_attributes(tree, prepared);
    for (const HtmlPlace& place : restore_html(tree, prepared)) {
      if (!place.cut->element.name.empty()) finish_element(tree, place, prepared, depth);
    }
    loosen_items(tree, prepared);
    make_tables(tree, prepared, affordable(prepared.link_definitions));
    run_inline_passes(tree, prepared);
    return tree;
  }

 private:
  std::string affordable(std::string_view link_definitions) {
    repeated_bytes_ += link_definitions.size();
    return repeated_bytes_ > kRepeatedBytesMax ? "" : std::string(link_definitions);
  }

  // An HTML block that is one element gets the attributes meant for it, and elements that ask for
  // it, it or some inside it, have their content read.
  void finish_element(Tree& tree,
                      const HtmlPlace& place,
                      const PreparedSource& prepared,
                      int depth) {
    const HtmlElement& element = place.cut->element;
    std::string html = cmark_node_get_literal(place.node);
    const Facts& facts = Tree::facts_of(place.node);
    const std::size_t begin = html.find('<');
    std::string open_tag = element.open_tag;
    if (!facts.attributes.empty()) open_tag = with_attributes(open_tag, facts.attributes);
    if (element.content != ContentModel::kRaw && depth < kNestedMax) {
      cmark_node* node = add_element(tree, place, element, open_tag);
      read_inside(tree, node, {html, begin, element, place.cut->line}, prepared, depth);
      cmark_node_free(place.node);
      return;
    }
    html.replace(begin, element.open_end, open_tag);
    if (depth < kNestedMax && html.find("markdown=") != html.npos) {
      split(tree, place, html, prepared, depth);
    } else {
      cmark_node_set_literal(place.node, html.c_str());
    }
  }

  cmark_node* add_element(Tree& tree,
                          const HtmlPlace& place,
                          const HtmlElement& element,
                          const std::string& open_tag) {
    cmark_node* node = tree.make(Extra::kHtmlElement);
    Facts& facts = tree.facts(node);
    facts.has_blank_before = Tree::facts_of(place.node).has_blank_before;
    facts.open_tag = open_tag;
    facts.close_tag = "</" + element.name + ">";
    cmark_node_insert_before(place.node, node);
    return node;
  }

  // HTML that stays as it is, around elements inside it that ask for Markdown.
  void split(Tree& tree,
             const HtmlPlace& place,
             const std::string& html,
             const PreparedSource& prepared,
             int depth) {
    std::size_t at = 0;
    while (const std::optional<MarkdownElement> found = markdown_element_in(html, at)) {
      add_html(place.node, html.substr(at, found->begin - at));
      cmark_node* node = add_element(tree, place, found->element, found->element.open_tag);
      tree.facts(node).has_blank_before = false;
      read_inside(
          tree, node, {html, found->begin, found->element, place.cut->line}, prepared, depth);
      at = found->begin + found->element.end;
    }
    cmark_node_set_literal(place.node, html.substr(at).c_str());
    if (at > 0) tree.facts(place.node).has_blank_before = false;
  }

  void add_html(cmark_node* before, std::string html) {
    cmark_node* node = cmark_node_new(CMARK_NODE_HTML_BLOCK);
    if (!html.ends_with('\n')) html += '\n';
    cmark_node_set_literal(node, html.c_str());
    cmark_node_insert_before(before, node);
  }

  struct Inside {
    const std::string& html;
    std::size_t begin;
    const HtmlElement& element;
    int line;
  };

  void read_inside(Tree& tree,
                   cmark_node* node,
                   const Inside& inside,
                   const PreparedSource& prepared,
                   int depth) {
    const HtmlElement& element = inside.element;
    const std::string_view content =
        std::string_view(inside.html)
            .substr(inside.begin + element.open_end, element.close_begin - element.open_end);
    if (element.content == ContentModel::kSpan) {
      const std::vector<NodeOwner> paragraphs =
          read_inlines({std::string(content)}, affordable(prepared.link_definitions));
      move_children(paragraphs.front().get(), node);
      return;
    }
    Tree inner = read(content, prepared.link_definitions, inside.line, depth + 1);
    for (cmark_node* header : nodes_of_type(inner.root(), CMARK_NODE_HEADING)) {
      inner.facts(header).is_inside_html = true;
    }
    tree.adopt(inner, inner.root(), node);
  }

  Problems& problems_;
  std::size_t repeated_bytes_ = 0;
};

}  // namespace

Tree read_kramdown(std::string_view source, const Options& options, Problems& problems) {
  Tree tree = Reader(problems).read(source, "", 1, 0);
  if (options.is_gfm_input) {
    make_task_lists(tree);
    make_strikethrough(tree);
  }
  set_typography(tree, options);
  if (options.auto_ids) assign_header_ids(tree, options);
  place_table_of_contents(tree, options);
  return tree;
}

}  // namespace stet::markdown
