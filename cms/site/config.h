// The site's configuration: _config.yml over Jekyll's defaults, and what stet reads of it.
//
// It notes which keys code (not templates) has asked for: a change of any other key changes nothing
// that was derived. Immutable but for that; any thread. It comes from the commit that is live,
// never from the server's settings.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"
#include "cms/site/markdown_engine.h"
#include "cms/site/tree.h"
#include "storage/base/problem.h"
#include "storage/base/zone.h"

namespace stet::site {

// A configuration file that lies outside of the site's own folder.
struct OuterConfig {
  std::string path;  // what problems call it
  std::string text;
};

// What the command line or the server says over the files: the flags of `jekyll build`.
struct Overrides {
  std::optional<std::string> url, baseurl;
  std::optional<bool> is_future, is_drafts, is_unpublished, is_safe;
  std::optional<std::int64_t> posts_max;
  std::optional<std::string> layouts_folder;
  std::vector<std::string> config_files = {"_config.yml"};  // later ones win; missing: a problem
  std::vector<OuterConfig> outer_config;  // instead of config_files, where there are any
  std::string environment = "development";
  std::vector<std::string> theme_plugins = {};  // that the site's theme needs
};

struct CollectionConfig {
  std::string label;
  std::string folder;  // "_recipes", below collections_dir
  bool is_output = false;
  std::optional<std::string> permalink;
  liquid::Value metadata;   // a hash: everything that the site says of it
  bool is_implied = false;  // posts; stet's own sessions and speakers where the site names none
};

// One set of front-matter defaults.
struct DefaultsScope {
  std::string path;
  std::optional<std::string> type;
  bool has_type =
      false;  // named, though it may be nil: then it matches nothing, as GitHub Pages has it
  liquid::Ref<liquid::Hash> values;
};

class Config {
 public:
  // `file` is the configuration's own map, or null; `path` is what problems name.
  static std::shared_ptr<const Config> make(const liquid::Hash* file,
                                            const std::string& path,
                                            const Overrides& overrides,
                                            reads::Names& names);

  Config() = default;
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;

  // The value of a top-level key; nil where there is none.
  liquid::Value get(std::string_view key) const;
  std::string text(std::string_view key, std::string_view otherwise = "") const;
  bool flag(std::string_view key, bool otherwise = false) const;
  std::vector<std::string> texts(std::string_view key) const;  // a list, or one string as a list

  const Tree& tree() const { return *tree_; }
  const liquid::Hash& hash() const { return tree_->hash(); }
  const TimeZone& zone() const { return zone_; }
  const std::vector<CollectionConfig>& collections() const { return collections_; }
  const CollectionConfig* find_collection(std::string_view label) const;
  const std::vector<DefaultsScope>& defaults() const { return defaults_; }
  // `collections_dir` without slashes around it; "": the root.
  const std::string& collections_folder() const { return collections_folder_; }
  // The path as Jekyll names a document: below the folder of the collections.
  std::string_view below_collections(std::string_view path) const;
  // The plugins that are on (plugins.h), in their order.
  const std::vector<std::string>& plugins() const { return plugins_; }
  bool has_plugin(std::string_view name) const;
  bool is_markdown(std::string_view extension) const;  // ".md"
  const MarkdownEngine& markdown_engine() const { return markdown_engine_; }
  // `sass.sourcemap`, in this environment.
  bool has_source_maps() const;
  // `stet: {theme: default}`: the default theme stands in for missing files.
  bool has_default_theme() const { return has_default_theme_; }
  const std::string& environment() const { return environment_; }
  const Problems& problems() const { return problems_; }

  // True unless each key that was asked of one of the two means the same in both.
  bool is_other_for_code(const Config& other) const;
  // What was derived from `before` is from now on derived from this one.
  void take_over_asked(const Config& before) const;

 private:
  std::set<std::string, std::less<>> asked() const;

  void read_collections();
  void read_defaults();
  void read_zone(const std::string& path);
  void read_plugins(const std::string& path, const std::vector<std::string>& of_theme);

  liquid::Ref<Tree> tree_;
  TimeZone zone_;
  std::vector<CollectionConfig> collections_;
  std::vector<DefaultsScope> defaults_;
  std::vector<std::string> markdown_extensions_, plugins_;
  MarkdownEngine markdown_engine_;
  std::string collections_folder_;
  bool has_default_theme_ = false;
  std::string environment_;
  Problems problems_;
  // Set without a lock, for it is asked for each file: one flag an entry of the hash.
  mutable std::unique_ptr<std::atomic<bool>[]> asked_;
  mutable std::mutex mutex_;
  mutable std::set<std::string, std::less<>> asked_and_missing_;  // keys that it has not
};

// `over` laid over `under`, maps merged key by key, all else replaced, but nothing by nil (Jekyll's
// deep_merge_hashes).
liquid::Ref<liquid::Hash> deep_merged(const liquid::Hash& under, const liquid::Hash& over);

// Whether Jekyll has a default for the key: what a theme says of such does not count.
bool is_jekyll_default(std::string_view key);

// With `key` meaning `value`; its place is kept where it was there.
liquid::Ref<liquid::Hash> with(const liquid::Hash& hash, std::string_view key, liquid::Value value);

}  // namespace stet::site
