#include "cms/markdown/strikethrough.h"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stet::markdown {
namespace {

constexpr std::string_view kDelimiter = "~~";

bool is_text(cmark_node* node) { return cmark_node_get_type(node) == CMARK_NODE_TEXT; }

bool is_blank_or_tilde(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '~'; }

// What a neighbour of a text looks like from it: a blank, or something that isn't.
char face(cmark_node* neighbour) {
  if (neighbour == nullptr) return ' ';
  const cmark_node_type type = cmark_node_get_type(neighbour);
  return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ? ' ' : 'x';
}

struct Delimiter {
  cmark_node* text;
  std::size_t at;
};

// All delimiters that have a partner, in their order: opening, closing, opening, closing...
class Pairs {
 public:
  explicit Pairs(cmark_node* parent) {
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
         node = cmark_node_next(node)) {
      if (is_text(node)) look_through(node);
    }
  }

  const std::vector<Delimiter>& found() const { return found_; }

 private:
  void look_through(cmark_node* node) {
    const std::string_view text = cmark_node_get_literal(node);
    for (std::size_t at = text.find(kDelimiter); at != text.npos;) {
      const char before = at > 0 ? text[at - 1] : face(cmark_node_previous(node));
      const char after = at + 2 < text.size() ? text[at + 2] : face(cmark_node_next(node));
      std::size_t next = at + 2;
      if (open_ && !is_blank_or_tilde(before)) {
        found_.push_back(*open_);
        found_.push_back({node, at});
        open_.reset();
      } else if (!open_ && !is_blank_or_tilde(after)) {
        open_ = {node, at};
      } else if (after == '~') {
        next = at + 1;
      }
      at = text.find(kDelimiter, next);
    }
  }

  std::optional<Delimiter> open_;
  std::vector<Delimiter> found_;
};

class Striker {
 public:
  Striker(Tree& tree, const std::vector<Delimiter>& delimiters)
      : tree_(tree), delimiters_(delimiters) {}

  void strike(cmark_node* parent) {
    cmark_node* next = nullptr;
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr; node = next) {
      next = cmark_node_next(node);
      if (is_text(node)) {
        split(node);
      } else if (struck_ != nullptr) {
        cmark_node_unlink(node);
        cmark_node_append_child(struck_, node);
      }
    }
  }

 private:
  void split(cmark_node* node) {
    const std::string text = cmark_node_get_literal(node);
    std::size_t begin = 0;
    for (; done_ < delimiters_.size() && delimiters_[done_].text == node; ++done_) {
      put(node, std::string_view(text).substr(begin, delimiters_[done_].at - begin));
      begin = delimiters_[done_].at + kDelimiter.size();
      if (struck_ == nullptr) {
        struck_ = tree_.make(Extra::kStrikethrough);
        cmark_node_insert_before(node, struck_);
      } else {
        struck_ = nullptr;
      }
    }
    put(node, std::string_view(text).substr(begin));
    cmark_node_free(node);
  }

  void put(cmark_node* before, std::string_view text) {
    if (text.empty()) return;
    cmark_node* node = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(node, std::string(text).c_str());
    if (struck_ != nullptr) {
      cmark_node_append_child(struck_, node);
    } else {
      cmark_node_insert_before(before, node);
    }
  }

  Tree& tree_;
  const std::vector<Delimiter>& delimiters_;
  std::size_t done_ = 0;
  cmark_node* struck_ = nullptr;  // open now
};

}  // namespace

void make_strikethrough(Tree& tree) {
  std::vector<cmark_node*> parents;
  std::set<cmark_node*> seen;
  for (cmark_node* text : nodes_of_type(tree.root(), CMARK_NODE_TEXT)) {
    if (std::string_view(cmark_node_get_literal(text)).find(kDelimiter) == std::string_view::npos) {
      continue;
    }
    if (seen.insert(cmark_node_parent(text)).second) parents.push_back(cmark_node_parent(text));
  }
  for (cmark_node* parent : parents) {
    const Pairs pairs(parent);
    if (!pairs.found().empty()) Striker(tree, pairs.found()).strike(parent);
  }
}

}  // namespace stet::markdown
