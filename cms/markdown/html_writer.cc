#include "cms/markdown/html_writer.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/markdown/block_lines.h"
#include "cms/markdown/code_html.h"
#include "cms/markdown/header_ids.h"
#include "cms/markdown/html_tag.h"
#include "cms/markdown/html_text.h"

namespace stet::markdown {
namespace {

// Deeper blocks are not indented further: the output stays linear in the source.
constexpr int kIndentMax = 100;
constexpr int kStep = 2;

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

class HtmlWriter {
 public:
  explicit HtmlWriter(const Document& document)
      : document_(document), options_(document.options), ids_(document.options) {}

  std::string write();

 private:
  struct Entry {
    int level;
    std::string id;
    cmark_node* header;
  };
  struct Footnote {
    std::string name;
    cmark_node* content;
    int number;
    int repeats;
  };

  void blocks(cmark_node* parent, int indent);
  void block(cmark_node* node, int indent);
  void custom_block(cmark_node* node, int indent);
  void paragraph(cmark_node* node, int indent);
  void figure(cmark_node* image, const Attributes& given, int indent);
  void heading(cmark_node* node, int indent);
  void list(cmark_node* node, int indent);
  void item(cmark_node* node, std::string_view tag, int indent);
  void html_element(cmark_node* node, int indent);
  void cell(cmark_node* node, int indent);
  void term(cmark_node* node, int indent);
  void math_block(cmark_node* node, int indent);

  void spans(cmark_node* parent);
  void span(cmark_node* node);
  void custom_span(cmark_node* node);
  void span_element(cmark_node* node);
  void math_span(cmark_node* node);
  void footnote_mark(cmark_node* node);

  std::string footnotes();
  void footnote(std::size_t index);
  std::string table_of_contents();
  void contents(std::size_t& next, int level, int indent);

  void lead_in(int indent) {
    html_.append(static_cast<std::size_t>(std::min(indent, kIndentMax)), ' ');
  }
  void open(std::string_view tag, const Attributes& attributes, std::string_view end = ">");
  void close(std::string_view tag, std::string_view end = "") {
    (html_ += "</").append(tag).append(">").append(end);
  }
  void open_block(std::string_view tag, const Attributes& attributes, int indent);
  void container(cmark_node* node, std::string_view tag, int indent);
  void no_break_space();

  const Document& document_;
  const Options& options_;
  HeaderIds ids_;
  std::string html_;

