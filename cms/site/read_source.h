// What one file of the repository gives to the site, by itself: parsed, its documents derived.
//
// The dear part of making a site, and the one that does not depend on other files: so it is done by
// many threads. Threads: read_source() and read_asset() from any; all that the reader refers to
// must stay as it is meanwhile. Unreadable content is a problem of the source.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cms/site/entry_filter.h"
#include "cms/site/generator.h"
#include "cms/site/parse_cache.h"
#include "cms/site/role.h"
#include "cms/site/site.h"

namespace stet::site {

struct SourceReader {
  const Config& config;
  const EntryFilter& filter;
  const std::vector<std::string>& config_files;
  bool has_schedule;
  const Generators& generators;
  const storage::LastChanged& last_changed;  // dates drafts
  ParseCache& cache;
  bool is_of_all;  // the whole site is read
  reads::Names& names;
};

using NewSource = std::shared_ptr<SourceFile>;

// Null: the file is none of the site's. An error: the repository cannot be read.
Result<NewSource> read_source(const SourceReader& reader,
                              const std::string& path,
                              const BlobId& blob,
                              const storage::Snapshot& snapshot);

// Of a theme: a page or a file that is published as it is, whatever its path would mean.
Result<NewSource> read_asset(const SourceReader& reader,
                             const std::string& path,
                             const BlobId& blob,
                             const storage::Snapshot& snapshot);

}  // namespace stet::site
