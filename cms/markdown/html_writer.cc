#include "cms/markdown/html_writer.h"

#include <algorithm>

#include "cms/markdown/languages.h"
#include "cms/markdown/marks.h"

namespace stet::markdown {
namespace {

// Deeper blocks are not indented further: the output stays linear in the source.
constexpr int kIndentedDepthMax = 50;

bool is_cell(Extra extra) { return extra == Extra::kTableCell || extra == Extra::kTableHeaderCell; }

std::string_view tag_of(Extra extra) {
  switch (extra) {
    case Extra::kTable: return "table";
    case Extra::kTableHead: return "thead";
    case Extra::kTableBody: return "tbody";
    case Extra::kTableFoot: return "tfoot";
    case Extra::kTableRow: return "tr";
    case Extra::kTableHeaderCell: return "th";
    case Extra::kTableCell: return "td";
    case Extra::kStrikethrough: return "del";
    default: break;
  }
  return "";
}

class HtmlWriter {
 public:
  explicit HtmlWriter(const Options& options) : options_(options) {}

  void visit(cmark_node* node, bool is_entering);
  std::string take() { return std::move(html_); }

 private:
  void block(cmark_node* node, bool is_entering);
  void inline_node(cmark_node* node, bool is_entering);

  void paragraph(cmark_node* node, bool is_entering);
  void item(cmark_node* node, bool is_entering);
  void heading(cmark_node* node, bool is_entering);
  void code_block(cmark_node* node);
  void html_element(cmark_node* node, bool is_entering);
  void custom_block(cmark_node* node, bool is_entering);
  void container(cmark_node* node, std::string_view tag, bool is_entering);

  void code_span(cmark_node* node);
  void link(cmark_node* node, bool is_entering);
  void image(cmark_node* node, bool is_entering);

  void indent() { html_.append(2 * std::min(depth_, kIndentedDepthMax), ' '); }
  void open(std::string_view tag, const Attributes& attributes, std::string_view end = ">");
  void close(std::string_view tag) { (html_ += "</").append(tag) += '>'; }

  const Options& options_;
  std::string html_;
  int depth_ = 0;
  int images_open_ = 0;  // inside one, only text is written: its alternative text
};

void HtmlWriter::open(std::string_view tag, const Attributes& attributes, std::string_view end) {
  (html_ += '<').append(tag);
  for (const auto& [name, value] : attributes) append_attribute(html_, name, value);
  html_ += end;
}

void HtmlWriter::visit(cmark_node* node, bool is_entering) {
  const cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_DOCUMENT) return;
  if (type >= CMARK_NODE_FIRST_INLINE) {
    inline_node(node, is_entering);
    return;
  }
  if (is_entering && Tree::facts_of(node).has_blank_before) html_ += '\n';
  block(node, is_entering);
}

void HtmlWriter::block(cmark_node* node, bool is_entering) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH: paragraph(node, is_entering); break;
    case CMARK_NODE_HEADING: heading(node, is_entering); break;
    case CMARK_NODE_BLOCK_QUOTE: container(node, "blockquote", is_entering); break;
    case CMARK_NODE_LIST:
      container(
          node, cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "ol" : "ul", is_entering);
      break;
    case CMARK_NODE_ITEM: item(node, is_entering); break;
    case CMARK_NODE_CODE_BLOCK: code_block(node); break;
    case CMARK_NODE_HTML_BLOCK: html_ += cmark_node_get_literal(node); break;
    case CMARK_NODE_THEMATIC_BREAK:
      indent();
      open("hr", Tree::facts_of(node).attributes, " />\n");
      break;
    default: custom_block(node, is_entering); break;
  }
}

void HtmlWriter::container(cmark_node* node, std::string_view tag, bool is_entering) {
  if (is_entering) {
    indent();
    open(tag, Tree::facts_of(node).attributes, ">\n");
    ++depth_;
  } else {
    --depth_;
    indent();
    close(tag);
    html_ += '\n';
  }
}

void HtmlWriter::paragraph(cmark_node* node, bool is_entering) {
  const Facts& facts = Tree::facts_of(node);
  if (facts.is_transparent) {
    if (!is_entering && cmark_node_next(node) != nullptr) html_ += '\n';
    return;
  }
  if (is_entering) {
    indent();
    open("p", facts.attributes);
  } else {
    html_ += "</p>\n";
  }
}

void HtmlWriter::item(cmark_node* node, bool is_entering) {
  cmark_node* first = cmark_node_first_child(node);
  const bool is_tight = first == nullptr || Tree::facts_of(first).is_transparent;
  if (is_entering) {
    indent();
    open("li", Tree::facts_of(node).attributes, is_tight ? ">" : ">\n");
    ++depth_;
  } else {
    --depth_;
    if (!is_tight || (first != nullptr && cmark_node_next(first) != nullptr)) indent();
    html_ += "</li>\n";
  }
}

void HtmlWriter::heading(cmark_node* node, bool is_entering) {
  const std::string tag = "h" + std::to_string(cmark_node_get_heading_level(node));
  if (is_entering) {
    indent();
    open(tag, Tree::facts_of(node).attributes);
  } else {
    close(tag);
    html_ += '\n';
  }
}

