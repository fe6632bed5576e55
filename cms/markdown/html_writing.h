// The state of one document's writing, shared by the files that write: blocks (html_writer.cc),
// what stands in a line (html_spans.cc), footnotes and the table of contents (html_notes.cc).
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cms/markdown/header_ids.h"
#include "cms/markdown/html_text.h"
#include "cms/markdown/kramdown_reader.h"

namespace stet::markdown {

// "" where an element has none that is always the same.
std::string_view tag_of(Extra extra);

class HtmlWriter {
 public:
  explicit HtmlWriter(const Document& document)
      : document_(document), options_(document.options), ids_(document.options) {}

  std::string write();

 private:
  // Deeper blocks are not indented further: the output stays linear in the source.
  static constexpr int kIndentMax = 100;
  static constexpr int kStep = 2;

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

  void footnote_backlinks(const Footnote& footnote);
  void footnote(const Footnote& footnote);
  std::string footnotes();
  void contents(std::size_t& next, int level, int indent);
  std::string table_of_contents();
  void replace_place(std::size_t at, const std::string& html);

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
  std::vector<Footnote> footnotes_;
  std::map<std::string_view, std::size_t> footnote_of_;  // by name, in footnotes_
  cmark_node* backlink_place_ = nullptr;                 // what ends with the backlinks
  const Footnote* backlinks_of_ = nullptr;
  // kPlace stands there until all is written.
  static constexpr char kPlace = '\0';
  static constexpr std::size_t kNoPlace = std::string::npos;
  cmark_node* contents_list_ = nullptr;
  std::size_t contents_at_ = kNoPlace;
  std::size_t footnotes_at_ = kNoPlace;
};

}  // namespace stet::markdown
