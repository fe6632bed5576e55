#include "cms/markdown/task_lists.h"

#include <string>
#include <string_view>

namespace stet::markdown {
namespace {

constexpr const char* kOpenBox =
    R"(<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />)";
constexpr const char* kTickedBox =
    R"(<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" )"
    R"(checked="checked" />)";

cmark_node* first_text(cmark_node* item) {
  cmark_node* paragraph = cmark_node_first_child(item);
  if (paragraph == nullptr || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
    return nullptr;
  cmark_node* text = cmark_node_first_child(paragraph);
  return text != nullptr && cmark_node_get_type(text) == CMARK_NODE_TEXT ? text : nullptr;
}

bool make_box(cmark_node* item) {
  cmark_node* text = first_text(item);
  if (text == nullptr) return false;
  const std::string literal = cmark_node_get_literal(text);
  const std::string_view box = std::string_view(literal).substr(0, 3);
  const bool is_ticked = box == "[x]" || box == "[X]";
  if ((!is_ticked && box != "[ ]") || literal.size() < 4 || literal[3] != ' ') return false;
  const std::size_t begin = literal.find_first_not_of(' ', 3);
  cmark_node* html = cmark_node_new(CMARK_NODE_HTML_INLINE);
  cmark_node_set_literal(html, is_ticked ? kTickedBox : kOpenBox);
  cmark_node_insert_before(text, html);
  cmark_node_set_literal(text, begin == std::string::npos ? "" : literal.c_str() + begin);
  return true;
}

}  // namespace

void make_task_lists(Tree& tree) {
  for (cmark_node* list : nodes_of_type(tree.root(), CMARK_NODE_LIST)) {
    bool has_task = false;
    for (cmark_node* item = cmark_node_first_child(list); item != nullptr;
         item = cmark_node_next(item)) {
      has_task = make_box(item) || has_task;
      // Items behind the first task have its class, tasks or not, as kramdown does it.
      if (has_task) tree.facts(item).attributes.set("class", "task-list-item");
    }
    if (has_task) tree.facts(list).attributes.set("class", "task-list");
  }
}

}  // namespace stet::markdown
