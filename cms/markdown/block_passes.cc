#include "cms/markdown/block_passes.h"

#include <string>
#include <utility>

#include "cms/markdown/marks.h"

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

const Cut* attributes_at(cmark_node* node, const PreparedSource& prepared) {
  if (cmark_node_get_type(node) != CMARK_NODE_HTML_BLOCK) return nullptr;
  const Cut* cut = cut_of(prepared, cmark_node_get_literal(node));
  return cut != nullptr && cut->kind == CutKind::kAttributes ? cut : nullptr;
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

void merge_lists(Tree& tree) {
  for (cmark_node* list : nodes_of_type(tree.root(), CMARK_NODE_LIST)) {
    cmark_node* previous = cmark_node_previous(list);
    const bool is_same = previous != nullptr && cmark_node_get_type(previous) == CMARK_NODE_LIST &&
                         cmark_node_get_list_type(previous) == cmark_node_get_list_type(list);
    if (!is_same) continue;
    // Into the later one: the earlier is not asked for again.
    while (cmark_node* item = cmark_node_last_child(previous)) {
      cmark_node_unlink(item);
      cmark_node_prepend_child(list, item);
    }
    cmark_node_free(previous);
  }
}

void attach_attributes(Tree& tree, const PreparedSource& prepared) {
  // Lists of attributes on lines that follow one another are one.
  AttributeList waiting;
  cmark_node* waiting_at = nullptr;
  for (cmark_node* node : nodes_of_type(tree.root(), CMARK_NODE_HTML_BLOCK)) {
    const Cut* cut = attributes_at(node, prepared);
    if (cut == nullptr) continue;
    cmark_node* previous = cmark_node_previous(node);
    if (waiting_at == node) {
      waiting.add_all(cut->attributes);
    } else if (previous != nullptr && !Tree::facts_of(node).has_blank_before) {
      apply(cut->attributes, prepared.definitions, tree.facts(previous));
      remove(tree, node);
      continue;
    } else {
      waiting = cut->attributes;
    }
    cmark_node* next = cmark_node_next(node);
    waiting_at = nullptr;
    if (next != nullptr && !Tree::facts_of(next).has_blank_before) {
      if (attributes_at(next, prepared) != nullptr) {
        waiting_at = next;
      } else {
        apply(waiting, prepared.definitions, tree.facts(next));
      }
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
    const bool is_html = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
    const Cut* cut = is_html ? cut_of(prepared, literal) : nullptr;
    if (cut == nullptr) {
      std::string restored = with_cuts_restored(prepared, literal);
      if (type == CMARK_NODE_HTML_BLOCK) restored = without_marks(restored, Place::kSource);
      cmark_node_set_literal(node, restored.c_str());
    } else if (cut->kind == CutKind::kHtml) {
      cmark_node_set_literal(node, cut->html.c_str());
      if (type == CMARK_NODE_HTML_BLOCK) places.push_back({node, cut});
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
