#include "cms/markdown/commonmark_writer.h"

#include <cmark-gfm-core-extensions.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "cms/markdown/characters.h"
#include "cms/markdown/commonmark_code.h"
#include "cms/markdown/header_ids.h"

namespace stet::markdown {
namespace {

std::string_view text_of(const char* text) { return text == nullptr ? std::string_view() : text; }

void append_html(std::string& html, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      default: html += c;
    }
  }
}

void append_address(std::string& html, std::string_view address) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-_.!~*();/?:@=+$,#%";
  for (const char c : address) {
    if (is_ascii_letter(c) || is_digit(c) || kPlain.find(c) != kPlain.npos) {
      html += c;
    } else if (c == '&') {
      html += "&amp;";
    } else if (c == '\'') {
      html += "&#x27;";
    } else {
      const auto byte = static_cast<unsigned char>(c);
      html += '%';
      html += kDigits[byte >> 4];
      html += kDigits[byte & 15];
    }
  }
}

// `<script` becomes `&lt;script`, and so do the tags that would change how all behind them is read.
void append_filtered(std::string& html, std::string_view raw) {
  constexpr std::array<std::string_view, 9> kTags = {
      "title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"};
  const auto is_at = [&](std::size_t at, std::string_view tag) {
    for (std::size_t i = 0; i < tag.size(); ++i) {
      if (at + i >= raw.size() || (raw[at + i] | 0x20) != tag[i]) return false;
    }
    const std::string_view rest = raw.substr(at + tag.size());
    return !rest.empty() && (is_space(rest[0]) || rest[0] == '>' || rest.starts_with("/>"));
  };
  for (std::size_t i = 0; i < raw.size(); ++i) {
    bool is_filtered = false;
    if (raw[i] == '<') {
      for (const std::string_view tag : kTags) is_filtered = is_filtered || is_at(i + 1, tag);
    }
    if (is_filtered) {
      html += "&lt;";
    } else {
      html += raw[i];
    }
  }
}

class Writer {
 public:
  explicit Writer(const CommonmarkOptions& options) : options_(options) {}

  std::string write(cmark_node* root) {
    walk(root, [&](cmark_node* node, bool is_entering) {
      if (images_ > 0 && cmark_node_get_type(node) != CMARK_NODE_IMAGE) {
        if (is_entering) alternative(node);
      } else if (!block(node, is_entering) && !table(node, is_entering)) {
        inline_of(node, is_entering);
      }
    });
    if (footnotes_ > 0) html_ += "</ol>\n</section>\n";
    return std::move(html_);
  }

 private:
  // To the start of a line.
  void line() {
    if (!html_.empty() && html_.back() != '\n') html_ += '\n';
  }

  std::string position(cmark_node* node) const {
    if (!options_.has_positions) return "";
    return " data-sourcepos=\"" + std::to_string(cmark_node_get_start_line(node)) + ":" +
           std::to_string(cmark_node_get_start_column(node)) + "-" +
           std::to_string(cmark_node_get_end_line(node)) + ":" +
           std::to_string(cmark_node_get_end_column(node)) + "\"";
  }

  void open(cmark_node* node, std::string_view tag, std::string_view behind = "") {
    line();
    html_ += '<';
    html_ += tag;
    html_ += position(node);
    html_ += '>';
    html_ += behind;
  }
  void close(std::string_view tag) {
    html_ += tag;
    line();
  }

