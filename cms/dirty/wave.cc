#include "cms/dirty/wave.h"

#include <algorithm>
#include <utility>

namespace stet::dirty {
namespace {

std::string reason_of(const std::string& what, const std::string& cause) {
  return "reads " + what + ": " + cause + " changed";
}

}  // namespace

void Wave::dirty(NodeId node, const std::function<std::string()>& reason) {
  Reasons& reasons = renditions_.is_rendition(node) ? pending_[node] : pages_[node];
  if (reasons.size() >= kReasonsMax) return;
  std::string sentence = reason();
  if (std::find(reasons.begin(), reasons.end(), sentence) == reasons.end()) {
    reasons.push_back(std::move(sentence));
  }
}

void Wave::add(NodeId node, std::string reason) {
  dirty(node, [&] { return reason; });
}

void Wave::spread(const site::Changes& changes) {
  for (const site::ChangedKey& changed : changes.keys) {
    graph_.readers_of(changed.key, [&](NodeId node) {
      dirty(node, [&] { return reason_of(reads::describe(changed.key, names_), changed.cause); });
    });
  }
  for (const site::ChangedSpan& changed : changes.spans) {
    graph_.readers_of(changed.span, [&](NodeId node) {
      dirty(node, [&] { return reason_of(reads::describe(changed.span, names_), changed.cause); });
    });
  }
  run_renditions();
}

void Wave::run_renditions() {
  while (!pending_.empty()) {
    std::map<NodeId, Reasons> round = std::exchange(pending_, {});
    std::vector<NodeId> nodes;
    for (const auto& [node, reasons] : round) {
      renditions_.invalidate(node);
      nodes.push_back(node);
    }
    renditions_.remake(nodes);
    for (const auto& [node, reasons] : round) {
      auto key = renditions_.changed(node);
      if (!key) continue;
      graph_.readers_of(*key, [&](NodeId reader) {
        // One of this round was made after all of it was invalidated: it has seen what is new.
        if (round.contains(reader)) return;
        dirty(reader, [&] {
          return "reads " + reads::describe(*key, names_) +
                 (reasons.empty() ? "" : ", which " + reasons.front());
        });
      });
    }
  }
}

}  // namespace stet::dirty
