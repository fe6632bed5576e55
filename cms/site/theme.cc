#include "cms/site/theme.h"

#include <algorithm>
#include <set>

#include "cms/document/yaml.h"
#include "cms/site/config.h"
#include "cms/site/data_file.h"
#include "cms/site/gemspec.h"
#include "cms/site/role.h"
#include "cms/site/value_of.h"
#include "storage/base/repo_path.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Ref;
using liquid::Value;

constexpr char kDataFolder[] = "_data";
constexpr char kConfigFile[] = "_config.yml";

std::string_view text_in(const Hash& config, std::string_view key) {
  const Value* value = config.find(key);
  return value && value->is_string() ? value->as_string() : std::string_view();
}

Status read_config(Theme& theme, Problems& problems) {
  const BlobId* blob = theme.blobs.find(std::string_view(kConfigFile));
  if (!blob) return {};
  std::string bytes = TRY(theme.files->read(*blob));
  document::Data data = document::parse_yaml(bytes, theme.place_of(kConfigFile), problems);
  if (!data.map()) return {};
  std::vector<Hash::Entry> entries;
  const Ref<Hash> said = hash_of(*data.map());
  for (const auto& [key, value] : said->entries()) {
    if (!is_jekyll_default(key)) entries.emplace_back(key, value);
  }
  theme.config = Ref<Hash>(new Hash(std::move(entries)));
  return {};
}

Status read_data(Theme& theme, Problems& problems) {
  std::vector<DataFile> files;
  for (std::size_t i = 0; i < theme.blobs.size(); ++i) {
    const auto& [path, blob] = theme.blobs.at(i);
    if (!path.starts_with(std::string(kDataFolder) + "/") || !is_data_name(path)) continue;
    std::string bytes = TRY(theme.files->read(blob));
    files.push_back({path,
                     data_keys_of(path, kDataFolder),
                     parse_data_file(theme.place_of(path), bytes, problems)});
  }
  theme.data = data_tree(std::move(files));
  return {};
}

// Jekyll loads the plugins that a theme depends on.
Status read_gem(Theme& theme) {
  for (std::size_t i = 0; i < theme.blobs.size(); ++i) {
    const auto& [path, blob] = theme.blobs.at(i);
    bool is_gemspec = path.ends_with(".gemspec") && path.find('/') == path.npos;
    if (is_gemspec) theme.gem = read_gemspec(TRY(theme.files->read(blob)));
  }
  for (const GemDependency& dependency : theme.gem.dependencies) {
    if (dependency.name.starts_with("jekyll-")) theme.plugins.push_back(dependency.name);
  }
  return {};
}

std::shared_ptr<Theme> theme_of(std::string root,
                                storage::SnapshotPtr files,
                                const std::vector<std::pair<std::string, BlobId>>& blobs) {
  auto theme = std::make_shared<Theme>();
  theme->root = std::move(root);
  theme->files = std::move(files);
  theme->blobs = PersistentMap<std::string, BlobId>::from_sorted(blobs);
  theme->config = theme->data = Ref<Hash>(new Hash({}));
  Fingerprinter fingerprinter;
  fingerprinter.add(theme->root);
  for (const auto& [path, blob] : blobs) fingerprinter.add(path).add(blob.hex());
  theme->fingerprint = fingerprinter.finish();
  return theme;
}

Result<std::vector<std::pair<std::string, BlobId>>> files_of(const storage::Snapshot& snapshot) {
  std::vector<std::pair<std::string, BlobId>> blobs;
  TRY(snapshot.walk("", [&](const storage::SnapshotEntry& entry) -> Status {
    if (storage::is_readable(entry.kind)) blobs.emplace_back(entry.path.string(), entry.blob);
    return {};
  }));
  return blobs;
}

std::shared_ptr<Theme> theme_inside(const ThemeSearch& search, const std::string& root) {
  std::vector<std::pair<std::string, BlobId>> blobs;
  std::string prefix = root + "/";
  for (std::size_t i = search.blobs.rank_of(prefix); i < search.blobs.size(); ++i) {
    const auto& [path, blob] = search.blobs.at(i);
    if (!path.starts_with(prefix)) break;
    blobs.emplace_back(path.substr(prefix.size()), blob);
  }
  return blobs.empty() ? nullptr : theme_of(root, search.snapshot, blobs);
}

// What to type: of owner/name@ref the command, to be run in the site's folder.
std::string way_to_get(const std::string& named) {
  std::string folder(kThemesFolder);
  std::vector<std::string> names = theme_names(named);
  std::size_t at = std::min(named.find('@'), named.size());
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/@";
  bool is_repository =
      !names.empty() && named.find('/') < at && named.find_first_not_of(kPlain) == named.npos;
  if (!is_repository) return "copy its files to " + folder + "/" + named;
  std::string repository = named.substr(0, at), ref = named.substr(std::min(at + 1, named.size()));
  std::string target = folder + "/" + names.back();
  return "get it by: git clone --depth 1 " + (ref.empty() ? "" : "--branch " + ref + " ") +
         "https://github.com/" + repository + " " + target + " && rm -rf " + target +
         "/.git, and commit that folder";
}

