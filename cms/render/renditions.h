// The HTML of documents' bodies and excerpts, made once and shared by the pages that print it.
//
// Threads: every method from any thread. What is in it is right for the present site; whoever moves
// to the next site drops what has become wrong first (cms/pipeline).
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "cms/reads/reads.h"
#include "storage/base/hash.h"
#include "storage/base/problem.h"

namespace stet::render {

struct Rendition {
  std::string html;        // or CSS, of a sheet
  std::string source_map;  // of a sheet
  reads::Reads reads;
  Problems problems;
  bool is_failed = false;  // Jekyll would have aborted; `html` is what there was until then
};
using RenditionPtr = std::shared_ptr<const Rendition>;

// Keyed by the name of its node: "content:_posts/x.md", "excerpt:_posts/x.md".
class Renditions {
 public:
  Renditions() = default;
  // Over another, which stays as it is: what is dropped or added here is so here alone.
  explicit Renditions(const Renditions& below) : below_(&below) {}

  RenditionPtr find(reads::NameId node) const {
    std::lock_guard lock(mutex_);
    auto it = known_.find(node);
    if (it != known_.end()) return it->second;
    return below_ && !dropped_.contains(node) ? below_->find(node) : nullptr;
  }
  // Of two threads that made the same one, both get the first.
  RenditionPtr add(reads::NameId node, RenditionPtr rendition) {
    std::lock_guard lock(mutex_);
    auto [it, is_new] = known_.emplace(node, std::move(rendition));
    if (is_new) fresh_.push_back(node);
    return it->second;
  }
  void drop(reads::NameId node) {
    std::lock_guard lock(mutex_);
    known_.erase(node);
    if (below_) dropped_.insert(node);
  }
  void clear() {
    std::lock_guard lock(mutex_);
    known_.clear();
    fresh_.clear();
  }
  // Those added since the last call.
  std::vector<reads::NameId> take_fresh() {
    std::lock_guard lock(mutex_);
    return std::exchange(fresh_, {});
  }

 private:
  const Renditions* const below_ = nullptr;
  mutable std::mutex mutex_;
  std::unordered_map<reads::NameId, RenditionPtr> known_;
  std::unordered_set<reads::NameId> dropped_;
  std::vector<reads::NameId> fresh_;
};

}  // namespace stet::render
