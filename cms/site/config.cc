#include "cms/site/config.h"

#include <algorithm>

#include "cms/liquid/member.h"
#include "cms/site/permalink.h"
#include "cms/site/plugins.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Ref;
using liquid::Type;
using liquid::Value;

Value string(std::string_view text) { return Value(std::string(text)); }

Value strings(std::initializer_list<std::string_view> texts) {
  std::vector<Value> items;
  for (std::string_view text : texts) items.push_back(string(text));
  return liquid::make_array(std::move(items));
}

// Jekyll 4.3's defaults (lib/jekyll/configuration.rb), as far as templates or stet look at them.
Ref<Hash> jekyll_defaults() {
  std::vector<Hash::Entry> entries = {
      {"source", string(".")},
      {"destination", string("./_site")},
      {"collections_dir", string("")},
      {"plugins_dir", string("_plugins")},
      {"layouts_dir", string("_layouts")},
      {"data_dir", string("_data")},
      {"includes_dir", string("_includes")},
      {"collections", liquid::make_hash({})},
      {"safe", Value(false)},
      {"include", strings({".htaccess"})},
      {"exclude", strings({})},
      {"keep_files", strings({".git", ".svn"})},
      {"encoding", string("utf-8")},
      {"markdown_ext", string("markdown,mkdown,mkdn,mkd,md")},
      {"strict_front_matter", Value(false)},
      {"show_drafts", Value()},
      {"limit_posts", Value(0)},
      {"future", Value(false)},
      {"unpublished", Value(false)},
      {"whitelist", strings({})},
      {"plugins", strings({})},
      {"markdown", string("kramdown")},
      {"highlighter", string("rouge")},
      {"lsi", Value(false)},
      {"excerpt_separator", string("\n\n")},
      {"incremental", Value(false)},
      {"baseurl", Value()},
      {"show_dir_listing", Value(false)},
      {"permalink", string("date")},
      {"paginate_path", string("/page:num")},
      {"timezone", Value()},
      {"defaults", strings({})},
      {"liquid",
       liquid::make_hash({{"error_mode", string("warn")},
                          {"strict_filters", Value(false)},
                          {"strict_variables", Value(false)}})},
  };
  return Ref<Hash>(new Hash(std::move(entries)));
}

// What Jekyll adds to every site's `exclude`.
constexpr std::string_view kExcludedAlways[] = {".sass-cache",
                                                ".jekyll-cache",
                                                "gemfiles",
                                                "Gemfile",
                                                "Gemfile.lock",
                                                "node_modules",
                                                "vendor/bundle/",
                                                "vendor/cache/",
                                                "vendor/gems/",
                                                "vendor/ruby/"};

Ref<Hash> with_excluded_always(const Hash& hash) {
  std::vector<Value> items;
  const Value* own = hash.find("exclude");
  if (own && own->type() == Type::kArray) items = own->as_array().items;
  if (own && own->is_string()) items.push_back(*own);
  for (std::string_view name : kExcludedAlways) {
    const auto is_name = [&](const Value& item) {
      return item.is_string() && item.as_string() == name;
    };
    if (std::none_of(items.begin(), items.end(), is_name)) items.push_back(string(name));
  }
  return with(hash, "exclude", liquid::make_array(std::move(items)));
}

Ref<Hash> overridden(Ref<Hash> hash, const Overrides& overrides) {
  auto set = [&](std::string_view key, const auto& value) {
    if (value) hash = with(*hash, key, Value(*value));
  };
  set("url", overrides.url);
  set("baseurl", overrides.baseurl);
  set("future", overrides.is_future);
  set("show_drafts", overrides.is_drafts);
  set("unpublished", overrides.is_unpublished);
  set("safe", overrides.is_safe);
  set("limit_posts", overrides.posts_max);
  set("layouts_dir", overrides.layouts_folder);
  return hash;
}

std::string without_slashes(std::string_view folder) {
  while (folder.starts_with("./")) folder.remove_prefix(2);
  while (folder.starts_with('/')) folder.remove_prefix(1);
  while (folder.ends_with('/')) folder.remove_suffix(1);
  return std::string(folder);
}

// "/docs/_data/" is "docs/_data": Jekyll joins the folders to the source's.
Ref<Hash> with_plain_folders(Ref<Hash> hash) {
  for (std::string_view key : {"layouts_dir", "includes_dir", "data_dir"}) {
    const Value* value = hash->find(key);
    if (!value || !value->is_string()) continue;
    std::string plain = without_slashes(value->as_string());
    if (plain != value->as_string()) hash = with(*hash, key, Value(std::move(plain)));
  }
  return hash;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

CollectionConfig collection_of(std::string label, const Value& metadata) {
  CollectionConfig collection;
  collection.folder = "_" + label;
  collection.label = std::move(label);
  collection.metadata = metadata.type() == Type::kHash ? metadata : liquid::make_hash({});
  const Value* output = liquid::find_member(collection.metadata, "output");
  collection.is_output = output && output->is_truthy();
  const Value* permalink = liquid::find_member(collection.metadata, "permalink");
  if (permalink && permalink->is_string()) collection.permalink = permalink->as_string();
  return collection;
}

}  // namespace

