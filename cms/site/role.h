// What a file of the repository is for, told by its path alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site/config.h"
#include "cms/site/entry_filter.h"
#include "storage/base/clock.h"

namespace stet::site {

enum class Role {
  kConfig,  // _config.yml: everything depends on it
  kLayout,
  kInclude,
  kData,
  kPost,        // below a _posts folder
  kDraft,       // below a _drafts folder
  kCollection,  // below a collection's folder
  kSite,        // a page if it has front matter, a static file if not
};

struct RoleOf {
  Role role;
  std::string label;  // of the collection: "posts" for posts and drafts
  std::optional<Instant> changed =
      std::nullopt;  // of a draft: when its file was, where that counts
};

// A file may have two: a post is read as a page too where `include` names _posts. None: not the
// site's.
std::vector<RoleOf> roles_of(std::string_view path,
                             const Config& config,
                             const EntryFilter& filter,
                             const std::vector<std::string>& config_files,
                             bool has_schedule);

}  // namespace stet::site
