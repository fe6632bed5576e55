// A theme: another site's files, which stand in where this one has none.
//
// Of a theme that the configuration names (`theme`, `remote_theme`) the folders _layouts,
// _includes, _sass, _data and assets count, and its _config.yml, which lies under the site's as
// far as it says nothing that Jekyll has a default for. It is looked for in the site's own folder
// _themes, then outside of the repository. Immutable; any thread. Of a theme outside the files are
// those that were there when the configuration was read.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"
#include "cms/site/gemspec.h"
#include "storage/base/hash.h"
#include "storage/base/object_id.h"
#include "storage/base/persistent_map.h"
#include "storage/base/problem.h"
#include "storage/snapshot/snapshot.h"

namespace stet::site {

class Config;

inline constexpr std::string_view kThemesFolder = "_themes";

struct Theme {
  // Where its files seem to lie: "_themes/minima", whether the repository holds that or not. ""
  // for stet's default theme, whose files seem to be the site's own.
  std::string root;
  storage::SnapshotPtr files;
  PersistentMap<std::string, BlobId> blobs;  // by the path below the theme's root
  liquid::Ref<liquid::Hash> config, data;    // never null
  Gemspec gem;                               // what its gemspec says
  std::vector<std::string> plugins;          // that it asks for there
  Fingerprint fingerprint;                   // of all files, and of where they seem to lie

  // "_themes/minima/_sass" for "_sass".
  std::string place_of(std::string_view inner) const;
};
using ThemePtr = std::shared_ptr<const Theme>;

// The files of the theme of that name outside of the repository; null where there is none. `name`
// is as theme_names() has it.
using FindTheme = std::function<Result<storage::SnapshotPtr>(const std::string& name)>;

// The names under which a theme is looked for, the best first: "minima"; or "owner/name@ref",
// "owner/name", "name"; of "pages-themes/cayman" the gem's, "jekyll-theme-cayman", too. Empty for
// what is no name.
std::vector<std::string> theme_names(std::string_view named);

// Whether the configuration names a theme.
bool names_theme(const liquid::Hash& config);

struct ThemeSearch {
  const liquid::Hash& config;  // the site's own
  const PersistentMap<std::string, BlobId>& blobs;
  storage::SnapshotPtr snapshot;
  FindTheme outside;        // may be empty
  std::string config_path;  // what the problem of a missing theme names
};
// Null where none is named, or it is found nowhere, which is a problem.
Result<ThemePtr> find_theme(const ThemeSearch& search, Problems& problems);

// All files of a snapshot as the default theme.
Result<ThemePtr> default_theme(const storage::SnapshotPtr& files);

// The paths at which templates may find another file than before, or find one, or miss one; with
// kThemesFolder, where there are any. `config` says where the site's own layouts and includes are.
std::vector<std::string> differing_paths(const ThemePtr& before,
                                         const ThemePtr& after,
                                         const Config& config);

}  // namespace stet::site
