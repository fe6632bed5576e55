// From what changed to what must be made again, and why.
//
// Changed reads dirty the nodes that made them. A node that others read in turn (a rendition: the
// HTML of a body) is made again at once, and passes the wave on only if it came out another: equal
// values stop it. What is left are the pages. Cost: by the readers of what changed; each rendition
// that is reached is made once a round, and a round follows another only through what was not in
// it. Threads: one at a time.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cms/dirty/graph.h"
#include "cms/site/changes.h"

namespace stet::dirty {

// "reads title of _posts/x.md, which changed": sentences for people, at most kReasonsMax a node.
using Reasons = std::vector<std::string>;
inline constexpr std::size_t kReasonsMax = 5;

class Wave {
 public:
  // What knows about renditions.
  class Renditions {
   public:
    virtual ~Renditions() = default;
    virtual bool is_rendition(NodeId node) const = 0;
    // It is wrong from now on; asked of all that a round dirties before any is made again.
    virtual void invalidate(NodeId node) = 0;
    // Makes them again, in any order or at once.
    virtual void remake(const std::vector<NodeId>& nodes) = 0;
    // The read that one which was made again is, if its value is another than before.
    virtual std::optional<reads::Key> changed(NodeId node) = 0;
  };

  Wave(const Graph& graph, const reads::Names& names, Renditions& renditions)
      : graph_(graph), names_(names), renditions_(renditions) {}

  void spread(const site::Changes& changes);
  void add(NodeId node, std::string reason);

  // The dirty nodes that are no renditions, by node.
  const std::map<NodeId, Reasons>& pages() const { return pages_; }

 private:
  void dirty(NodeId node, const std::function<std::string()>& reason);
  void run_renditions();

  const Graph& graph_;
  const reads::Names& names_;
  Renditions& renditions_;
  std::map<NodeId, Reasons> pages_;
  std::map<NodeId, Reasons> pending_;  // renditions of the next round
};

}  // namespace stet::dirty
