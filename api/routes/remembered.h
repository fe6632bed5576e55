// What answers are made of, kept in memory until it is out of date or there is too much of it.
// Threads: any.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "api/routes/list_index.h"
#include "api/routes/media_facts.h"
#include "api/routes/other_sites.h"
#include "api/routes/upload_turns.h"
#include "cms/change/census.h"
#include "cms/change/terms.h"
#include "cms/media/references.h"
#include "storage/base/bounded_cache.h"

namespace stet::api {

// The counts of the site that was asked for last.
class RememberedTerms {
 public:
  change::TermCountsPtr find_or_make(const site::SitePtr& site) {
    change::TermCountsPtr known;
    {
      std::lock_guard lock(mutex_);
      known = newest_;
    }
    if (known && known->site() == site) return known;
    bool is_of_same = known && &known->site()->config() == &site->config();
    change::TermCountsPtr made =
        is_of_same ? known->advance(site) : change::TermCounts::build(site);
    std::lock_guard lock(mutex_);
    return newest_ = std::move(made);
  }

 private:
  std::mutex mutex_;
  change::TermCountsPtr newest_;
};

struct Remembered {
  explicit Remembered(std::uint64_t text_bytes_max = std::uint64_t{32} << 20)
      : texts(text_bytes_max) {}

  ListIndexes lists;
  RememberedTerms terms;
  change::CensusKeeper census;
  OtherSites sites;
  media::RecentReferences references;
  MediaFactsCache media_facts;
  UploadTurns uploads;
  // JSON of entries, by all that it follows from.
  BoundedCache<std::string, std::shared_ptr<const std::string>> texts;
};

}  // namespace stet::api
