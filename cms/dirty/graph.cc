#include "cms/dirty/graph.h"

#include <algorithm>

namespace stet::dirty {
namespace {

// More readers than this are a crowd, and stay one.
constexpr std::size_t kFewMax = 1024;

// Calls `gone` and `came` for what is in one of two ascending sequences only.
template <typename T, typename Gone, typename Came>
void differences(const std::vector<T>& before, const std::vector<T>& after, Gone gone, Came came) {
  auto b = before.begin();
  auto a = after.begin();
  while (b != before.end() || a != after.end()) {
    if (a == after.end() || (b != before.end() && *b < *a)) {
      gone(*b++);
    } else if (b == before.end() || *a < *b) {
      came(*a++);
    } else {
      ++a, ++b;
    }
  }
}

}  // namespace

void Graph::link(reads::Key key, NodeId node) {
  if (auto crowd = crowds_.find(key.bits()); crowd != crowds_.end()) {
    return crowd->second.insert(node);
  }
  auto it = key_readers_.try_emplace(key.bits()).first;
  auto& readers = it->second;
  auto at = std::lower_bound(readers.begin(), readers.end(), node);
  if (at != readers.end() && *at == node) return;
  readers.insert(at, node);
  if (readers.size() <= kFewMax) return;
  crowds_.emplace(key.bits(), Crowd(readers));
  key_readers_.erase(it);
}

void Graph::unlink(reads::Key key, NodeId node) {
  if (auto crowd = crowds_.find(key.bits()); crowd != crowds_.end()) {
    crowd->second.erase(node);
    if (crowd->second.empty()) crowds_.erase(crowd);
    return;
  }
  auto it = key_readers_.find(key.bits());
  if (it == key_readers_.end()) return;
  auto& readers = it->second;
  auto at = std::lower_bound(readers.begin(), readers.end(), node);
  if (at != readers.end() && *at == node) readers.erase(at);
  if (readers.empty()) key_readers_.erase(it);
}

void Graph::set_reads(NodeId node, reads::Reads reads) {
  touched_.insert(node);
  reads::Reads& known = nodes_[node];
  differences(
      known.keys,
      reads.keys,
      [&](reads::Key key) { unlink(key, node); },
      [&](reads::Key key) { link(key, node); });
  auto reader = [&](const reads::Span& span) { return SpanReader{span.end, span.begin, node}; };
  differences(
      known.spans,
      reads.spans,
      [&](const reads::Span& span) { span_readers_[span.list].erase(reader(span)); },
      [&](const reads::Span& span) { span_readers_[span.list].insert(reader(span)); });
  known = std::move(reads);
}

void Graph::remove(NodeId node) {
  touched_.insert(node);
  if (!nodes_.contains(node)) return;
  set_reads(node, {});
  nodes_.erase(node);
}

std::vector<NodeId> Graph::take_touched() {
  std::vector<NodeId> touched(touched_.begin(), touched_.end());
  std::sort(touched.begin(), touched.end());
  touched_.clear();
  return touched;
}

std::vector<NodeId> Graph::nodes() const {
  std::vector<NodeId> nodes;
  nodes.reserve(nodes_.size());
  for (const auto& [node, reads] : nodes_) nodes.push_back(node);
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

const reads::Reads* Graph::reads_of(NodeId node) const {
  auto it = nodes_.find(node);
  return it == nodes_.end() ? nullptr : &it->second;
}

void Graph::readers_of(reads::Key key, const Visit& visit) const {
  if (auto crowd = crowds_.find(key.bits()); crowd != crowds_.end()) {
    return crowd->second.for_each(visit);
  }
  auto it = key_readers_.find(key.bits());
  if (it == key_readers_.end()) return;
  for (NodeId node : it->second) visit(node);
}

void Graph::readers_of(reads::Span span, const Visit& visit) const {
  auto it = span_readers_.find(span.list);
  if (it == span_readers_.end()) return;
  for (auto at = it->second.lower_bound({span.begin + 1, 0, 0}); at != it->second.end(); ++at) {
    if (at->begin < span.end) visit(at->node);
  }
}

}  // namespace stet::dirty
