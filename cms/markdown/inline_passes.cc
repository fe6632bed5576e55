#include "cms/markdown/inline_passes.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stet::markdown {
namespace {

bool is_text(cmark_node* node) {
  return node != nullptr && cmark_node_get_type(node) == CMARK_NODE_TEXT;
}

// "Title {#id}": the id, as kramdown's pattern has it, and the text without it.
void take_header_id(Tree& tree, cmark_node* header) {
  cmark_node* last = cmark_node_last_child(header);
  if (!is_text(last)) return;
  const std::string_view text = cmark_node_get_literal(last);
  const std::size_t begin = text.rfind("{#");
  if (begin == text.npos || !text.ends_with('}')) return;
  const std::string id(text.substr(begin + 2, text.size() - begin - 3));
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool is_id =
      !id.empty() && is_letter(id[0]) && std::all_of(id.begin(), id.end(), [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ':';
      });
  if (!is_id) return;
  tree.facts(header).attributes.set("id", id);
  const std::size_t end = text.substr(0, begin).find_last_not_of(" \t");
  const std::string rest(text.substr(0, end == text.npos ? 0 : end + 1));
  cmark_node_set_literal(last, rest.c_str());
}

// "{: ...}" at the start of the text: what is between the braces, and the size of it all.
struct ListAtStart {
  std::string inner;
  std::size_t size = 0;
};

std::optional<ListAtStart> list_at_start(std::string_view text) {
  if (!text.starts_with("{:") || text.starts_with("{::") || text.starts_with("{:/")) {
    return std::nullopt;
  }
  const std::size_t end = text.find('}');
  if (end == text.npos || end == 2) return std::nullopt;
  return ListAtStart{std::string(text.substr(2, end - 2)), end + 1};
}

void attach_behind_element(Tree& tree, cmark_node* text, const AttributeDefinitions& definitions) {
  cmark_node* element = cmark_node_previous(text);
  if (element == nullptr || is_text(element)) return;
  const cmark_node_type type = cmark_node_get_type(element);
  if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) return;
  std::string rest = cmark_node_get_literal(text);
  while (const std::optional<ListAtStart> list = list_at_start(rest)) {
    apply(parse_attribute_list(list->inner), definitions, tree.facts(element));
    rest.erase(0, list->size);
  }
  cmark_node_set_literal(text, rest.c_str());
}

// "* {:.done} text": the list belongs to the item.
void attach_to_item(Tree& tree, cmark_node* item, const AttributeDefinitions& definitions) {
  cmark_node* paragraph = cmark_node_first_child(item);
  if (paragraph == nullptr || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH) return;
  cmark_node* text = cmark_node_first_child(paragraph);
  if (!is_text(text)) return;
  const std::string_view literal = cmark_node_get_literal(text);
  const std::optional<ListAtStart> list = list_at_start(literal);
  if (!list) return;
  apply(parse_attribute_list(list->inner), definitions, tree.facts(item));
  const std::size_t begin = std::min(literal.find_first_not_of(" \t", list->size), literal.size());
  cmark_node_set_literal(text, std::string(literal.substr(begin)).c_str());
}

cmark_node* text_node(std::string_view text) {
  cmark_node* node = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(node, std::string(text).c_str());
  return node;
}

// "~~gone~~" within one text node.
void strike(Tree& tree, cmark_node* node) {
  constexpr std::string_view kDelimiter = "~~";
  const std::string whole = cmark_node_get_literal(node);
  std::string_view rest = whole;
  bool has_any = false;
  for (std::size_t open = rest.find(kDelimiter); open != rest.npos; open = rest.find(kDelimiter)) {
    const std::size_t close = rest.find(kDelimiter, open + 3);
    if (close == rest.npos) break;
    const std::string_view inner = rest.substr(open + 2, close - open - 2);
    const bool is_struck = std::string_view(" \t~").find(inner.front()) == rest.npos &&
                           std::string_view(" \t~").find(inner.back()) == rest.npos;
    const std::size_t before = is_struck ? open : close;
    cmark_node_insert_before(node, text_node(rest.substr(0, before)));
    if (is_struck) {
      cmark_node* struck = tree.make(Extra::kStrikethrough);
      cmark_node_append_child(struck, text_node(inner));
      cmark_node_insert_before(node, struck);
      has_any = true;
    }
    rest.remove_prefix(is_struck ? close + 2 : close);
  }
  if (has_any || rest.size() < whole.size())
    cmark_node_set_literal(node, std::string(rest).c_str());
}

}  // namespace

void run_inline_passes(Tree& tree, const AttributeDefinitions& definitions) {
  for (cmark_node* header : nodes_of_type(tree.root(), CMARK_NODE_HEADING)) {
    take_header_id(tree, header);
  }
  for (cmark_node* item : nodes_of_type(tree.root(), CMARK_NODE_ITEM)) {
    attach_to_item(tree, item, definitions);
  }
  for (cmark_node* text : nodes_of_type(tree.root(), CMARK_NODE_TEXT)) {
    attach_behind_element(tree, text, definitions);
    strike(tree, text);
  }
}

}  // namespace stet::markdown
