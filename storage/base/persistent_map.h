// An ordered map whose every version stays: a change shares all but O(log n) nodes with its parent.
//
// Also a sequence: elements have ranks, and find, insert, erase, at(rank), rank_of(key) cost O(log
// n). A weight-balanced tree (Adams 1992, with the bounds of Hirai and Yamamoto 2011). Copying a
// map is copying a pointer. Threads: a map is an immutable value; distinct copies may be used from
// any thread, one variable from one thread at a time. References stay good while any map holding
// them lives.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace stet {

template <typename Key, typename Value, typename Less = std::less<>>
class PersistentMap {
 public:
  using Element = std::pair<const Key, Value>;

  PersistentMap() = default;

  // From elements in strictly ascending order of key: O(n).
  static PersistentMap from_sorted(std::vector<std::pair<Key, Value>> elements) {
    return PersistentMap(build(elements, 0, elements.size()));
  }

  std::size_t size() const { return size_of(root_); }
  bool empty() const { return !root_; }

  // Null where there is none.
  template <typename K>
  const Value* find(const K& key) const {
    for (const Node* node = root_.get(); node;) {
      if (Less()(key, node->element.first)) {
        node = node->left.get();
      } else if (Less()(node->element.first, key)) {
        node = node->right.get();
      } else {
        return &node->element.second;
      }
    }
    return nullptr;
  }
  template <typename K>
  bool contains(const K& key) const {
    return find(key) != nullptr;
  }

  // The element of this rank, from 0; rank < size().
  const Element& at(std::size_t rank) const {
    assert(rank < size());
    for (const Node* node = root_.get();;) {
      std::size_t before = size_of(node->left);
      if (rank == before) return node->element;
      if (rank < before) {
        node = node->left.get();
      } else {
        rank -= before + 1;
        node = node->right.get();
      }
    }
  }

  // How many keys are less than `key`: its rank if it is there, where it would go if not.
  template <typename K>
  std::size_t rank_of(const K& key) const {
    std::size_t rank = 0;
    for (const Node* node = root_.get(); node;) {
      if (Less()(node->element.first, key)) {
        rank += size_of(node->left) + 1;
        node = node->right.get();
      } else {
        node = node->left.get();
      }
    }
    return rank;
  }

  // With `key` meaning `value`, whether or not it was there.
  [[nodiscard]] PersistentMap set(Key key, Value value) const {
    return PersistentMap(insert(root_, std::move(key), std::move(value)));
  }

  // Without `key`; the same map where it was not there.
  template <typename K>
  [[nodiscard]] PersistentMap erase(const K& key) const {
    return contains(key) ? PersistentMap(remove(root_, key)) : *this;
  }

