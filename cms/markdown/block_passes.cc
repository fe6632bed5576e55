#include "cms/markdown/block_passes.h"

#include <string>
#include <utility>

namespace stet::markdown {
namespace {

bool is_block(cmark_node* node) {
  const cmark_node_type type = cmark_node_get_type(node);
  return type < CMARK_NODE_FIRST_INLINE && type != CMARK_NODE_DOCUMENT && type != CMARK_NODE_ITEM;
}

void remove(Tree& tree, cmark_node* node) {
  cmark_node* next = cmark_node_next(node);
  const bool has_neighbours = next != nullptr && cmark_node_previous(node) != nullptr;
  if (has_neighbours && Tree::facts_of(node).has_blank_before) {
    tree.facts(next).has_blank_before = true;
  }
  cmark_node_free(node);
}

// The block that an attribute list belongs to; lists that follow one another share it.
cmark_node* owner_of(cmark_node* list, const PreparedSource& prepared) {
  cmark_node* previous = cmark_node_previous(list);
  if (previous != nullptr && !Tree::facts_of(list).has_blank_before) return previous;
  cmark_node* next = cmark_node_next(list);
  while (next != nullptr &&
         cut_of(prepared,
                cmark_node_get_literal(next) == nullptr ? "" : cmark_node_get_literal(next)) !=
             nullptr) {
    next = cmark_node_next(next);
  }
  return next != nullptr && !Tree::facts_of(next).has_blank_before ? next : nullptr;
}

bool is_followed_by_blank(cmark_node* paragraph, const PreparedSource& prepared) {
  const int next_line = cmark_node_get_end_line(paragraph) + 1;
  return !prepared.line(next_line).empty() && is_blank_line(prepared.line(next_line));
}

void loosen(Tree& tree, cmark_node* list, const PreparedSource& prepared) {
  bool has_tight = false;
  for (cmark_node* item = cmark_node_first_child(list); item != nullptr;
       item = cmark_node_next(item)) {
    cmark_node* first = cmark_node_first_child(item);
    const bool is_last = cmark_node_next(item) == nullptr;
    if (first == nullptr || cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH) {
      has_tight = true;
      continue;
    }
    const bool ends_item = cmark_node_next(first) == nullptr;
    const bool has_blank = is_followed_by_blank(first, prepared);
    const bool is_only = is_last && cmark_node_previous(item) == nullptr;
    const bool is_tight =
        (!has_blank || (is_last && ends_item)) && (!is_last || is_only || has_tight);
    tree.facts(first).is_transparent = is_tight;
    has_tight = has_tight || is_tight;
  }
}

}  // namespace

void note_blank_lines(Tree& tree, const PreparedSource& prepared) {
  walk(tree.root(), [&](cmark_node* node, bool is_entering) {
    if (!is_entering || !is_block(node) || cmark_node_previous(node) == nullptr) return;
    const int line_before = cmark_node_get_start_line(node) - 1;
    if (is_blank_line(prepared.line(line_before))) tree.facts(node).has_blank_before = true;
  });
}

void attach_attributes(Tree& tree, const PreparedSource& prepared) {
  std::vector<std::pair<cmark_node*, const Cut*>> lists;
  for (cmark_node* node : nodes_of_type(tree.root(), CMARK_NODE_HTML_BLOCK)) {
    const Cut* cut = cut_of(prepared, cmark_node_get_literal(node));
    if (cut != nullptr && cut->kind == CutKind::kAttributes) lists.emplace_back(node, cut);
  }
  for (const auto& [node, cut] : lists) {
    if (cmark_node* owner = owner_of(node, prepared)) {
      apply(cut->attributes, prepared.definitions, tree.facts(owner));
    }
    remove(tree, node);
  }
}

std::vector<HtmlPlace> restore_html(Tree& tree, const PreparedSource& prepared) {
  std::vector<HtmlPlace> places;
  std::vector<cmark_node*> ends;
  walk(tree.root(), [&](cmark_node* node, bool is_entering) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (!is_entering || (type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_CODE_BLOCK &&
                         type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_CODE)) {
      return;
    }
    const std::string literal = cmark_node_get_literal(node);
    const Cut* cut = type == CMARK_NODE_HTML_BLOCK ? cut_of(prepared, literal) : nullptr;
    if (cut == nullptr) {
      cmark_node_set_literal(node, with_cuts_restored(prepared, literal).c_str());
    } else if (cut->kind == CutKind::kHtml) {
      cmark_node_set_literal(node, cut->html.c_str());
      places.push_back({node, cut});
    } else {
      ends.push_back(node);
    }
  });
  for (cmark_node* node : ends) remove(tree, node);
  return places;
}

void loosen_items(Tree& tree, const PreparedSource& prepared) {
  for (cmark_node* list : nodes_of_type(tree.root(), CMARK_NODE_LIST)) {
    if (cmark_node_get_start_line(list) > 0) loosen(tree, list, prepared);
  }
}

}  // namespace stet::markdown
