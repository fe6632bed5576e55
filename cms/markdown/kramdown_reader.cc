#include "cms/markdown/kramdown_reader.h"

#include <string>
#include <utility>

#include "cms/markdown/block_reader.h"
#include "cms/markdown/header_ids.h"
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
  bool plant_text(const Block& block, cmark_node* parent);
  void plant_table(Block& table, cmark_node* node);
  void plant_cell(const Block& cell, cmark_node* node, char alignment);
  cmark_node* node_of(BlockKind kind);
  static cmark_node* list_node(cmark_list_type type);
  void describe(const Block& block, cmark_node* node);
  void give_ids(const AttributeList& given, cmark_node* list);
  static void add_literal(cmark_node* parent, const std::string& text, cmark_node_type type);

  Facts& facts(cmark_node* node) { return reading_.tree.facts(node); }

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

void Planter::plant(Block& block, cmark_node* parent) {
  if (plant_text(block, parent)) return;
  cmark_node* node = node_of(block.kind);
  cmark_node_append_child(parent, node);
  describe(block, node);
  switch (block.kind) {
    case BlockKind::kParagraph:
    case BlockKind::kHeader:
    case BlockKind::kTerm: read_spans(reading_, node, block.text, block.line); break;
    case BlockKind::kTable: plant_table(block, node); break;
    default: plant_children(block, node); break;
  }
  if (!block.attributes.empty()) facts(node).attributes = std::move(block.attributes);
  if (block.given) apply(*block.given, reading_.attribute_lists, facts(node));
  if (block.kind == BlockKind::kDefinitionList && block.given) give_ids(*block.given, node);
}

void Planter::add_literal(cmark_node* parent, const std::string& text, cmark_node_type type) {
  cmark_node* node = cmark_node_new(type);
  cmark_node_set_literal(node, text.c_str());
  cmark_node_append_child(parent, node);
}

// What has no children and no attributes. False if the block is another.
bool Planter::plant_text(const Block& block, cmark_node* parent) {
  const Facts& around = Tree::facts_of(parent);
  switch (block.kind) {
    case BlockKind::kBlank: add_literal(parent, "\n", CMARK_NODE_HTML_BLOCK); return true;
    case BlockKind::kHtmlText: add_literal(parent, block.text, CMARK_NODE_TEXT); return true;
    case BlockKind::kVerbatim: {
      const bool is_in_html = around.extra == Extra::kHtmlElement;
      add_literal(parent, block.text, is_in_html ? CMARK_NODE_HTML_INLINE : CMARK_NODE_HTML_BLOCK);
      return true;
    }
    case BlockKind::kRunningText: {
      if (cmark_node_get_type(parent) != CMARK_NODE_CUSTOM_BLOCK) {
        cmark_node* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(parent, paragraph);
        facts(paragraph).is_transparent = true;
        parent = paragraph;
      }
      read_spans(reading_, parent, block.text, block.line);
      return true;
    }
    default: return false;
  }
}

cmark_node* Planter::list_node(cmark_list_type type) {
  cmark_node* list = cmark_node_new(CMARK_NODE_LIST);
  cmark_node_set_list_type(list, type);
  return list;
}

cmark_node* Planter::node_of(BlockKind kind) {
  switch (kind) {
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
    default: return reading_.tree.make(Extra::kComment);
  }
}

// What the node itself knows of its block.
void Planter::describe(const Block& block, cmark_node* node) {
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
    case BlockKind::kMath:
    case BlockKind::kComment: facts(node).text = block.text; break;
    case BlockKind::kHtml:
      facts(node).text = block.name;
      facts(node).content = block.content;
      facts(node).is_closed = block.is_closed;
      break;
    default: break;
  }
}

// `{:auto_ids-prefix}`: the terms of a list have ids.
void Planter::give_ids(const AttributeList& given, cmark_node* list) {
  constexpr std::string_view kWord = "auto_ids";
  for (const std::string& reference : given.references) {
    if (!reference.starts_with(kWord)) continue;
    std::string_view prefix = std::string_view(reference).substr(kWord.size());
    prefix = prefix.size() > 1 && prefix[0] == '-' ? prefix.substr(1) : "";
    for (cmark_node* term = cmark_node_first_child(list); term; term = cmark_node_next(term)) {
      Attributes& attributes = facts(term).attributes;
      if (facts(term).extra != Extra::kDefinitionTerm || attributes.find("id")) continue;
      const std::string id = plain_id(words_of(term, !reading_.options.is_gfm_input));
      attributes.set("id", std::string(prefix) + id);
    }
    return;
  }
}

Extra extra_of(BlockKind table_part) {
  switch (table_part) {
    case BlockKind::kTableHead: return Extra::kTableHead;
    case BlockKind::kTableFoot: return Extra::kTableFoot;
    default: return Extra::kTableBody;
  }
}

void Planter::plant_table(Block& table, cmark_node* node) {
  for (Block* part : table.children) {
    cmark_node* part_node = reading_.tree.make(extra_of(part->kind));
    cmark_node_append_child(node, part_node);
    const Extra cell_kind =
        part->kind == BlockKind::kTableHead ? Extra::kTableHeaderCell : Extra::kTableCell;
    for (Block* row : part->children) {
      cmark_node* row_node = reading_.tree.make(Extra::kTableRow);
      cmark_node_append_child(part_node, row_node);
      for (std::size_t column = 0; column < row->children.size(); ++column) {
        cmark_node* cell_node = reading_.tree.make(cell_kind);
        cmark_node_append_child(row_node, cell_node);
        plant_cell(*row->children[column], cell_node, table.text[column]);
      }
    }
  }
}

void Planter::plant_cell(const Block& cell, cmark_node* node, char alignment) {
  const char* style = alignment == 'l'   ? "text-align: left"
                      : alignment == 'r' ? "text-align: right"
                                         : "text-align: center";
  if (alignment != '-') facts(node).attributes.set("style", style);
  if (!cell.text.empty()) read_spans(reading_, node, cell.text, cell.line);
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
  Document document{Tree(NodeOwner(cmark_node_new(CMARK_NODE_DOCUMENT))), {}, source.size()};
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
