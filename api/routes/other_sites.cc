#include "api/routes/other_sites.h"

#include <algorithm>

namespace stet::api {

Result<site::SitePtr> OtherSites::find_or_make(const pipeline::Pipeline& pipeline,
                                               const CommitId& commit,
                                               std::span<const CommitId> near) {
  std::lock_guard lock(mutex_);
  auto found = std::find_if(
      sites_.begin(), sites_.end(), [&](const auto& known) { return known.first == commit; });
  if (found != sites_.end()) {
    sites_.splice(sites_.begin(), sites_, found);
    return found->second;
  }
  auto ground = std::find_if(sites_.begin(), sites_.end(), [&](const auto& known) {
    return std::find(near.begin(), near.end(), known.first) != near.end();
  });
  site::SitePtr site = ground == sites_.end()
                           ? TRY(pipeline.site_at(commit))
                           : TRY(pipeline.site_at(commit, {ground->second, ground->first}));
  sites_.emplace_front(commit, site);
  if (sites_.size() > kSitesMax) sites_.pop_back();
  return site;
}

}  // namespace stet::api
