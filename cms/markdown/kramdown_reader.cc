#include "cms/markdown/kramdown_reader.h"

#include <string>
#include <utility>

#include "cms/markdown/block_reader.h"
#include "cms/markdown/reading.h"

namespace stet::markdown {
namespace {

// Turns blocks into nodes, and has their running text read, now that all definitions are known.
class Planter {
 public:
  explicit Planter(Reading& reading) : reading_(reading) {}

  void plant_children(Block& block, cmark_node* parent);

 private:
  void plant(Block& block, cmark_node* parent);
  cmark_node* node_of(const Block& block);
  cmark_node* list_node(cmark_list_type type);
  void plant_table(Block& table, cmark_node* node);
  void give_attributes(const Block& block, cmark_node* node);

  Facts& facts(cmark_node* node) { return reading_.tree.facts(node); }
  cmark_node* verbatim(cmark_node* parent, const std::string& text, bool is_inline);

  Reading& reading_;
};

void Planter::plant_children(Block& block, cmark_node* parent) {
  bool is_behind_blank = false;
  for (Block* child : block.children) {
    if (child->kind == BlockKind::kMark) continue;
    const bool is_blank = child->kind == BlockKind::kBlank;
    if (!is_blank || !is_behind_blank) plant(*child, parent);
    is_behind_blank = is_blank;
  }
}

cmark_node* Planter::list_node(cmark_list_type type) {
  cmark_node* list = cmark_node_new(CMARK_NODE_LIST);
  cmark_node_set_list_type(list, type);
  return list;
}

// The node alone; nullptr where plant() makes it.
cmark_node* Planter::node_of(const Block& block) {
  switch (block.kind) {
    case BlockKind::kParagraph: return cmark_node_new(CMARK_NODE_PARAGRAPH);
    case BlockKind::kHeader: return cmark_node_new(CMARK_NODE_HEADING);
    case BlockKind::kQuote: return cmark_node_new(CMARK_NODE_BLOCK_QUOTE);
    case BlockKind::kCode: return cmark_node_new(CMARK_NODE_CODE_BLOCK);
    case BlockKind::kRule: return cmark_node_new(CMARK_NODE_THEMATIC_BREAK);
    case BlockKind::kBulletList: return list_node(CMARK_BULLET_LIST);
    case BlockKind::kOrderedList: return list_node(CMARK_ORDERED_LIST);
    case BlockKind::kItem: return cmark_node_new(CMARK_NODE_ITEM);
    case BlockKind::kDefinitionList: return reading_.tree.make(Extra::kDefinitionList);
    case BlockKind::kTerm: return reading_.tree.make(Extra::kDefinitionTerm);
    case BlockKind::kDefinition: return reading_.tree.make(Extra::kDefinition);
    case BlockKind::kTable: return reading_.tree.make(Extra::kTable);
    case BlockKind::kHtml: return reading_.tree.make(Extra::kHtmlElement);
    case BlockKind::kMath: return reading_.tree.make(Extra::kMathBlock);
    case BlockKind::kComment: return reading_.tree.make(Extra::kComment);
    default: return nullptr;
  }
}

cmark_node* Planter::verbatim(cmark_node* parent, const std::string& text, bool is_inline) {
  cmark_node* node = cmark_node_new(is_inline ? CMARK_NODE_HTML_INLINE : CMARK_NODE_HTML_BLOCK);
  cmark_node_set_literal(node, text.c_str());
  cmark_node_append_child(parent, node);
  return node;
}

void Planter::give_attributes(const Block& block, cmark_node* node) {
  if (!block.attributes.empty()) facts(node).attributes = block.attributes;
  if (block.given) apply(*block.given, reading_.attribute_lists, facts(node));
}

void Planter::plant(Block& block, cmark_node* parent) {
  const bool is_in_element = cmark_node_get_type(parent) == CMARK_NODE_CUSTOM_BLOCK;
  switch (block.kind) {
    case BlockKind::kBlank: verbatim(parent, "\n", false); return;
    case BlockKind::kVerbatim: {
      const bool is_in_html = is_in_element && facts(parent).extra == Extra::kHtmlElement &&
                              facts(parent).content == HtmlContent::kRaw;
      verbatim(parent, block.text, is_in_html);
      return;
    }
    case BlockKind::kHtmlText: {
      cmark_node* text = cmark_node_new(CMARK_NODE_TEXT);
      cmark_node_set_literal(text, block.text.c_str());
      cmark_node_append_child(parent, text);
      return;
    }
    case BlockKind::kRunningText:
      if (is_in_element) {
        read_spans(reading_, parent, block.text, block.line);
        return;
      }
      block.kind = BlockKind::kParagraph;
      block.is_transparent = true;
      break;
    default: break;
  }
  cmark_node* node = node_of(block);
  cmark_node_append_child(parent, node);
  switch (block.kind) {
    case BlockKind::kParagraph:
      if (block.is_transparent) facts(node).is_transparent = true;
      break;
    case BlockKind::kHeader:
      cmark_node_set_heading_level(node, block.level);
      if (!reading_.options.is_gfm_input) facts(node).text = block.text;
      break;
    case BlockKind::kCode:
      cmark_node_set_literal(node, block.text.c_str());
      if (!block.name.empty()) cmark_node_set_fence_info(node, block.name.c_str());
      break;
    case BlockKind::kTerm:
    case BlockKind::kMath:
    case BlockKind::kComment: facts(node).text = block.text; break;
    case BlockKind::kHtml:
      facts(node).text = block.name;
      facts(node).content = block.content;
      facts(node).is_closed = block.is_closed;
      break;
    case BlockKind::kTable: plant_table(block, node); break;
    default: break;
  }
  const bool has_spans = block.kind == BlockKind::kParagraph || block.kind == BlockKind::kHeader ||
                         block.kind == BlockKind::kTerm;
  if (has_spans) {
    read_spans(reading_, node, block.text, block.line);
  } else if (block.kind != BlockKind::kTable) {
    plant_children(block, node);
  }
  give_attributes(block, node);
}

void Planter::plant_table(Block& table, cmark_node* node) {
  for (Block* part : table.children) {
    const bool is_head = part->kind == BlockKind::kTableHead;
    cmark_node* part_node =
        reading_.tree.make(is_head                               ? Extra::kTableHead
                           : part->kind == BlockKind::kTableFoot ? Extra::kTableFoot
                                                                 : Extra::kTableBody);
    cmark_node_append_child(node, part_node);
    for (Block* row : part->children) {
      cmark_node* row_node = reading_.tree.make(Extra::kTableRow);
      cmark_node_append_child(part_node, row_node);
      std::size_t column = 0;
      for (Block* cell : row->children) {
        cmark_node* cell_node =
            reading_.tree.make(is_head ? Extra::kTableHeaderCell : Extra::kTableCell);
        cmark_node_append_child(row_node, cell_node);
        const char alignment = table.text[column++];
        if (alignment != '-') {
          facts(cell_node).attributes.set("style",
                                          alignment == 'l'   ? "text-align: left"
                                          : alignment == 'r' ? "text-align: right"
                                                             : "text-align: center");
        }
        if (!cell->text.empty()) read_spans(reading_, cell_node, cell->text, cell->line);
      }
    }
  }
}

void warn_of_unmentioned(const Reading& reading) {
  for (const auto& [name, footnote] : reading.footnotes) {
    if (footnote.is_mentioned) continue;
    reading.problems.push_back({Severity::kWarning,
                                "",
                                footnote.line,
                                1,
                                "nothing mentions the footnote [^" + name + "]; it is not shown"});
  }
}

}  // namespace

Document read_kramdown(std::string_view source, const Options& options, Problems& problems) {
  Document document{Tree(NodeOwner(cmark_node_new(CMARK_NODE_DOCUMENT))), {}};
  Reading reading{.tree = document.tree,
                  .options = options,
                  .problems = problems,
                  .links = {},
                  .attribute_lists = {},
                  .footnotes = {},
                  .abbreviations = {}};
  std::string text(source);
  if (!text.ends_with('\n')) text += '\n';
  Blocks blocks;
  BlockReader reader(reading, blocks);
  Block* root = reader.read(text);
  Planter planter(reading);
  planter.plant_children(*root, document.tree.root());
  for (const auto& [name, footnote] : reader.footnotes()) {
    NodeOwner content(document.tree.make(Extra::kNone));
    planter.plant_children(*footnote, content.get());
    document.tree.footnotes().emplace(name, std::move(content));
  }
  warn_of_unmentioned(reading);
  document.options = std::move(reading.options);
  return document;
}

}  // namespace stet::markdown
