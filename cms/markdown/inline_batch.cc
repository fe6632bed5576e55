#include "cms/markdown/inline_batch.h"

#include <algorithm>

#include "cms/markdown/marks.h"

namespace stet::markdown {
namespace {

// The mark keeps what looks like the start of a list or a heading from being one.
void strip_mark(cmark_node* paragraph) {
  cmark_node* first = cmark_node_first_child(paragraph);
  if (first == nullptr || cmark_node_get_type(first) != CMARK_NODE_TEXT) return;
  std::string text = cmark_node_get_literal(first);
  if (!text.starts_with(kCellMark)) return;
  text.erase(0, kCellMark.size());
  if (text.starts_with(' ')) text.erase(0, 1);
  if (text.empty()) {
    cmark_node_free(first);
  } else {
    cmark_node_set_literal(first, text.c_str());
  }
}

}  // namespace

NodeOwner parse_with_cmark(std::string_view text) {
  NodeOwner root(cmark_parse_document(text.data(), text.size(), CMARK_OPT_DEFAULT));
  cmark_consolidate_text_nodes(root.get());
  return root;
}

std::vector<NodeOwner> read_inlines(const std::vector<std::string>& texts,
                                    std::string_view link_definitions) {
  std::string document;
  for (const std::string& text : texts) {
    const std::size_t begin = document.size();
    document += std::string(kCellMark) + " " + text;
    std::replace(document.begin() + static_cast<std::ptrdiff_t>(begin), document.end(), '\n', ' ');
    document += "\n\n";
  }
  document += link_definitions;
  const NodeOwner root = parse_with_cmark(document);
  std::vector<NodeOwner> paragraphs;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    cmark_node* first = cmark_node_first_child(root.get());
    if (first == nullptr) {
      paragraphs.emplace_back(cmark_node_new(CMARK_NODE_PARAGRAPH));
      continue;
    }
    cmark_node_unlink(first);
    strip_mark(first);
    paragraphs.emplace_back(first);
  }
  return paragraphs;
}

}  // namespace stet::markdown
