#include "cms/markdown/kramdown_reader.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "cms/markdown/block_passes.h"
#include "cms/markdown/header_ids.h"
#include "cms/markdown/inline_batch.h"
#include "cms/markdown/inline_passes.h"
#include "cms/markdown/prepared_source.h"
#include "cms/markdown/table_of_contents.h"
#include "cms/markdown/tables.h"
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
    note_blank_lines(tree, prepared);
    attach_attributes(tree, prepared);
    for (const HtmlPlace& place : restore_html(tree, prepared)) {
      if (depth < kNestedMax) read_inside(tree, place, prepared, depth);
    }
    loosen_items(tree, prepared);
    make_tables(tree, prepared);
    run_inline_passes(tree, prepared.definitions);
    return tree;
  }

 private:
  std::string affordable(std::string_view link_definitions) {
    repeated_bytes_ += link_definitions.size();
    return repeated_bytes_ > kRepeatedBytesMax ? "" : std::string(link_definitions);
  }

  void read_inside(Tree& tree, const HtmlPlace& place, const PreparedSource& prepared, int depth) {
    const Cut& cut = *place.cut;
    const HtmlElement& element = cut.element;
    if (element.content == ContentModel::kRaw) return;
    const std::size_t begin = cut.typed.find('<');
    const std::string_view whole = std::string_view(cut.typed).substr(begin);
    const std::string_view content =
        whole.substr(element.open_end, element.close_begin - element.open_end);
    cmark_node* node = tree.make(Extra::kHtmlElement);
    Facts& facts = tree.facts(node);
    facts.has_blank_before = Tree::facts_of(place.node).has_blank_before;
    facts.open_tag = element.open_tag;
    facts.close_tag = "</" + element.name + ">";
    cmark_node_replace(place.node, node);
    cmark_node_free(place.node);
    if (element.content == ContentModel::kSpan) {
      read_text(content, prepared, node);
    } else {
      Tree inner = read(content, prepared.link_definitions, cut.line, depth + 1);
      for (cmark_node* header : nodes_of_type(inner.root(), CMARK_NODE_HEADING)) {
        inner.facts(header).is_inside_html = true;
      }
      tree.adopt(inner, inner.root(), node);
    }
  }

  void read_text(std::string_view content, const PreparedSource& prepared, cmark_node* node) {
    const std::vector<NodeOwner> paragraphs =
        read_inlines({std::string(content)}, affordable(prepared.link_definitions));
    move_children(paragraphs.front().get(), node);
  }

  Problems& problems_;
  std::size_t repeated_bytes_ = 0;
};

}  // namespace

Tree read_kramdown(std::string_view source, const Options& options, Problems& problems) {
  Tree tree = Reader(problems).read(source, "", 1, 0);
  set_typography(tree, options);
  if (options.auto_ids) assign_header_ids(tree, options);
  place_table_of_contents(tree, options);
  return tree;
}

}  // namespace stet::markdown