bool is_jekyll_default(std::string_view key) {
  constexpr std::string_view kWithoutEffect[] = {
      "cache_dir", "port", "host", "detach", "quiet", "verbose", "defaults", "kramdown"};
  return jekyll_defaults()->find(key) ||
         std::find(std::begin(kWithoutEffect), std::end(kWithoutEffect), key) !=
             std::end(kWithoutEffect);
}

Ref<Hash> with(const Hash& hash, std::string_view key, Value value) {
  std::vector<Hash::Entry> entries = hash.entries();
  auto it = std::find_if(
      entries.begin(), entries.end(), [&](const Hash::Entry& entry) { return entry.first == key; });
  if (it != entries.end()) {
    it->second = std::move(value);
  } else {
    entries.emplace_back(std::string(key), std::move(value));
  }
  return Ref<Hash>(new Hash(std::move(entries)));
}

Ref<Hash> deep_merged(const Hash& under, const Hash& over) {
  std::vector<Hash::Entry> entries = under.entries();
  for (const auto& [key, value] : over.entries()) {
    auto it = std::find_if(entries.begin(), entries.end(), [&](const Hash::Entry& entry) {
      return entry.first == key;
    });
    if (it == entries.end()) {
      entries.emplace_back(key, value);
    } else if (it->second.type() == Type::kHash && value.type() == Type::kHash) {
      it->second = Value(deep_merged(it->second.as_hash(), value.as_hash()));
    } else if (!value.is_nil()) {
      it->second = value;
    }
  }
  return Ref<Hash>(new Hash(std::move(entries)));
}

std::shared_ptr<const Config> Config::make(const Hash* file,
                                           const std::string& path,
                                           const Overrides& overrides,
                                           reads::Names& names) {
  auto config = std::make_shared<Config>();
  Ref<Hash> merged = jekyll_defaults();
  if (file) merged = deep_merged(*merged, *file);
  merged = with_excluded_always(*with_plain_folders(overridden(std::move(merged), overrides)));
  config->tree_ = Tree::make(*merged, reads::Kind::kConfig, names);
  config->asked_ =
      std::make_unique<std::atomic<bool>[]>(config->hash().entries().size());  // all false
  config->environment_ = overrides.environment;
  config->markdown_extensions_ = split(config->text("markdown_ext"), ',');
  Value stet = config->get("stet");
  const Value* theme = liquid::find_member(stet, "theme");
  config->has_default_theme_ = theme && theme->is_string() && theme->as_string() == "default";
  config->collections_folder_ = without_slashes(config->text("collections_dir"));
  config->read_zone(path);
  config->read_plugins(path, overrides.theme_plugins);
  config->read_collections();
  config->read_defaults();
  return config;
}

Value Config::get(std::string_view key) const {
  const Value* value = hash().find(key);
  if (!value) {
    std::lock_guard lock(mutex_);
    if (!asked_and_missing_.contains(key)) asked_and_missing_.emplace(key);
    return Value();
  }
  asked_[hash().place_of(*value)].store(true, std::memory_order_relaxed);
  return *value;
}

std::set<std::string, std::less<>> Config::asked() const {
  std::lock_guard lock(mutex_);
  auto keys = asked_and_missing_;
  for (std::size_t i = 0; i < hash().entries().size(); ++i) {
    if (asked_[i].load(std::memory_order_relaxed)) keys.insert(hash().entries()[i].first);
  }
  return keys;
}

bool Config::is_other_for_code(const Config& other) const {
  auto keys = asked();
  keys.merge(other.asked());
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    const Value* own = hash().find(key);
    const Value* others = other.hash().find(key);
    return own && others ? !is_same(*own, *others) : own != others;
  });
}

void Config::take_over_asked(const Config& before) const {
  for (const std::string& key : before.asked()) (void)get(key);
}

std::string Config::text(std::string_view key, std::string_view otherwise) const {
  Value value = get(key);
  return std::string(value.is_string() ? value.as_string() : otherwise);
}

bool Config::flag(std::string_view key, bool otherwise) const {
  Value value = get(key);
  return value.is_nil() ? otherwise : value.is_truthy();
}

