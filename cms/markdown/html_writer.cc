#include "cms/markdown/html_writer.h"

#include "cms/markdown/block_lines.h"
#include "cms/markdown/code_html.h"
#include "cms/markdown/html_tag.h"
#include "cms/markdown/html_writing.h"

namespace stet::markdown {
namespace {

bool is_raw_element(cmark_node* node) {
  const Facts& facts = Tree::facts_of(node);
  return facts.extra == Extra::kHtmlElement && facts.content == HtmlContent::kRaw;
}

// Is `word` one of the text's words, as \b parts them?
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string_view tag_of(Extra extra) {
  switch (extra) {
    case Extra::kTable: return "table";
    case Extra::kTableHead: return "thead";
    case Extra::kTableBody: return "tbody";
    case Extra::kTableFoot: return "tfoot";
    case Extra::kTableRow: return "tr";
    case Extra::kTableHeaderCell: return "th";
    case Extra::kTableCell: return "td";
    case Extra::kDefinitionList: return "dl";
    case Extra::kDefinitionTerm: return "dt";
    case Extra::kDefinition: return "dd";
    case Extra::kStrikethrough: return "del";
    case Extra::kAbbreviation: return "abbr";
    default: return "";
  }
}

void HtmlWriter::open(std::string_view tag, const Attributes& attributes, std::string_view end) {
  (html_ += '<').append(tag);
  append_attributes(html_, attributes);
  html_ += end;
}

void HtmlWriter::open_block(std::string_view tag, const Attributes& attributes, int indent) {
  lead_in(indent);
  open(tag, attributes);
}

void HtmlWriter::container(cmark_node* node, std::string_view tag, int indent) {
  open_block(tag, Tree::facts_of(node).attributes, indent);
  html_ += '\n';
  blocks(node, indent + kStep);
  lead_in(indent);
  close(tag, "\n");
}

void HtmlWriter::blocks(cmark_node* parent, int indent) {
  for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
       node = cmark_node_next(node)) {
    block(node, indent);
  }
}

void HtmlWriter::block(cmark_node* node, int indent) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH: paragraph(node, indent); break;
    case CMARK_NODE_HEADING: heading(node, indent); break;
    case CMARK_NODE_BLOCK_QUOTE: container(node, "blockquote", indent); break;
    case CMARK_NODE_LIST: list(node, indent); break;
    case CMARK_NODE_ITEM: item(node, "li", indent); break;
    case CMARK_NODE_CODE_BLOCK: append_code_block(html_, node, options_, indent); break;
    case CMARK_NODE_HTML_BLOCK: html_ += cmark_node_get_literal(node); break;
    case CMARK_NODE_THEMATIC_BREAK:
      lead_in(indent);
      open("hr", Tree::facts_of(node).attributes, " />\n");
      break;
    case CMARK_NODE_CUSTOM_BLOCK: custom_block(node, indent); break;
    default: span(node); break;
  }
}

void HtmlWriter::custom_block(cmark_node* node, int indent) {
  const Facts& facts = Tree::facts_of(node);
  switch (facts.extra) {
    case Extra::kHtmlElement: html_element(node, indent); break;
    case Extra::kTableHeaderCell:
    case Extra::kTableCell: cell(node, indent); break;
    case Extra::kDefinitionTerm: term(node, indent); break;
    case Extra::kDefinition: item(node, "dd", indent); break;
    case Extra::kMathBlock: math_block(node, indent); break;
    case Extra::kComment:
      lead_in(indent);
      (html_ += facts.text) += '\n';
      break;
    default: container(node, tag_of(facts.extra), indent); break;
  }
}

void HtmlWriter::paragraph(cmark_node* node, int indent) {
  const Facts& facts = Tree::facts_of(node);
  if (!facts.is_transparent) {
    cmark_node* only = cmark_node_first_child(node);
    const bool is_alone = only != nullptr && cmark_node_next(only) == nullptr;
    if (is_alone && Tree::facts_of(only).is_standalone &&
        cmark_node_get_type(only) == CMARK_NODE_IMAGE) {
      figure(only, facts.attributes, indent);
      return;
    }
    open_block("p", facts.attributes, indent);
  }
  spans(node);
  if (node == backlink_place_) footnote_backlinks(*backlinks_of_);
  if (!facts.is_transparent) close("p", "\n");
}

// `![text](url){:standalone}`
void HtmlWriter::figure(cmark_node* image, const Attributes& given, int indent) {
  Attributes outer = given;
  Attributes inner = Tree::facts_of(image).attributes;
  for (const char* name : {"class", "id"}) {
    const std::string* value = inner.find(name);
    if (value == nullptr || outer.find(name) != nullptr) continue;
    outer.set(name, *value);
    inner.remove(name);
  }
  open_block("figure", outer, indent);
  html_ += '\n';
  lead_in(indent + kStep);
  open("img", inner, " />\n");
  lead_in(indent + kStep);
  const std::string* text = inner.find("alt");
  html_ += "<figcaption>" + (text == nullptr ? "" : *text) + "</figcaption>\n";
  lead_in(indent);
  close("figure", "\n");
}

