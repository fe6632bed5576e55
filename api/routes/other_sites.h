// Sites of commits that are not what is live: branches, and the past.
//
// Each is made of the live one and what differs between the two, and kept until kSitesMax others
// have been asked for. Of moments that pass meanwhile it knows nothing. Threads: any; one is made
// at a time.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <span>
#include <utility>

#include "cms/pipeline/pipeline.h"

namespace stet::api {

class OtherSites {
 public:
  static constexpr std::size_t kSitesMax = 8;

  // `near`: commits that differ little from it; one that is remembered is what it is made of.
  // kNotFound: there is no such commit. kUnavailable: nothing is published yet.
  Result<site::SitePtr> find_or_make(const pipeline::Pipeline& pipeline,
                                     const CommitId& commit,
                                     std::span<const CommitId> near = {});

 private:
  std::mutex mutex_;
  std::list<std::pair<CommitId, site::SitePtr>> sites_;  // the last used first
};

}  // namespace stet::api
