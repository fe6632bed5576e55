// Intervals of time, asked which of them overlap another one.
//
// A treap by start, where each node knows the last end below it: add() and remove() cost O(log n),
// an overlap O(log n) and what it finds. Its shape is a function of what it holds, so there is no
// randomness. Threads: a value; const methods from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "cms/schedule/speaker.h"

namespace stet::schedule {

class IntervalIndex {
 public:
  using Id = std::uint32_t;

  // `when` ends after it starts; `id` is in it once at most.
  void add(const Interval& when, Id id);
  // What was added with the same interval and id; nothing happens where that was not.
  void remove(const Interval& when, Id id);

  // Calls visit(id) by start, then id, for each that shares a second with `when`; visit returns
  // false to see no more.
  template <typename Visit>
  void each_overlap(const Interval& when, Visit visit) const {
    walk(root_, when, visit);
  }
  bool has_overlap(const Interval& when) const;

  std::size_t size() const { return nodes_.size() - free_.size(); }

 private:
  using Place = std::uint32_t;
  static constexpr Place kNone = 0xffffffff;

  struct Node {
    Interval when;
    std::int64_t last_end = 0;  // of all below it, and its own
    std::uint64_t priority = 0;
    Id id = 0;
    Place left = kNone, right = kNone;
  };

  template <typename Visit>
  bool walk(Place at, const Interval& when, Visit& visit) const {
    if (at == kNone || nodes_[at].last_end <= when.start) return true;
    const Node& node = nodes_[at];
    if (!walk(node.left, when, visit)) return false;
    if (node.when.start >= when.end) return true;
    if (node.when.end > when.start && !visit(node.id)) return false;
    return walk(node.right, when, visit);
  }
  static bool is_before(const Node& node, const Interval& when, Id id);
  void mend(Place at);
  // Those before (when, id), and the others.
  void split(Place at, const Interval& when, Id id, Place& before, Place& others);
  Place join(Place before, Place after);

  std::vector<Node> nodes_;
  std::vector<Place> free_;
  Place root_ = kNone;
};

}  // namespace stet::schedule