void HtmlWriter::heading(cmark_node* node, int indent) {
  const Facts& facts = Tree::facts_of(node);
  const int level = cmark_node_get_heading_level(node);
  std::string made_id;
  const std::string* id = facts.attributes.find("id");
  if (id == nullptr && options_.auto_ids) {
    made_id = ids_.next(node, elements_open_ == 0 && !in_footnotes_);
    id = &made_id;
  }
  const std::string* classes = facts.attributes.find("class");
  if (id != nullptr && ((options_.toc_levels >> level) & 1U) != 0 &&
      (classes == nullptr || !has_word(*classes, "no_toc"))) {
    entries_.push_back({level, *id, node});
  }
  const std::string tag = "h" + std::to_string(std::clamp(level + options_.header_offset, 1, 6));
  lead_in(indent);
  open(tag, facts.attributes, "");
  if (id == &made_id && !trimmed(made_id).empty()) append_attribute(html_, "id", made_id);
  html_ += '>';
  spans(node);
  if (node == backlink_place_) footnote_backlinks(*backlinks_of_);
  close(tag, "\n");
}

void HtmlWriter::list(cmark_node* node, int indent) {
  const Facts& facts = Tree::facts_of(node);
  if (facts.is_toc && contents_list_ == nullptr && !in_footnotes_) {
    contents_list_ = node;
    contents_at_ = html_.size();
    html_ += kPlace;
  } else if (facts.is_footnotes && footnotes_at_ == kNoPlace && !in_footnotes_) {
    footnotes_at_ = html_.size();
    html_ += kPlace;
  } else {
    container(node, cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "ol" : "ul", indent);
  }
}

void HtmlWriter::item(cmark_node* node, std::string_view tag, int indent) {
  open_block(tag, Tree::facts_of(node).attributes, indent);
  cmark_node* first = cmark_node_first_child(node);
  const bool is_tight = first == nullptr || Tree::facts_of(first).is_transparent;
  if (!is_tight) html_ += '\n';
  const std::size_t begin = html_.size();
  blocks(node, indent + kStep);
  if (!is_tight || (html_.size() > begin && html_.back() == '\n')) lead_in(indent);
  close(tag, "\n");
}

void HtmlWriter::html_element(cmark_node* node, int indent) {
  const Facts& facts = Tree::facts_of(node);
  const bool is_in_raw = is_raw_element(cmark_node_parent(node));
  if (!is_in_raw) lead_in(indent);
  open(facts.text, facts.attributes, "");
  const bool is_raw = facts.content == HtmlContent::kRaw;
  if (facts.is_closed && is_raw) {
    html_ += " />";
  } else {
    const bool is_block = facts.content == HtmlContent::kBlock;
    const std::size_t end_of_tag = html_.size();
    html_ += is_block ? ">\n" : ">";
    const std::size_t begin = html_.size();
    ++elements_open_;
    blocks(node, indent + kStep);
    --elements_open_;
    const bool is_empty = html_.size() == begin;
    if (is_empty) {
      html_.resize(end_of_tag);
      html_ += has_no_body(facts.text) ? " />" : ">";
    } else if (is_block) {
      if (html_.back() != '\n') html_ += '\n';
      lead_in(indent);
    }
    if (!is_empty || !has_no_body(facts.text)) close(facts.text);
  }
  if (!is_in_raw) html_ += '\n';
}

void HtmlWriter::no_break_space() {
  switch (options_.entity_output) {
    case EntityOutput::kAsChar: html_ += "\u00a0"; break;
    case EntityOutput::kSymbolic: html_ += "&nbsp;"; break;
    default: html_ += "&#160;"; break;
  }
}

void HtmlWriter::cell(cmark_node* node, int indent) {
  const Facts& facts = Tree::facts_of(node);
  open_block(tag_of(facts.extra), facts.attributes, indent);
  const std::size_t begin = html_.size();
  spans(node);
  if (html_.size() == begin) no_break_space();
  close(tag_of(facts.extra), "\n");
}

void HtmlWriter::term(cmark_node* node, int indent) {
  open_block("dt", Tree::facts_of(node).attributes, indent);
  spans(node);
  close("dt", "\n");
}

void HtmlWriter::math_block(cmark_node* node, int indent) {
  const Facts& facts = Tree::facts_of(node);
  Attributes attributes = facts.attributes;
  if (!options_.has_math_engine) attributes.add_class("kdmath");
  if (!attributes.empty()) open_block("div", attributes, indent);
  if (options_.has_math_engine) {
    html_ += "\\[";
    append_escaped(html_, facts.text);
    html_ += "\\]\n";
  } else {
    html_ += "$$\n" + facts.text + "\n$$";
  }
  if (!attributes.empty()) close("div", "\n");
}

std::string write_html(const Document& document) { return HtmlWriter(document).write(); }

}  // namespace stet::markdown
