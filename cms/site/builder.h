// Makes the site of a commit: from nothing, or from the one before and what changed.
//
// advance() costs what changed, but for changes of _config.yml (and of whether there is an event),
// which concern every file and cost the whole site. Threads: one Builder, one thread at a time; the
// sites it makes, any. Unreadable content is a problem of the site; only a repository that cannot
// be read is an error.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "cms/site/changes.h"
#include "cms/site/generator.h"
#include "cms/site/site.h"
#include "storage/base/for_all.h"
#include "storage/diff/diff.h"

namespace stet::site {

struct SiteSource {
  storage::SnapshotPtr snapshot;
  Instant instant;
  storage::LastChanged last_changed;
  ScheduleHistory schedule = {};  // of the same commit
};

// Documents that are there whatever the site holds, but for a file in the same place; and those who
// make the others.
struct Generated {
  std::vector<DocumentPtr> documents;
  Generators generators;
};

struct BuilderOptions {
  Overrides overrides;
  storage::SnapshotPtr theme;  // the default theme's files; null: none
  FindTheme find_theme;        // those outside of the repository; empty: there are none
  // What stet adds; asked when the configuration or the existence of an event changes.
  std::function<Generated(const std::shared_ptr<const Config>&, bool has_schedule, reads::Names&)>
      generate;
  ForAll for_all = {};  // by which files are read where there are many; empty: one after another
  std::shared_ptr<Texts> texts;       // of the files; null: as many as there are
  std::shared_ptr<KnownFiles> known;  // null: each file of the site is read and parsed
};

struct Advanced {
  SitePtr site;
  Changes changes;
};

class ParseCache;

class Builder {
 public:
  Builder(BuilderOptions options, reads::Names& names);
  ~Builder();

  Result<SitePtr> build(SiteSource source);
  // `diff` leads from the snapshot of `before` to that of `source`.
  Result<Advanced> advance(const SitePtr& before, const storage::Diff& diff, SiteSource source);

 private:
  class Step;  // one build or advance

  const BuilderOptions options_;
  reads::Names& names_;
  std::shared_ptr<Texts> texts_;
  std::unique_ptr<ParseCache> cache_;
};

}  // namespace stet::site