  // False: no block.
  bool block(cmark_node* node, bool is_entering) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_DOCUMENT: break;
      case CMARK_NODE_PARAGRAPH: paragraph(node, is_entering); break;
      case CMARK_NODE_HEADING: heading(node, is_entering); break;
      case CMARK_NODE_LIST: list(node, is_entering); break;
      case CMARK_NODE_ITEM: item(node, is_entering); break;
      case CMARK_NODE_FOOTNOTE_DEFINITION: footnote(is_entering); break;
      case CMARK_NODE_BLOCK_QUOTE:
        if (is_entering) {
          open(node, "blockquote", "\n");
        } else {
          close("</blockquote>");
        }
        break;
      case CMARK_NODE_THEMATIC_BREAK:
        line();
        close("<hr" + position(node) + " />");
        break;
      case CMARK_NODE_CODE_BLOCK: code(node); break;
      case CMARK_NODE_HTML_BLOCK:
        line();
        raw(node);
        line();
        break;
      default: return false;
    }
    return true;
  }

  void paragraph(cmark_node* node, bool is_entering) {
    cmark_node* parent = cmark_node_parent(node);
    const cmark_node_type of = cmark_node_get_type(parent);
    if (is_tight_ && of != CMARK_NODE_BLOCK_QUOTE) return;
    if (is_entering) return open(node, "p");
    if (of == CMARK_NODE_FOOTNOTE_DEFINITION && cmark_node_next(node) == nullptr) {
      html_ += ' ';
      back_reference();
    }
    close("</p>");
  }

  void heading(cmark_node* node, bool is_entering) {
    const std::string tag = "h" + std::to_string(cmark_node_get_heading_level(node));
    if (is_entering) {
      line();
      if (!options_.is_of_github_pages) html_ += "<" + tag + position(node) + ">";
      heading_begin_ = html_.size();
      return;
    }
    if (options_.is_of_github_pages) {
      const std::string content = html_.substr(heading_begin_);
      html_.resize(heading_begin_);
      html_ += "<" + tag + position(node) + " id=\"" + id_of(content) + "\">" + content;
    }
    close("</" + tag + ">");
  }

  // GitHub's variant gives headers kramdown's ids, made of their HTML.
  std::string id_of(const std::string& content) {
    std::string id;
    for (std::size_t at = 0; at < content.size();) {  // Ruby's ^ is the start of each line
      const std::size_t end = std::min(content.find('\n', at), content.size());
      id += plain_id(std::string_view(content).substr(at, end - at));
      at = end + 1;
    }
    if (id.empty()) id = "section";
    const auto [seen, is_new] = ids_.try_emplace(id, 0);
    return is_new ? id : id + "-" + std::to_string(++seen->second);
  }

  void list(cmark_node* node, bool is_entering) {
    const bool is_bullets = cmark_node_get_list_type(node) == CMARK_BULLET_LIST;
    if (!is_entering) {
      close(is_bullets ? "</ul>" : "</ol>");
      is_tight_ = tight_outside_.back();
      tight_outside_.pop_back();
      return;
    }
    tight_outside_.push_back(is_tight_);
    is_tight_ = cmark_node_get_list_tight(node) != 0;
    const int start = cmark_node_get_list_start(node);
    const bool has_start = !is_bullets && start != 1;
    const std::string name = is_bullets ? "ul" : "ol";
    open(node, has_start ? name + " start=\"" + std::to_string(start) + "\"" : name, "\n");
  }

  void item(cmark_node* node, bool is_entering) {
    if (!is_entering) return close("</li>");
    open(node, "li");
    if (text_of(cmark_node_get_type_string(node)) != "tasklist") return;
    const bool is_checked = cmark_gfm_extensions_get_tasklist_item_checked(node);
    html_ += "<input type=\"checkbox\" ";
    if (is_checked) html_ += "checked=\"\" ";
    html_ += "disabled=\"\" /> ";
  }

  void footnote(bool is_entering) {
    if (is_entering) {
      if (footnotes_++ == 0) html_ += "<section class=\"footnotes\">\n<ol>\n";
      html_ += "<li id=\"fn" + std::to_string(footnotes_) + "\">\n";
      return;
    }
    if (back_reference()) html_ += '\n';
    html_ += "</li>\n";
  }

  // False: the footnote leads back already.
  bool back_reference() {
    if (footnote_left_ == footnotes_) return false;
    footnote_left_ = footnotes_;
    html_ +=
        "<a href=\"#fnref" + std::to_string(footnotes_) + "\" class=\"footnote-backref\">↩</a>";
    return true;
  }

  void code(cmark_node* node) {
    const CommonmarkCode code = commonmark_code(text_of(cmark_node_get_fence_info(node)),
                                                text_of(cmark_node_get_literal(node)),
                                                position(node),
                                                options_);
    if (code.is_block) line();
    html_ += code.html;
    if (code.is_block) line();
  }

  void raw(cmark_node* node) {
    const std::string_view html = text_of(cmark_node_get_literal(node));
    if (!options_.is_unsafe) {
      html_ += "<!-- raw HTML omitted -->";
    } else if (options_.has_tag_filter) {
      append_filtered(html_, html);
    } else {
      html_ += html;
    }
  }

  // False: no part of a table.
  bool table(cmark_node* node, bool is_entering) {
    const std::string_view kind = text_of(cmark_node_get_type_string(node));
    if (kind == "table") {
      if (is_entering) {
        html_ += "<table" + position(node) + ">\n";
        has_body_ = false;
      } else {
        html_ += has_body_ ? "</tbody>\n</table>\n" : "</table>\n";
      }
    } else if (kind == "table_header") {
      is_head_ = is_entering;
      html_ += is_entering ? "<thead>\n<tr" + position(node) + ">\n" : "</tr>\n</thead>\n";
      column_ = 0;
    } else if (kind == "table_row") {
      if (is_entering && !has_body_) html_ += "<tbody>\n";
      has_body_ = true;
      html_ += is_entering ? "<tr" + position(node) + ">\n" : "</tr>\n";
      column_ = 0;
    } else if (kind == "table_cell") {
      cell(node, is_entering);
    } else {
      return false;
    }
    return true;
  }

  void cell(cmark_node* node, bool is_entering) {
    const std::string tag = is_head_ ? "th" : "td";
    if (!is_entering) {
      html_ += "</" + tag + ">\n";
      return;
    }
    cmark_node* table = cmark_node_parent(cmark_node_parent(node));
    const std::size_t columns = cmark_gfm_extensions_get_table_columns(table);
    const std::uint8_t* alignments = cmark_gfm_extensions_get_table_alignments(table);
    html_ += "<" + tag;
    switch (column_ < columns ? alignments[column_] : 0) {
      case 'l': html_ += " align=\"left\""; break;
      case 'r': html_ += " align=\"right\""; break;
      case 'c': html_ += " align=\"center\""; break;
      default: break;
    }
    html_ += position(node) + ">";
    ++column_;
  }

  void inline_of(cmark_node* node, bool is_entering) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT: append_html(html_, text_of(cmark_node_get_literal(node))); break;
      case CMARK_NODE_SOFTBREAK: soft_break(); break;
      case CMARK_NODE_LINEBREAK: html_ += "<br />\n"; break;
      case CMARK_NODE_CODE:
        html_ += "<code>";
        append_html(html_, text_of(cmark_node_get_literal(node)));
        html_ += "</code>";
        break;
      case CMARK_NODE_HTML_INLINE: raw(node); break;
      case CMARK_NODE_EMPH: html_ += is_entering ? "<em>" : "</em>"; break;
      case CMARK_NODE_STRONG: html_ += is_entering ? "<strong>" : "</strong>"; break;
      case CMARK_NODE_LINK: link(node, is_entering); break;
      case CMARK_NODE_IMAGE: image(node, is_entering); break;
      case CMARK_NODE_FOOTNOTE_REFERENCE:
        if (is_entering) footnote_mark(node);
        break;
      default:
        if (text_of(cmark_node_get_type_string(node)) == "strikethrough") {
          html_ += is_entering ? "<del>" : "</del>";
        }
    }
  }

  void soft_break() {
    if (options_.has_hard_breaks) {
      html_ += "<br />\n";
    } else {
      html_ += options_.has_no_breaks ? ' ' : '\n';
    }
  }

  void title(cmark_node* node) {
    const std::string_view title = text_of(cmark_node_get_title(node));
    if (title.empty()) return;
    html_ += " title=\"";
    append_html(html_, title);
    html_ += '"';
  }

  void link(cmark_node* node, bool is_entering) {
    if (!is_entering) {
      html_ += "</a>";
      return;
    }
    html_ += "<a href=\"";
    append_address(html_, text_of(cmark_node_get_url(node)));
    html_ += '"';
    title(node);
    html_ += '>';
  }

  void image(cmark_node* node, bool is_entering) {
    images_ += is_entering ? 1 : -1;
    if (is_entering && images_ > 1) return;
    if (!is_entering && images_ > 0) return;
    if (is_entering) {
      html_ += "<img src=\"";
      append_address(html_, text_of(cmark_node_get_url(node)));
      html_ += "\" alt=\"";
    } else {
      html_ += '"';
      title(node);
      html_ += " />";
    }
  }

  // Of an image: its text, and nothing of what marks it up.
  void alternative(cmark_node* node) {
    if (cmark_node_get_type(node) == CMARK_NODE_TEXT) {
      append_html(html_, text_of(cmark_node_get_literal(node)));
    } else if (cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK) {
      soft_break();
    }
  }

  void footnote_mark(cmark_node* node) {
    const std::string number(text_of(cmark_node_get_literal(node)));
    html_ += "<sup class=\"footnote-ref\"><a href=\"#fn" + number + "\" id=\"fnref" + number +
             "\">" + number + "</a></sup>";
  }

  const CommonmarkOptions& options_;
  std::string html_;
  std::map<std::string, int> ids_;
  std::vector<bool> tight_outside_;
  std::size_t heading_begin_ = 0, column_ = 0;
  int images_ = 0;  // around what is written
  int footnotes_ = 0, footnote_left_ = 0;
  bool is_tight_ = false, is_head_ = false, has_body_ = false;
};

}  // namespace

std::string write_commonmark(cmark_node* root, const CommonmarkOptions& options) {
  return Writer(options).write(root);
}

}  // namespace stet::markdown
