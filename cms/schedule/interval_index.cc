#include "cms/schedule/interval_index.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace stet::schedule {
namespace {

// As good as random, and always the same (the finalizer of SplitMix64).
std::uint64_t mixed(std::uint64_t bits) {
  bits += 0x9e3779b97f4a7c15u;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
  return bits ^ (bits >> 31);
}

}  // namespace

bool IntervalIndex::is_before(const Node& node, const Interval& when, Id id) {
  return std::tie(node.when.start, node.id, node.when.end) < std::tie(when.start, id, when.end);
}

void IntervalIndex::mend(Place at) {
  Node& node = nodes_[at];
  node.last_end = node.when.end;
  for (Place child : {node.left, node.right}) {
    if (child != kNone) node.last_end = std::max(node.last_end, nodes_[child].last_end);
  }
}

void IntervalIndex::split(Place at, const Interval& when, Id id, Place& before, Place& others) {
  if (at == kNone) {
    before = others = kNone;
    return;
  }
  Place inner = kNone;
  if (is_before(nodes_[at], when, id)) {
    split(nodes_[at].right, when, id, inner, others);
    nodes_[at].right = inner;
    before = at;
  } else {
    split(nodes_[at].left, when, id, before, inner);
    nodes_[at].left = inner;
    others = at;
  }
  mend(at);
}

IntervalIndex::Place IntervalIndex::join(Place before, Place after) {
  if (before == kNone) return after;
  if (after == kNone) return before;
  Place top = before;
  if (nodes_[before].priority >= nodes_[after].priority) {
    nodes_[before].right = join(nodes_[before].right, after);
  } else {
    nodes_[after].left = join(before, nodes_[after].left);
    top = after;
  }
  mend(top);
  return top;
}

void IntervalIndex::add(const Interval& when, Id id) {
  assert(when.start < when.end);
  Place made;
  if (free_.empty()) {
    made = static_cast<Place>(nodes_.size());
    nodes_.emplace_back();
  } else {
    made = free_.back();
    free_.pop_back();
  }
  std::uint64_t priority = mixed(static_cast<std::uint64_t>(when.start) ^ mixed(id));
  nodes_[made] = {when, when.end, priority, id, kNone, kNone};
  Place before = kNone, others = kNone;
  split(root_, when, id, before, others);
  root_ = join(join(before, made), others);
}

void IntervalIndex::remove(const Interval& when, Id id) {
  Place before = kNone, rest = kNone, found = kNone, after = kNone;
  split(root_, when, id, before, rest);
  Interval next = when;
  ++next.end;
  split(rest, next, id, found, after);
  if (found != kNone) free_.push_back(found);
  root_ = join(before, after);
}

bool IntervalIndex::has_overlap(const Interval& when) const {
  bool is_found = false;
  each_overlap(when, [&](Id) {
    is_found = true;
    return false;
  });
  return is_found;
}

}  // namespace stet::schedule
