#include "cms/site/role.h"

#include <algorithm>

#include "cms/site/data_file.h"

namespace stet::site {
namespace {

bool is_below(std::string_view path, std::string_view folder) {
  return !folder.empty() && path.size() > folder.size() && path.starts_with(folder) &&
         path[folder.size()] == '/';
}

std::string in_collections_folder(const Config& config, std::string_view name) {
  std::string folder = config.collections_folder();
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

// True if a component begins with a dot: globs without a dot of their own pass such by.
bool is_hidden(std::string_view path) {
  return path.starts_with('.') || path.find("/.") != std::string_view::npos;
}

// True for "_posts/x" and "a/b/_posts/x", where the folders above are the site's own, and below the
// folder of the collections where there is one.
bool is_in_special(std::string_view path,
                   std::string_view special,
                   const Config& config,
                   const EntryFilter& filter) {
  std::string inner = "/" + std::string(special) + "/";
  bool is_first = path.starts_with(std::string_view(inner).substr(1));
  std::size_t at = is_first ? 0 : path.find(inner);
  if (at == std::string_view::npos) return false;
  std::string_view above = path.substr(0, at);
  if (!above.starts_with(config.collections_folder()) || !filter.takes_folder(above)) return false;
  std::size_t end = at + inner.size() - (is_first ? 1 : 0);
  std::string_view below = path.substr(end);
  return !is_hidden(below) && filter.takes_in(path.substr(0, end - 1), below);
}

}  // namespace

std::vector<RoleOf> roles_of(std::string_view path,
                             const Config& config,
                             const EntryFilter& filter,
                             const std::vector<std::string>& config_files,
                             bool has_schedule) {
  std::vector<RoleOf> roles;
  if (std::find(config_files.begin(), config_files.end(), path) != config_files.end()) {
    roles.push_back({Role::kConfig, ""});
  }
  if (is_below(path, config.text("layouts_dir"))) roles.push_back({Role::kLayout, ""});
  if (is_below(path, config.text("includes_dir"))) roles.push_back({Role::kInclude, ""});
  if (is_below(path, config.text("data_dir")) && is_data_name(path))
    roles.push_back({Role::kData, ""});
  for (const CollectionConfig& collection : config.collections()) {
    if (collection.label == "posts" || (collection.is_implied && !has_schedule)) continue;
    std::string folder = in_collections_folder(config, collection.folder);
    if (is_below(path, folder) &&
        filter.takes_in(collection.folder, path.substr(folder.size() + 1))) {
      roles.push_back({Role::kCollection, collection.label});
    }
  }
  if (is_in_special(path, "_posts", config, filter)) roles.push_back({Role::kPost, "posts"});
  if (is_in_special(path, "_drafts", config, filter)) roles.push_back({Role::kDraft, "posts"});
  if (filter.takes(path)) roles.push_back({Role::kSite, ""});
  return roles;
}

}  // namespace stet::site
