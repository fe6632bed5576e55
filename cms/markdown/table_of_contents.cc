#include "cms/markdown/table_of_contents.h"

#include <string>
#include <vector>

namespace stet::markdown {
namespace {

cmark_node* copy_of(Tree& tree, cmark_node* node) {
  const cmark_node_type type = cmark_node_get_type(node);
  cmark_node* copy = cmark_node_new(type);
  if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE) {
    cmark_node_set_literal(copy, cmark_node_get_literal(node));
  }
  if (type == CMARK_NODE_IMAGE) {
    cmark_node_set_url(copy, cmark_node_get_url(node));
    cmark_node_set_title(copy, cmark_node_get_title(node));
  }
  const Facts& facts = Tree::facts_of(node);
  Facts& copied = tree.facts(copy);
  copied.extra = facts.extra;
  for (const auto& [name, value] : facts.attributes) {
    if (name != "id") copied.attributes.set(name, value);
  }
  return copy;
}

// A link in a link is none: only its text is copied.
void copy_inlines(Tree& tree, cmark_node* header, cmark_node* into) {
  std::vector<cmark_node*> parents = {into};
  walk(header, [&](cmark_node* node, bool is_entering) {
    if (node == header || cmark_node_get_type(node) == CMARK_NODE_LINK) return;
    if (!is_entering) {
      parents.pop_back();
      return;
    }
    cmark_node* copy = copy_of(tree, node);
    cmark_node_append_child(parents.back(), copy);
    const cmark_node_type type = cmark_node_get_type(node);
    const bool is_leaf = type != CMARK_NODE_EMPH && type != CMARK_NODE_STRONG &&
                         type != CMARK_NODE_IMAGE && type != CMARK_NODE_CUSTOM_INLINE;
    if (!is_leaf) parents.push_back(copy);
  });
}

class ContentsBuilder {
 public:
  ContentsBuilder(Tree& tree, cmark_node* list, const std::string& id)
      : tree_(tree), type_(cmark_node_get_list_type(list)), id_(id), root_(list) {}

  void add(cmark_node* header) {
    const int level = cmark_node_get_heading_level(header);
    while (!open_.empty() && open_.back().level >= level) open_.pop_back();
    cmark_node* item = make_item(header);
    cmark_node_append_child(open_.empty() ? root_ : list_below(open_.back().item), item);
    open_.push_back({item, level});
  }

 private:
  struct Open {
    cmark_node* item;
    int level;
  };

  cmark_node* make_item(cmark_node* header) {
    const std::string* target = Tree::facts_of(header).attributes.find("id");
    cmark_node* item = cmark_node_new(CMARK_NODE_ITEM);
    cmark_node* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node* link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_append_child(item, paragraph);
    cmark_node_append_child(paragraph, link);
    tree_.facts(paragraph).is_transparent = true;
    tree_.facts(link).attributes.set("id", id_ + "-" + *target);
    cmark_node_set_url(link, ("#" + *target).c_str());
    copy_inlines(tree_, header, link);
    return item;
  }

  cmark_node* list_below(cmark_node* item) {
    cmark_node* last = cmark_node_last_child(item);
    if (cmark_node_get_type(last) == CMARK_NODE_LIST) return last;
    cmark_node* list = cmark_node_new(CMARK_NODE_LIST);
    cmark_node_set_list_type(list, type_);
    cmark_node_append_child(item, list);
    return list;
  }

  Tree& tree_;
  cmark_list_type type_;
  std::string id_;
  cmark_node* root_;
  std::vector<Open> open_;
};

bool is_listed(cmark_node* header, const Options& options) {
  const Facts& facts = Tree::facts_of(header);
  const int level = cmark_node_get_heading_level(header);
  return !facts.is_unlisted && facts.attributes.find("id") != nullptr &&
         level >= options.toc_levels_min && level <= options.toc_levels_max;
}

}  // namespace

void place_table_of_contents(Tree& tree, const Options& options) {
  cmark_node* place = nullptr;
  for (cmark_node* list : nodes_of_type(tree.root(), CMARK_NODE_LIST)) {
    if (Tree::facts_of(list).is_toc) {
      place = list;
      break;
    }
  }
  if (place == nullptr) return;
  while (cmark_node* item = cmark_node_first_child(place)) cmark_node_free(item);
  std::vector<cmark_node*> headers;
  for (cmark_node* header : nodes_of_type(tree.root(), CMARK_NODE_HEADING)) {
    if (is_listed(header, options)) headers.push_back(header);
  }
  if (headers.empty()) {
    cmark_node_free(place);
    return;
  }
  Attributes& attributes = tree.facts(place).attributes;
  if (attributes.find("id") == nullptr) attributes.set("id", "markdown-toc");
  ContentsBuilder builder(tree, place, *attributes.find("id"));
  for (cmark_node* header : headers) builder.add(header);
}

}  // namespace stet::markdown
