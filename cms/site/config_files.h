// The configuration of a version of the site: its files, one over the other, and all over its
// theme's.
//
// Threads: a function of what it is given. Errors: those of a snapshot that cannot be read.
#pragma once

#include "cms/site/config.h"
#include "cms/site/theme.h"

namespace stet::site {

struct ConfigSource {
  const Overrides& overrides;
  const PersistentMap<std::string, BlobId>& blobs;
  storage::SnapshotPtr snapshot;
  FindTheme find_theme;  // outside of the repository; may be empty
};

struct FoundConfig {
  std::shared_ptr<const Config> config;
  ThemePtr theme;  // that it names; null: none
  Problems problems, theme_problems;
};

Result<FoundConfig> find_config(const ConfigSource& source, reads::Names& names);

}  // namespace stet::site
