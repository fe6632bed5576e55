#include "cms/markdown/inline_passes.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stet::markdown {
namespace {

bool is_text(cmark_node* node) {
  return node != nullptr && cmark_node_get_type(node) == CMARK_NODE_TEXT;
}

std::string_view without_blanks_at_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t");
  return text.substr(0, last == text.npos ? 0 : last + 1);
}

// "Title ##" of "## Title ## {#id}".
std::string_view without_closing_hashes(std::string_view text) {
  const std::size_t last = text.find_last_not_of('#');
  const bool are_apart = last != text.npos && (text[last] == ' ' || text[last] == '\t');
  return are_apart ? without_blanks_at_end(text.substr(0, last + 1)) : text;
}

// "Title {#id}": the id, as kramdown's pattern has it, and the text without it.
void take_header_id(Tree& tree, cmark_node* header) {
  cmark_node* last = cmark_node_last_child(header);
  if (!is_text(last)) return;
  const std::string_view text = cmark_node_get_literal(last);
  const std::size_t begin = text.rfind("{#");
  if (begin == text.npos || begin == 0 || !text.ends_with('}')) return;
  if (text[begin - 1] != ' ' && text[begin - 1] != '\t') return;
  const std::string id(text.substr(begin + 2, text.size() - begin - 3));
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool is_id =
      !id.empty() && is_letter(id[0]) && std::all_of(id.begin(), id.end(), [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ':';
      });
  if (!is_id) return;
  tree.facts(header).attributes.set("id", id);
  const std::string rest(without_closing_hashes(without_blanks_at_end(text.substr(0, begin))));
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

bool has_triple_delimiter(cmark_node* block, const PreparedSource& prepared) {
  const int end = cmark_node_get_end_line(block);
  for (int number = cmark_node_get_start_line(block); number > 0 && number <= end; ++number) {
    const std::string_view line = prepared.line(number);
    if (line.find("***") != line.npos || line.find("___") != line.npos) return true;
  }
  return false;
}

// Of `***both***` CommonMark makes <em><strong>, kramdown <strong><em>.
void turn_inside_out(cmark_node* emphasis) {
  cmark_node* strong = cmark_node_first_child(emphasis);
  const bool is_both = strong != nullptr && cmark_node_get_type(strong) == CMARK_NODE_STRONG &&
                       cmark_node_next(strong) == nullptr;
  if (!is_both) return;
  cmark_node_unlink(strong);
  move_children(strong, emphasis);
  cmark_node_replace(emphasis, strong);
  cmark_node_append_child(strong, emphasis);
}

void turn_triples(Tree& tree, const PreparedSource& prepared) {
  std::vector<cmark_node*> emphases;
  bool has_triple = false;
  walk(tree.root(), [&](cmark_node* node, bool is_entering) {
    if (!is_entering) return;
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) {
      has_triple = has_triple_delimiter(node, prepared);
    } else if (type == CMARK_NODE_EMPH && has_triple) {
      emphases.push_back(node);
    }
  });
  for (cmark_node* emphasis : emphases) turn_inside_out(emphasis);
}

}  // namespace

void run_inline_passes(Tree& tree, const PreparedSource& prepared) {
  turn_triples(tree, prepared);
  for (cmark_node* header : nodes_of_type(tree.root(), CMARK_NODE_HEADING)) {
    take_header_id(tree, header);
  }
  for (cmark_node* item : nodes_of_type(tree.root(), CMARK_NODE_ITEM)) {
    attach_to_item(tree, item, prepared.definitions);
  }
  for (cmark_node* text : nodes_of_type(tree.root(), CMARK_NODE_TEXT)) {
    attach_behind_element(tree, text, prepared.definitions);
  }
}

}  // namespace stet::markdown