  // In order; `visit` takes (key, value), and may return false to stop.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    walk(root_.get(), 0, size(), visit);
  }
  // The elements of ranks [begin, end), clipped to what is there: O(log n + their number).
  template <typename Visit>
  void for_range(std::size_t begin, std::size_t end, Visit&& visit) const {
    if (begin < end) walk(root_.get(), begin, end, visit);
  }

  // Calls visit(key, value here, value there) for each key, in order, that only one of the two maps
  // has (the other value is null), or whose values are not `same`. What both share is not looked
  // at: of versions that grew from one another it costs O(what changed * log n), of others O(n).
  template <typename Same, typename Visit>
  void compare(const PersistentMap& other, Same&& same, Visit&& visit) const {
    Cursor here(root_.get()), there(other.root_.get());
    while (!here.empty() || !there.empty()) {
      if (here.is_tree() && there.is_tree() && here.node() == there.node()) {
        here.pop();
        there.pop();
      } else if (here.is_tree() && (!there.is_tree() || here.size() >= there.size())) {
        here.open();
      } else if (there.is_tree()) {
        there.open();
      } else if (there.empty() || (!here.empty() && Less()(here.key(), there.key()))) {
        visit(here.key(), here.value(), static_cast<const Value*>(nullptr));
        here.pop();
      } else if (here.empty() || Less()(there.key(), here.key())) {
        visit(there.key(), static_cast<const Value*>(nullptr), there.value());
        there.pop();
      } else {
        if (!same(*here.value(), *there.value())) visit(here.key(), here.value(), there.value());
        here.pop();
        there.pop();
      }
    }
  }

  // True if both are the very same version: equal without looking. False says nothing.
  bool is_same_version(const PersistentMap& other) const { return root_ == other.root_; }

 private:
  struct Node;
  using Link = std::shared_ptr<const Node>;
  struct Node {
    Node(Link l, Element e, Link r)
        : left(std::move(l)),
          right(std::move(r)),
          size(size_of(left) + size_of(right) + 1),
          element(std::move(e)) {}
    Link left, right;
    std::size_t size;
    Element element;
  };

  // What is still to be seen of a tree, in order: whole trees, and single elements.
  class Cursor {
   public:
    explicit Cursor(const Node* root) { push(root, true); }

    bool empty() const { return rest_.empty(); }
    bool is_tree() const { return !empty() && rest_.back().is_tree; }
    const Node* node() const { return rest_.back().node; }
    std::size_t size() const { return node()->size; }
    const Key& key() const { return node()->element.first; }
    const Value* value() const { return &node()->element.second; }
    void pop() { rest_.pop_back(); }
    // Puts what the tree consists of in its place.
    void open() {
      const Node* tree = node();
      pop();
      push(tree->right.get(), true);
      push(tree, false);
      push(tree->left.get(), true);
    }

   private:
    struct Part {
      const Node* node;
      bool is_tree;
    };
    void push(const Node* node, bool is_tree) {
      if (node) rest_.push_back({node, is_tree});
    }
    std::vector<Part> rest_;  // the next one last
  };

  explicit PersistentMap(Link root) : root_(std::move(root)) {}

  static std::size_t size_of(const Link& node) { return node ? node->size : 0; }
  static Link make(Link left, Element element, Link right) {
    return std::make_shared<const Node>(std::move(left), std::move(element), std::move(right));
  }

  static Link build(std::vector<std::pair<Key, Value>>& elements,
                    std::size_t begin,
                    std::size_t end) {
    if (begin == end) return nullptr;
    std::size_t middle = begin + (end - begin) / 2;
    Link left = build(elements, begin, middle);
    auto& [key, value] = elements[middle];
    Element element(std::move(key), std::move(value));
    return make(std::move(left), std::move(element), build(elements, middle + 1, end));
  }

  // Neither side may weigh more than three times the other; weight is size + 1.
  static bool is_heavier(const Link& a, const Link& b) {
    return size_of(a) + 1 > 3 * (size_of(b) + 1);
  }
  // A single rotation is enough unless the inner grandchild weighs twice the outer.
  static bool needs_double(const Link& inner, const Link& outer) {
    return size_of(inner) + 1 >= 2 * (size_of(outer) + 1);
  }

  static Link balance(Link left, Element element, Link right) {
    if (is_heavier(right, left)) {
      if (!needs_double(right->left, right->right)) {
        return make(
            make(std::move(left), std::move(element), right->left), right->element, right->right);
      }
      const Link& inner = right->left;
      return make(make(std::move(left), std::move(element), inner->left),
                  inner->element,
                  make(inner->right, right->element, right->right));
    }
    if (is_heavier(left, right)) {
      if (!needs_double(left->right, left->left)) {
        return make(
            left->left, left->element, make(left->right, std::move(element), std::move(right)));
      }
      const Link& inner = left->right;
      return make(make(left->left, left->element, inner->left),
                  inner->element,
                  make(inner->right, std::move(element), std::move(right)));
    }
    return make(std::move(left), std::move(element), std::move(right));
  }

  static Link insert(const Link& node, Key&& key, Value&& value) {
    if (!node) return make(nullptr, Element(std::move(key), std::move(value)), nullptr);
    if (Less()(key, node->element.first)) {
      return balance(
          insert(node->left, std::move(key), std::move(value)), node->element, node->right);
    }
    if (Less()(node->element.first, key)) {
      return balance(
          node->left, node->element, insert(node->right, std::move(key), std::move(value)));
    }
    return make(node->left, Element(std::move(key), std::move(value)), node->right);
  }

  static const Element& first_of(const Node* node) {
    while (node->left) node = node->left.get();
    return node->element;
  }

  static Link remove_first(const Link& node) {
    if (!node->left) return node->right;
    return balance(remove_first(node->left), node->element, node->right);
  }

  template <typename K>
  static Link remove(const Link& node, const K& key) {
    if (Less()(key, node->element.first)) {
      return balance(remove(node->left, key), node->element, node->right);
    }
    if (Less()(node->element.first, key)) {
      return balance(node->left, node->element, remove(node->right, key));
    }
    if (!node->left) return node->right;
    if (!node->right) return node->left;
    return balance(node->left, first_of(node->right.get()), remove_first(node->right));
  }

  template <typename Visit>
  static bool call(Visit& visit, const Element& element) {
    if constexpr (std::is_void_v<decltype(visit(element.first, element.second))>) {
      visit(element.first, element.second);
      return true;
    } else {
      return visit(element.first, element.second);
    }
  }

  // Ranks count from the first element below `node`. False once `visit` has had enough.
  template <typename Visit>
  static bool walk(const Node* node, std::size_t begin, std::size_t end, Visit& visit) {
    if (!node || begin >= end) return true;
    std::size_t before = size_of(node->left);
    if (begin < before && !walk(node->left.get(), begin, std::min(end, before), visit))
      return false;
    if (begin <= before && before < end && !call(visit, node->element)) return false;
    if (end <= before + 1) return true;
    return walk(
        node->right.get(), begin > before + 1 ? begin - before - 1 : 0, end - before - 1, visit);
  }

  Link root_;
};

}  // namespace stet
