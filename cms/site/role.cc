#include "cms/site/role.h"

#include <algorithm>

namespace stet::site {
namespace {

bool is_below(std::string_view path, std::string_view folder) {
  return !folder.empty() && path.size() > folder.size() && path.starts_with(folder) &&
         path[folder.size()] == '/';
}

std::string in_collections_folder(const Config& config, std::string_view name) {
  std::string folder = config.text("collections_dir");
  while (folder.starts_with('/')) folder.erase(0, 1);
  while (folder.ends_with('/')) folder.pop_back();
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

// True for "_posts/x" and "a/b/_posts/x", where the folders above are the site's own.
bool is_in_special(std::string_view path, std::string_view special, const EntryFilter& filter) {
  std::string inner = "/" + std::string(special) + "/";
  if (path.starts_with(std::string_view(inner).substr(1))) return true;
  std::size_t at = path.find(inner);
  return at != std::string_view::npos && filter.takes(path.substr(0, at));
}

bool is_data(std::string_view path) {
  for (std::string_view extension : {".yml", ".yaml", ".json", ".csv", ".tsv"}) {
    if (path.ends_with(extension)) return true;
  }
  return false;
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
  if (is_below(path, config.text("data_dir")) && is_data(path)) roles.push_back({Role::kData, ""});
  for (const CollectionConfig& collection : config.collections()) {
    if (collection.label == "posts" || (collection.is_implied && !has_schedule)) continue;
    if (is_below(path, in_collections_folder(config, collection.folder)) &&
        !filter.is_excluded(path)) {
      roles.push_back({Role::kCollection, collection.label});
    }
  }
  if (!filter.is_excluded(path)) {
    if (is_in_special(path, "_posts", filter)) roles.push_back({Role::kPost, "posts"});
    if (is_in_special(path, "_drafts", filter)) roles.push_back({Role::kDraft, "posts"});
  }
  if (filter.takes(path)) roles.push_back({Role::kSite, ""});
  return roles;
}

}  // namespace stet::site