void HtmlWriter::code_block(cmark_node* node) {
  std::string_view info = cmark_node_get_fence_info(node);
  std::string language(info.substr(0, info.find_first_of(" \t?")));
  Attributes attributes = Tree::facts_of(node).attributes;
  if (const std::string* classes = attributes.find("class");
      classes != nullptr && language.empty()) {
    language = language_in_class(*classes);
  }
  indent();
  const std::string code = without_marks(cmark_node_get_literal(node), Place::kCode);
  if (!options_.has_highlighter || (!language.empty() && !is_known_language(language))) {
    Attributes code_attributes;
    if (!language.empty()) code_attributes.set("class", "language-" + language);
    open("pre", attributes);
    open("code", code_attributes);
    append_escaped(html_, code);
    html_ += "</code></pre>\n";
    return;
  }
  Attributes wrapper;
  const std::string name = language.empty() ? options_.default_language : language;
  wrapper.set("class", "language-" + name);
  for (const auto& [key, value] : attributes) {
    if (key == "class") {
      const std::string others = classes_but_language(value);
      if (!others.empty()) wrapper.add_class(others);
    } else {
      wrapper.set(key, value);
    }
  }
  wrapper.add_class("highlighter-rouge");
  open("div", wrapper);
  html_ += "<div class=\"highlight\"><pre class=\"highlight\"><code>";
  append_escaped(html_, code);
  html_ += "</code></pre></div></div>\n";
}

void HtmlWriter::html_element(cmark_node* node, bool is_entering) {
  const Facts& facts = Tree::facts_of(node);
  cmark_node* first = cmark_node_first_child(node);
  const bool is_inline = first != nullptr && cmark_node_get_type(first) >= CMARK_NODE_FIRST_INLINE;
  if (is_entering) {
    indent();
    html_ += facts.open_tag;
    if (!is_inline && first != nullptr) html_ += '\n';
    ++depth_;
  } else {
    --depth_;
    if (!is_inline && first != nullptr) indent();
    html_ += facts.close_tag + "\n";
  }
}

void HtmlWriter::custom_block(cmark_node* node, bool is_entering) {
  const Facts& facts = Tree::facts_of(node);
  if (facts.extra == Extra::kHtmlElement) {
    html_element(node, is_entering);
  } else if (!is_cell(facts.extra)) {
    container(node, tag_of(facts.extra), is_entering);
  } else if (is_entering) {
    indent();
    open(tag_of(facts.extra), facts.attributes);
    if (cmark_node_first_child(node) == nullptr) html_ += "\u00a0";
  } else {
    close(tag_of(facts.extra));
    html_ += '\n';
  }
}

void HtmlWriter::inline_node(cmark_node* node, bool is_entering) {
  const cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_IMAGE) {
    image(node, is_entering);
    return;
  }
  if (images_open_ > 0) return;
  switch (type) {
    case CMARK_NODE_TEXT:
      html_ += without_marks(escaped(cmark_node_get_literal(node)), Place::kEscapedText);
      break;
    case CMARK_NODE_SOFTBREAK: html_ += options_.hard_wrap ? "<br />\n" : "\n"; break;
    case CMARK_NODE_LINEBREAK: html_ += "<br />\n"; break;
    case CMARK_NODE_CODE: code_span(node); break;
    case CMARK_NODE_HTML_INLINE:
      html_ += without_marks(cmark_node_get_literal(node), Place::kSource);
      break;
    case CMARK_NODE_LINK: link(node, is_entering); break;
    default: {
      const std::string_view tag = type == CMARK_NODE_EMPH     ? "em"
                                   : type == CMARK_NODE_STRONG ? "strong"
                                                               : tag_of(Tree::facts_of(node).extra);
      if (is_entering) {
        open(tag, Tree::facts_of(node).attributes);
      } else {
        close(tag);
      }
    }
  }
}

void HtmlWriter::code_span(cmark_node* node) {
  const Attributes& given = Tree::facts_of(node).attributes;
  const std::string* classes = given.find("class");
  const std::string language = classes == nullptr ? "" : language_in_class(*classes);
  Attributes attributes;
  const bool is_highlighted =
      options_.has_highlighter && (language.empty() || is_known_language(language));
  if (is_highlighted && language.empty()) {
    attributes.set("class", "language-" + options_.default_language);
  }
  attributes.add_all(given);
  if (is_highlighted) attributes.add_class("highlighter-rouge");
  open("code", attributes);
  append_escaped(html_, without_marks(cmark_node_get_literal(node), Place::kCode));
  close("code");
}

void HtmlWriter::link(cmark_node* node, bool is_entering) {
  if (!is_entering) {
    html_ += "</a>";
    return;
  }
  Attributes attributes;
  attributes.set("href", without_marks(cmark_node_get_url(node), Place::kSource));
  const std::string title = without_marks(cmark_node_get_title(node), Place::kText);
  if (!title.empty()) attributes.set("title", title);
  attributes.add_all(Tree::facts_of(node).attributes);
  open("a", attributes);
}

void HtmlWriter::image(cmark_node* node, bool is_entering) {
  if (!is_entering) {
    --images_open_;
    return;
  }
  if (images_open_++ > 0) return;
  Attributes attributes;
  attributes.set("src", without_marks(cmark_node_get_url(node), Place::kSource));
  attributes.set("alt", without_marks(plain_text(node), Place::kText));
  const std::string title = without_marks(cmark_node_get_title(node), Place::kText);
  if (!title.empty()) attributes.set("title", title);
  attributes.add_all(Tree::facts_of(node).attributes);
  open("img", attributes, " />");
}

}  // namespace

void append_escaped(std::string& html, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      default: html += c;
    }
  }
}

void append_attribute(std::string& html, std::string_view name, std::string_view value) {
  ((html += ' ') += name) += "=\"";
  for (const char c : value) {
    if (c == '"') {
      html += "&quot;";
    } else {
      append_escaped(html, {&c, 1});
    }
  }
  html += '"';
}

std::string write_html(const Tree& tree, const Options& options) {
  HtmlWriter writer(options);
  walk(tree.root(), [&](cmark_node* node, bool is_entering) { writer.visit(node, is_entering); });
  return writer.take();
}

}  // namespace stet::markdown
