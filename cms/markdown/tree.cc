#include "cms/markdown/tree.h"

#include <algorithm>

namespace stet::markdown {

std::string* Attributes::value_of(std::string_view name) {
  for (auto& [key, value] : entries_) {
    if (key == name) return &value;
  }
  return nullptr;
}

void Attributes::set(std::string_view name, std::string_view value) {
  if (std::string* old = value_of(name)) {
    *old = value;
  } else if (entries_.size() < attributes_max) {
    entries_.emplace_back(name, value);
  }
}

void Attributes::add_class(std::string_view name) {
  if (std::string* classes = value_of("class")) {
    (*classes += ' ') += name;
  } else {
    set("class", name);
  }
}

void Attributes::add_all(const Attributes& others) {
  for (const auto& [name, value] : others) {
    if (name == "class") {
      add_class(value);
    } else {
      set(name, value);
    }
  }
}

void Attributes::remove(std::string_view name) {
  std::erase_if(entries_, [&](const auto& entry) { return entry.first == name; });
}

const std::string* Attributes::find(std::string_view name) const {
  const auto found = std::find_if(
      entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.first == name; });
  return found == entries_.end() ? nullptr : &found->second;
}

Facts& Tree::facts(cmark_node* node) {
  auto* known = static_cast<Facts*>(cmark_node_get_user_data(node));
  if (known == nullptr) {
    known = &facts_.emplace_back();
    cmark_node_set_user_data(node, known);
  }
  return *known;
}

const Facts& Tree::facts_of(cmark_node* node) {
  static const Facts kNothing;
  const auto* known = static_cast<const Facts*>(cmark_node_get_user_data(node));
  return known == nullptr ? kNothing : *known;
}

cmark_node* Tree::make(Extra extra) {
  cmark_node* node = cmark_node_new(extra >= Extra::kStrikethrough ? CMARK_NODE_CUSTOM_INLINE
                                                                   : CMARK_NODE_CUSTOM_BLOCK);
  facts(node).extra = extra;
  return node;
}

}  // namespace stet::markdown
