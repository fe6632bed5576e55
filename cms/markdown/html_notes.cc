#include <utility>

#include "cms/markdown/html_writing.h"

namespace stet::markdown {
namespace {

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

}  // namespace

void HtmlWriter::footnote_backlinks(const Footnote& footnote) {
  if (options_.footnote_backlink.empty()) return;
  for (int repeat = 0; repeat <= footnote.repeats; ++repeat) {
    if (repeat > 0 || backlink_place_ != nullptr) no_break_space();
    std::string target = "#fnref:" + footnote.name;
    if (repeat > 0) target += ":" + std::to_string(repeat);
    html_ += "<a";
    append_attribute(html_, "href", target);
    html_ += " class=\"reversefootnote\" role=\"doc-backlink\">";
    append_text(html_, options_.footnote_backlink);
    if (repeat > 0) html_ += "<sup>" + std::to_string(repeat + 1) + "</sup>";
    html_ += "</a>";
  }
}

void HtmlWriter::footnote(const Footnote& footnote) {
  constexpr int kIndent = 4;
  backlinks_of_ = &footnote;
  backlink_place_ = paragraph_for_backlinks(footnote.content, options_.footnote_backlink_inline);
  lead_in(kIndent);
  html_ += "<li";
  append_attribute(html_, "id", "fn:" + footnote.name);
  html_ += " role=\"doc-endnote\">\n";
  blocks(footnote.content, kIndent + kStep);
  if (backlink_place_ == nullptr) {
    lead_in(kIndent + kStep);
    html_ += "<p>";
    footnote_backlinks(footnote);
    html_ += "</p>\n";
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
  // Footnotes may mention further ones, and themselves: those marks have no way back.
  std::size_t next = 0;
  while (next < footnotes_.size()) {
    const Footnote as_mentioned_so_far = footnotes_[next++];
    footnote(as_mentioned_so_far);
  }
  html_ += "  </ol>\n</div>\n";
  return std::exchange(html_, std::move(page));
}

// The entries from `next` on whose headers are of a deeper level than `level`: one list.
void HtmlWriter::contents(std::size_t& next, int level, int indent) {
  const bool is_ordered = cmark_node_get_list_type(contents_list_) == CMARK_ORDERED_LIST;
  const std::string_view tag = is_ordered ? "ol" : "ul";
  Attributes given = Tree::facts_of(contents_list_).attributes;
  if (given.find("id") == nullptr) given.set("id", "markdown-toc");
  const std::string prefix = *given.find("id") + "-";
  open_block(tag, next == 0 ? given : Attributes(), indent);
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
  if (entries_.empty()) return "";
  std::string page = std::exchange(html_, "");
  in_contents_ = true;
  std::size_t next = 0;
  contents(next, 0, 0);
  return std::exchange(html_, std::move(page));
}

void HtmlWriter::replace_place(std::size_t at, const std::string& html) {
  html_.replace(at, 1, html);
  if (contents_at_ != kNoPlace && contents_at_ > at) contents_at_ += html.size() - 1;
}

std::string HtmlWriter::write() {
  html_.reserve(document_.source_bytes * 5 / 4);  // as it comes to, as a rule
  blocks(document_.tree.root(), 0);
  const std::string notes = footnotes();
  if (footnotes_at_ == kNoPlace) {
    html_ += notes;
  } else {
    replace_place(footnotes_at_, notes);
  }
  if (contents_at_ != kNoPlace) replace_place(contents_at_, table_of_contents());
  return std::move(html_);
}

}  // namespace stet::markdown
