// In which order stale pages are rendered in the background.
//
// Threads: one at a time. Cost: the manifest, once a publication that leaves pages stale; nothing
// of it while the pipeline is locked.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cms/pipeline/demand.h"
#include "cms/publish/live.h"

namespace stet::pipeline {

class FillOrder {
 public:
  // The next pages to render, `count_max` at most: of the stale ones of `newest` first those in
  // `linking`, then those that readers ask for, then the rest by path. They are remembered as given
  // out only by took().
  std::vector<std::string> next(const publish::Live& newest,
                                const std::set<std::string>& linking,
                                const Demand& demand,
                                std::size_t count_max);
  void took(std::size_t count);

 private:
  void sort(const publish::Live& newest,
            const std::set<std::string>& linking,
            const Demand& demand);

  std::uint64_t number_ = 0;        // of the publication
  std::vector<std::string> paths_;  // the next one last
};

}  // namespace stet::pipeline
