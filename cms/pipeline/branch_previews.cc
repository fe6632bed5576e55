#include "cms/pipeline/branch_previews.h"

#include <algorithm>

namespace stet::pipeline {

Result<BranchViewPtr> BranchPreviews::view_of(const Standing& standing) {
  std::lock_guard making(making_);
  {
    std::lock_guard lock(mutex_);
    std::erase_if(kept_,
                  [&](const Kept& kept) { return !publisher_.find(kept.view->ground->number); });
    auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
      return kept.view->commit == standing.commit;
    });
    if (found != kept_.end()) {
      kept_.splice(kept_.begin(), kept_, found);
      return kept_.front().view;
    }
  }
  BranchViewPtr view = TRY(pipeline_.view_of(standing));
  std::lock_guard lock(mutex_);
  kept_.push_front({view});
  if (kept_.size() > kViewsMax) kept_.pop_back();
  return view;
}

Result<publish::Page> BranchPreviews::page_of(const BranchViewPtr& view, std::string_view path) {
  const publish::ManifestEntry* entry = view->shown->manifest.find(path);
  if (!entry) return not_found("there is no page '" + std::string(path) + "'");
  if (!entry->is_stale()) return *entry->page();
  auto kept_of = [&] {
    return std::find_if(
        kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.view == view; });
  };
  {
    std::lock_guard lock(mutex_);
    auto kept = kept_of();
    if (kept != kept_.end()) {
      auto known = kept->pages.find(path);
      if (known != kept->pages.end() && store_.contains(known->second.content)) {
        return known->second;
      }
    }
  }
  publish::Page page = TRY(pipeline_.store_apart(view->site, path));
  std::lock_guard lock(mutex_);
  auto kept = kept_of();
  if (kept == kept_.end()) return page;
  if (kept->pages.size() >= kPagesMax) kept->pages.clear();
  kept->pages.insert_or_assign(std::string(path), page);
  return page;
}

}  // namespace stet::pipeline
