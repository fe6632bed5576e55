// What a site's own search reads in the browser: `/search.json`, one file a month of posts, one for
// all other pages; and the page at /search/ where they are used.
//
// For sites that say `stet: {search: true}`. An edit makes its month's file anew and no other;
// `/search.json` names the files, and changes with the first post of a month. A file of the
// repository in one of their places stands there instead. Limits: kOtherPagesMax pages beside
// posts, kWordsShown words of each. Threads: as Generator.
#pragma once

#include <memory>
#include <vector>

#include "cms/site/config.h"
#include "cms/site/generator.h"

namespace stet::generate {

inline constexpr int kOtherPagesMax = 2000, kWordsShown = 30;

// Null where the site wants no search.
site::GeneratorPtr make_search_pages(const std::shared_ptr<const site::Config>& config,
                                     reads::Names& names);

// Those that are there whatever the site holds: /search/ and /search/pages.json.
void add_search_documents(const site::Config& config,
                          reads::Names& names,
                          std::vector<site::DocumentPtr>& documents);

}  // namespace stet::generate
