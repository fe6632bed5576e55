// Whole sites of commits that are not live, to look at: those that were looked at last.
//
// Only pages that differ from what is live are rendered, each when it is asked for; their bytes lie
// in the store until it is tidied, and are made again then. A view stays while the publication that
// it is laid over is kept. Threads: any; a view is made once, however many ask for it. Limits:
// kViewsMax views, kPagesMax pages remembered of each.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "cms/pipeline/pipeline.h"

namespace stet::pipeline {

class BranchPreviews {
 public:
  static constexpr std::size_t kViewsMax = 6, kPagesMax = 20'000;

  // All must outlive it.
  BranchPreviews(Pipeline& pipeline, publish::Publisher& publisher, publish::Store& store)
      : pipeline_(pipeline), publisher_(publisher), store_(store) {}

  Result<BranchViewPtr> view_of(const Standing& standing);

  // kNotFound: the view has no such page. kInvalidInput: it cannot be rendered, and why.
  Result<publish::Page> page_of(const BranchViewPtr& view, std::string_view path);

 private:
  struct Kept {
    BranchViewPtr view;
    std::map<std::string, publish::Page, std::less<>> pages = {};  // that have been asked for
  };

  Pipeline& pipeline_;
  publish::Publisher& publisher_;
  publish::Store& store_;
  std::mutex making_;  // held while a view is made
  std::mutex mutex_;
  std::list<Kept> kept_;  // the last used first
};

}  // namespace stet::pipeline