  int elements_open_ = 0;  // HTML elements around the block being written
  bool in_footnotes_ = false;
  bool in_contents_ = false;
  std::vector<Entry> entries_;
  cmark_node* contents_list_ = nullptr;  // in whose place the table of contents stands
  std::size_t contents_at_ = 0;
  bool has_footnotes_place_ = false;
  std::size_t footnotes_at_ = 0;
  std::vector<Footnote> footnotes_;
  std::map<std::string_view, std::size_t> footnote_of_;
  cmark_node* backlink_place_ = nullptr;  // the paragraph or header that ends with backlinks_
  std::string backlinks_;
};

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
  if (node == backlink_place_) html_ += backlinks_;
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
  if (node == backlink_place_) html_ += backlinks_;
  close(tag, "\n");
}

void HtmlWriter::list(cmark_node* node, int indent) {
  const Facts& facts = Tree::facts_of(node);
  if (facts.is_toc && contents_list_ == nullptr) {
    contents_list_ = node;
    contents_at_ = html_.size();
  } else if (facts.is_footnotes && !has_footnotes_place_) {
    has_footnotes_place_ = true;
    footnotes_at_ = html_.size();
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

void HtmlWriter::spans(cmark_node* parent) {
  for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
       node = cmark_node_next(node)) {
    span(node);
  }
}

void HtmlWriter::span(cmark_node* node) {
  const auto element = [&](std::string_view tag) {
    open(tag, Tree::facts_of(node).attributes);
    spans(node);
    close(tag);
  };
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: append_text(html_, cmark_node_get_literal(node)); break;
    case CMARK_NODE_SOFTBREAK: html_ += '\n'; break;
    case CMARK_NODE_LINEBREAK: html_ += "<br />"; break;
    case CMARK_NODE_CODE: append_code_span(html_, node, options_); break;
    case CMARK_NODE_HTML_INLINE: html_ += cmark_node_get_literal(node); break;
    case CMARK_NODE_EMPH: element("em"); break;
    case CMARK_NODE_STRONG: element("strong"); break;
    case CMARK_NODE_LINK:
      if (in_contents_) {
        spans(node);
      } else {
        element("a");
      }
      break;
    case CMARK_NODE_IMAGE: open("img", Tree::facts_of(node).attributes, " />"); break;
    default: custom_span(node); break;
  }
}

void HtmlWriter::custom_span(cmark_node* node) {
  const Facts& facts = Tree::facts_of(node);
  switch (facts.extra) {
    case Extra::kSpanElement: span_element(node); break;
    case Extra::kMathSpan: math_span(node); break;
    case Extra::kFootnoteMark: footnote_mark(node); break;
    default:
      open(tag_of(facts.extra), facts.attributes);
      spans(node);
      close(tag_of(facts.extra));
      break;
  }
}

void HtmlWriter::span_element(cmark_node* node) {
  const Facts& facts = Tree::facts_of(node);
  open(facts.text, facts.attributes, "");
  if (cmark_node_first_child(node) == nullptr && has_no_body(facts.text)) {
    html_ += " />";
    return;
  }
  html_ += '>';
  spans(node);
  close(facts.text);
}

void HtmlWriter::math_span(cmark_node* node) {
  const Facts& facts = Tree::facts_of(node);
  if (options_.has_math_engine && facts.attributes.empty()) {
    html_ += "\\(";
    append_escaped(html_, facts.text);
    html_ += "\\)";
    return;
  }
  Attributes attributes = facts.attributes;
  if (!options_.has_math_engine) attributes.add_class("kdmath");
  open("span", attributes);
  html_ += "$" + facts.text + "$";
  close("span");
}

void HtmlWriter::footnote_mark(cmark_node* node) {
  if (in_contents_) return;
  const std::string& name = Tree::facts_of(node).text;
  const auto content = document_.tree.footnotes().find(name);
  if (content == document_.tree.footnotes().end()) return;
  const auto [place, is_new] = footnote_of_.try_emplace(content->first, footnotes_.size());
  if (is_new) {
    const int number = options_.footnote_nr + static_cast<int>(footnotes_.size());
    footnotes_.push_back({options_.footnote_prefix + name, content->second.get(), number, 0});
  } else {
    ++footnotes_[place->second].repeats;
  }
  const Footnote& footnote = footnotes_[place->second];
  std::string id = "fnref:" + footnote.name;
  if (!is_new) id += ":" + std::to_string(footnote.repeats);
  html_ += "<sup";
  append_attribute(html_, "id", id);
  html_ += " role=\"doc-noteref\"><a";
  append_attribute(html_, "href", "#fn:" + footnote.name);
  html_ += " class=\"footnote\" rel=\"footnote\">" + std::to_string(footnote.number) + "</a></sup>";
}

// The paragraph at the end of a footnote in which its backlinks stand.
cmark_node* paragraph_for_backlinks(cmark_node* content, bool is_inline) {
  cmark_node* last = cmark_node_last_child(content);
  while (last != nullptr) {
    const cmark_node_type type = cmark_node_get_type(last);
    if (type == CMARK_NODE_PARAGRAPH || (is_inline && type == CMARK_NODE_HEADING)) return last;
    if (!is_inline) return nullptr;
    last = cmark_node_last_child(last);
  }
  return nullptr;
}

void HtmlWriter::footnote(std::size_t index) {
  const Footnote footnote = footnotes_[index];
  backlinks_.clear();
  backlink_place_ = paragraph_for_backlinks(footnote.content, options_.footnote_backlink_inline);
  std::string backlinks;
  for (int repeat = 0; repeat <= footnote.repeats && !options_.footnote_backlink.empty();
       ++repeat) {
    std::swap(html_, backlinks);
    if (repeat > 0 || backlink_place_ != nullptr) no_break_space();
    std::string target = "#fnref:" + footnote.name;
    if (repeat > 0) target += ":" + std::to_string(repeat);
    html_ += "<a";
    append_attribute(html_, "href", target);
    html_ += " class=\"reversefootnote\" role=\"doc-backlink\">";
    append_text(html_, options_.footnote_backlink);
    if (repeat > 0) html_ += "<sup>" + std::to_string(repeat + 1) + "</sup>";
    html_ += "</a>";
    std::swap(html_, backlinks);
  }
  backlinks_ = backlinks;
  constexpr int kIndent = 4;
  lead_in(kIndent);
  html_ += "<li";
  append_attribute(html_, "id", "fn:" + footnote.name);
  html_ += " role=\"doc-endnote\">\n";
  blocks(footnote.content, kIndent + kStep);
  if (backlink_place_ == nullptr) {
    lead_in(kIndent + kStep);
    html_ += "<p>" + backlinks_ + "</p>\n";
  }
  lead_in(kIndent);
  html_ += "</li>\n";
}

std::string HtmlWriter::footnotes() {
  if (footnotes_.empty()) return "";
  std::string page = std::exchange(html_, "");
  in_footnotes_ = true;
  html_ += "<div class=\"footnotes\" role=\"doc-endnotes\">\n  <ol";
  if (options_.footnote_nr != 1) {
    append_attribute(html_, "start", std::to_string(options_.footnote_nr));
  }
  html_ += ">\n";
  // Footnotes may mention further ones.
  for (std::size_t i = 0; i < footnotes_.size(); ++i) footnote(i);
  html_ += "  </ol>\n</div>\n";
  return std::exchange(html_, std::move(page));
}

// The entries from `next` on whose headers are of a deeper level than `level`: one list.
void HtmlWriter::contents(std::size_t& next, int level, int indent) {
  const bool is_ordered = cmark_node_get_list_type(contents_list_) == CMARK_ORDERED_LIST;
  const std::string_view tag = is_ordered ? "ol" : "ul";
  Attributes attributes;
  if (next == 0) attributes = Tree::facts_of(contents_list_).attributes;
  if (next == 0 && attributes.find("id") == nullptr) attributes.set("id", "markdown-toc");
  const std::string* list_id = Tree::facts_of(contents_list_).attributes.find("id");
  const std::string prefix = (list_id == nullptr ? "markdown-toc" : *list_id) + "-";
  open_block(tag, attributes, indent);
  html_ += '\n';
  while (next < entries_.size() && entries_[next].level > level) {
    const Entry& entry = entries_[next++];
    lead_in(indent + kStep);
    html_ += "<li><a";
    append_attribute(html_, "href", "#" + entry.id);
    append_attribute(html_, "id", prefix + entry.id);
    html_ += '>';
    spans(entry.header);
    html_ += "</a>";
    if (next < entries_.size() && entries_[next].level > entry.level) {
      contents(next, entry.level, indent + 2 * kStep);
      lead_in(indent + kStep);
    }
    html_ += "</li>\n";
  }
  lead_in(indent);
  close(tag, "\n");
}

std::string HtmlWriter::table_of_contents() {
  if (contents_list_ == nullptr || entries_.empty()) return "";
  std::string page = std::exchange(html_, "");
  in_contents_ = true;
  std::size_t next = 0;
  contents(next, 0, 0);
  return std::exchange(html_, std::move(page));
}

std::string HtmlWriter::write() {
  blocks(document_.tree.root(), 0);
  const std::string footnotes_html = footnotes();
  const std::size_t at = has_footnotes_place_ ? footnotes_at_ : html_.size();
  html_.insert(at, footnotes_html);
  if (contents_at_ > at) contents_at_ += footnotes_html.size();
  const std::string contents_html = table_of_contents();
  html_.insert(contents_at_, contents_html);
  return std::move(html_);
}

}  // namespace

std::string write_html(const Document& document) { return HtmlWriter(document).write(); }

}  // namespace stet::markdown