Result<std::shared_ptr<Theme>> theme_named(const ThemeSearch& search, std::string_view named) {
  auto root_of = [](const std::string& name) { return std::string(kThemesFolder) + "/" + name; };
  std::vector<std::string> names = theme_names(named);
  for (const std::string& name : names) {
    if (auto theme = theme_inside(search, root_of(name))) return theme;
  }
  for (const std::string& name : names) {
    if (!search.outside) break;
    storage::SnapshotPtr files = TRY(search.outside(name));
    if (!files) continue;
    auto blobs = TRY(files_of(*files));
    return theme_of(root_of(name), std::move(files), blobs);
  }
  return std::shared_ptr<Theme>();
}

// Where the site's own file would be that comes before the theme's.
std::string own_place(const std::string& inner, const Config& config) {
  for (const auto& [folder, key] :
       {std::pair("_layouts/", "layouts_dir"), std::pair("_includes/", "includes_dir")}) {
    std::string_view name = folder;
    if (inner.starts_with(name)) return config.text(key) + "/" + inner.substr(name.size());
  }
  return inner;
}

}  // namespace

std::string Theme::place_of(std::string_view inner) const {
  return root.empty() ? std::string(inner) : root + "/" + std::string(inner);
}

std::vector<std::string> theme_names(std::string_view named) {
  while (named.starts_with(' ')) named.remove_prefix(1);
  while (named.ends_with(' ')) named.remove_suffix(1);
  std::string name(named);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  bool is_name = RepoPath::parse(name) && name.find("/.") == name.npos && name.front() != '.';
  if (!is_name) return {};
  std::vector<std::string> names = {name};
  auto add = [&](std::string less) {
    if (!less.empty() && less != names.back()) names.push_back(std::move(less));
  };
  std::string without_ref = name.substr(0, name.find('@'));
  add(without_ref);
  std::string repository = without_ref.substr(without_ref.rfind('/') + 1);
  // The themes of GitHub Pages: the gem of pages-themes/cayman is called jekyll-theme-cayman.
  if (without_ref.starts_with("pages-themes/")) add("jekyll-theme-" + repository);
  add(repository);
  return names;
}

bool names_theme(const Hash& config) {
  return !text_in(config, "theme").empty() || !text_in(config, "remote_theme").empty();
}

Result<ThemePtr> find_theme(const ThemeSearch& search, Problems& problems) {
  for (const char* key : {"remote_theme", "theme"}) {
    std::string named(text_in(search.config, key));
    if (named.empty()) continue;
    auto found = theme_named(search, named);
    if (found && *found) {
      const Value* is_ignored = search.config.find("ignore_theme_config");
      bool has_config =
          std::string_view(key) == "theme" && !(is_ignored && is_ignored->is_truthy());
      if (has_config) TRY(read_config(**found, problems));
      TRY(read_data(**found, problems));
      TRY(read_gem(**found));
      return ThemePtr(std::move(*found));
    }
    std::string why = found ? "is neither in the site's folder " + std::string(kThemesFolder) +
                                  " nor installed; " + way_to_get(named)
                            : "cannot be read: " + found.error().message;
    problems.push_back({Severity::kError,
                        search.config_path,
                        0,
                        0,
                        std::string(key) + ": the theme '" + named + "' " + why});
  }
  return ThemePtr();
}

Result<ThemePtr> default_theme(const storage::SnapshotPtr& files) {
  auto blobs = TRY(files_of(*files));
  return ThemePtr(theme_of("", files, blobs));
}

std::vector<std::string> differing_paths(const ThemePtr& before,
                                         const ThemePtr& after,
                                         const Config& config) {
  bool is_same = before && after ? before->fingerprint == after->fingerprint : !before == !after;
  if (is_same) return {};
  std::set<std::string> paths = {std::string(kThemesFolder)};
  auto add = [&](const ThemePtr& theme, const ThemePtr& other) {
    if (!theme) return;
    theme->blobs.for_each([&](const std::string& inner, const BlobId& blob) {
      const BlobId* also = other && other->root == theme->root ? other->blobs.find(inner) : nullptr;
      if (also && *also == blob) return;
      paths.insert(own_place(inner, config));
      paths.insert(theme->place_of(inner));
    });
  };
  add(before, after);
  add(after, before);
  return {paths.begin(), paths.end()};
}

}  // namespace stet::site
