// Who read what: the reverse index from reads to the nodes that made them.
//
// A node is anything that is made by rendering and remembered: a page, or a piece of one (the HTML
// of a post's body, its excerpt) that several pages share. Costs: set_reads is O(reads that differ
// from the node's last ones), readers_of is O(answers), plus a binary search each. Threads: one at
// a time.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "cms/dirty/crowd.h"
#include "cms/reads/reads.h"

namespace stet::dirty {

using NodeId = reads::NameId;  // the name of the node, by the Names that the keys use too

class Graph {
 public:
  // Replaces what `node` has read.
  void set_reads(NodeId node, reads::Reads reads);
  // Forgets the node: it reads nothing any more.
  void remove(NodeId node);

  // The nodes that either was called for since the last call of this, ascending.
  std::vector<NodeId> take_touched();

  // All that have been rendered, ascending.
  std::vector<NodeId> nodes() const;

  // Null for a node that has not been rendered.
  const reads::Reads* reads_of(NodeId node) const;

  using Visit = std::function<void(NodeId)>;
  void readers_of(reads::Key key, const Visit& visit) const;
  // Those who read a position within [begin, end) of the list.
  void readers_of(reads::Span span, const Visit& visit) const;

  std::size_t size() const { return nodes_.size(); }

 private:
  // By end, so that the readers of early positions are never looked at when a late one changes.
  struct SpanReader {
    std::uint32_t end, begin;
    NodeId node;
    friend auto operator<=>(const SpanReader&, const SpanReader&) = default;
  };

  void link(reads::Key key, NodeId node);
  void unlink(reads::Key key, NodeId node);

  std::unordered_map<NodeId, reads::Reads> nodes_;
  std::unordered_set<NodeId> touched_;
  // By the bits of a key, which is in one of the two.
  std::unordered_map<std::uint64_t, std::vector<NodeId>> key_readers_;  // ascending, few
  std::unordered_map<std::uint64_t, Crowd> crowds_;                     // what all pages read
  std::unordered_map<reads::NameId, std::set<SpanReader>> span_readers_;
};

}  // namespace stet::dirty
