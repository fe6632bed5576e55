// What the files of a commit are to the API, told by the commit's own configuration: without its
// site, without a clock, and without the server's settings, so that it is the same wherever it is
// asked.
//
// Threads: immutable. Cost: of making one, reading `_config.yml`; of find(), parsing the file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cms/change/resource.h"
#include "cms/site/config.h"
#include "cms/site/entry_filter.h"
#include "storage/snapshot/snapshot.h"

namespace stet::change {

struct Place {
  const Resource* resource = nullptr;  // never null: what is none of the site's is a file
  std::string label;                   // of a collection's item
  std::string name;
  // Where the file's page is by its permalink, from the public root, percent-encoded, whether the
  // page is shown already or not; none for files without a page of their own, and for drafts.
  std::optional<std::string> url;
};

class Places {
 public:
  static Result<std::shared_ptr<const Places>> of(const storage::Snapshot& snapshot);

  // `bytes`: of the file; "" of what is no text.
  Place find(const RepoPath& path, std::string_view bytes) const;

 private:
  Places(std::shared_ptr<reads::Names> names,
         std::shared_ptr<const site::Config> config,
         bool has_schedule)
      : names_(std::move(names)),
        config_(std::move(config)),
        filter_(*config_),
        has_schedule_(has_schedule) {}
  std::optional<std::string> url_of(const RepoPath& path,
                                    const site::RoleOf& role,
                                    site::ParsedFilePtr file) const;

  std::shared_ptr<reads::Names> names_;
  std::shared_ptr<const site::Config> config_;
  site::EntryFilter filter_;
  bool has_schedule_;
};
using PlacesPtr = std::shared_ptr<const Places>;

}  // namespace stet::change