std::vector<std::string> Config::texts(std::string_view key) const {
  Value value = get(key);
  std::vector<std::string> texts;
  if (value.is_string()) texts.emplace_back(value.as_string());
  if (value.type() != Type::kArray) return texts;
  for (const Value& item : value.as_array().items) {
    if (item.is_string()) texts.emplace_back(item.as_string());
  }
  return texts;
}

std::string_view Config::below_collections(std::string_view path) const {
  const std::string& folder = collections_folder_;
  bool is_below = !folder.empty() && path.starts_with(folder) && path.size() > folder.size() &&
                  path[folder.size()] == '/';
  return is_below ? path.substr(folder.size() + 1) : path;
}

bool Config::has_plugin(std::string_view name) const {
  return std::find(plugins_.begin(), plugins_.end(), name) != plugins_.end();
}

void Config::read_plugins(const std::string& path, const std::vector<std::string>& of_theme) {
  std::vector<std::string> named = texts("plugins");
  named.insert(named.end(), of_theme.begin(), of_theme.end());
  for (std::string& name : texts("gems")) named.push_back(std::move(name));
  const Value* flag = liquid::find_member(get("stet"), "github_pages");
  plugins_ = switched_on(named, flag && flag->is_truthy());
  const bool is_github_pages = (flag && flag->is_truthy()) || has_plugin("github-pages");
  markdown_engine_ = markdown_engine_of(hash(), is_github_pages, path, problems_);
  for (const std::string& name : plugins_) {
    std::string lack = lack_of(name);
    if (lack.empty()) continue;
    problems_.push_back({Severity::kWarning,
                         path,
                         0,
                         0,
                         "plugins: '" + name + "' is not built in; the site will lack " + lack});
  }
}

bool Config::is_markdown(std::string_view extension) const {
  if (extension.size() < 2) return false;
  return std::find(markdown_extensions_.begin(), markdown_extensions_.end(), extension.substr(1)) !=
         markdown_extensions_.end();
}

bool Config::has_source_maps() const {
  Value sass = get("sass");
  const Value* named = liquid::find_member(sass, "sourcemap");
  if (!named || !named->is_string()) return true;
  if (named->as_string() == "development") return environment_ == "development";
  return named->as_string() != "never";
}

const CollectionConfig* Config::find_collection(std::string_view label) const {
  for (const CollectionConfig& collection : collections_) {
    if (collection.label == label) return &collection;
  }
  return nullptr;
}

void Config::read_zone(const std::string& path) {
  std::string name = text("timezone");
  if (name.empty()) return;
  auto zone = TimeZone::find(name);
  if (zone) {
    zone_ = *zone;
  } else {
    problems_.push_back({Severity::kError, path, 0, 0, "timezone: " + zone.error().message});
  }
}

void Config::read_collections() {
  Value named = get("collections");
  if (named.type() == Type::kHash) {
    for (const auto& [label, metadata] : named.as_hash().entries()) {
      collections_.push_back(collection_of(label, metadata));
    }
  } else if (named.type() == Type::kArray) {
    for (const Value& label : named.as_array().items) {
      if (label.is_string()) {
        collections_.push_back(collection_of(std::string(label.as_string()), Value()));
      }
    }
  }
  for (std::string_view label : {"posts", "schedule", "speakers"}) {
    if (find_collection(label)) continue;
    CollectionConfig implied = collection_of(std::string(label), Value());
    implied.is_output = true;
    implied.is_implied = true;
    if (label != "posts") implied.permalink = "/" + std::string(label) + "/:path/";
    // Jekyll lays its own posts under what the site names, so they come first.
    auto at = label == "posts" ? collections_.begin() : collections_.end();
    collections_.insert(at, std::move(implied));
  }
  for (CollectionConfig& collection : collections_) {
    if (collection.label != "posts") continue;
    collection.is_output = true;
    if (collection.permalink) continue;
    collection.permalink = permalink_template(text("permalink", "date"));
    collection.metadata =
        Value(with(collection.metadata.as_hash(), "permalink", string(*collection.permalink)));
  }
}

void Config::read_defaults() {
  Value sets = get("defaults");
  if (sets.type() != Type::kArray) return;
  for (const Value& set : sets.as_array().items) {
    const Value* values = liquid::find_member(set, "values");
    const Value* scope = liquid::find_member(set, "scope");
    if (!values || values->type() != Type::kHash) continue;
    DefaultsScope defaults;
    defaults.values = Ref<Hash>(&values->as_hash());
    if (scope) {
      const Value* path = liquid::find_member(*scope, "path");
      const Value* type = liquid::find_member(*scope, "type");
      if (path && path->is_string()) defaults.path = path->as_string();
      defaults.has_type = type != nullptr;
      if (type && type->is_string()) defaults.type = type->as_string();
    }
    defaults_.push_back(std::move(defaults));
  }
}

}  // namespace stet::site
