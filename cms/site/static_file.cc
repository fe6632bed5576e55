#include "cms/site/static_file.h"

#include <algorithm>
#include <set>

#include "cms/site/file_name.h"
#include "cms/site/front_matter_defaults.h"
#include "cms/site/permalink.h"
#include "cms/site/site.h"
#include "cms/site/tree.h"
#include "cms/site/view.h"

namespace stet::site {
namespace {

using liquid::Value;

constexpr std::string_view kKeys[] = {
    "basename", "name", "extname", "modified_time", "path", "collection"};

std::string output_path_in(const CollectionConfig& collection,
                           std::string_view inner,
                           const Config& config) {
  std::string_view path = inner.substr(0, inner.size() - extension_of(inner).size());
  std::string permalink =
      collection.permalink ? permalink_template(*collection.permalink)
                           : with_permalink_suffix("/:collection/:path", config.text("permalink"));
  std::string url = fill_permalink(permalink,
                                   {{"collection", collection.label},
                                    {"path", std::string(without_dots(path))},
                                    {"output_ext", ""},
                                    {"name", std::string(without_dots(stem_of(inner)))},
                                    {"title", ""}});
  if (url.ends_with('/')) url.pop_back();
  return output_path_of(url + std::string(extension_of(inner)), "");
}

}  // namespace

StaticFile::StaticFile(StaticFacts facts, reads::Names& names)
    : Item(names.id_of(facts.path)),
      facts_(std::move(facts)),
      key_{facts_.place, facts_.path, false} {}

Value StaticFile::get(std::string_view key, liquid::Host& host) const {
  View& view = view_of(host);
  view.recorder().add(reads::Key(reads::Kind::kField, subject(), view.names().id_of(key)));
  if (std::optional<Value> value = settled(key)) return *std::move(value);
  auto changed = view.site().last_changed(facts_.path);
  return changed ? Value(view.zone().at(changed->seconds)) : Value::live_time(view.now());
}

std::optional<Value> StaticFile::settled(std::string_view key) const {
  if (key == "path") return Value(facts_.shown_path);
  if (key == "name") return Value(std::string(file_name_of(facts_.path)));
  if (key == "extname") return Value(std::string(extension_of(facts_.path)));
  if (key == "basename") return Value(std::string(without_dots(stem_of(facts_.path))));
  if (key == "collection") return facts_.collection.empty() ? Value() : Value(facts_.collection);
  if (key == "modified_time") return std::nullopt;
  const Value* found = facts_.defaults->find(key);
  return found ? *found : Value();
}

std::vector<std::string> StaticFile::keys(liquid::Host& host) const {
  View& view = view_of(host);
  view.recorder().add(reads::Key(reads::Kind::kField, subject(), view.names().id_of("*")));
  std::vector<std::string> keys(std::begin(kKeys), std::end(kKeys));
  for (const auto& entry : facts_.defaults->entries()) keys.push_back(entry.first);
  return keys;
}

bool StaticFile::has_key(std::string_view key, liquid::Host& host) const {
  View& view = view_of(host);
  view.recorder().add(reads::Key(reads::Kind::kField, subject(), view.names().id_of(key)));
  return facts_.defaults->find(key) ||
         std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

std::vector<std::string> differing_fields(const StaticFile& before, const StaticFile& after) {
  const StaticFacts& a = before.facts();
  const StaticFacts& b = after.facts();
  std::vector<std::string> differing;
  if (a.shown_path != b.shown_path) differing.emplace_back("path");
  if (a.output_path != b.output_path) differing.emplace_back("url");
  if (a.collection != b.collection) differing.emplace_back("collection");
  std::set<std::string> names;
  for (const auto* defaults : {a.defaults.get(), b.defaults.get()}) {
    for (const auto& entry : defaults->entries()) names.insert(entry.first);
  }
  auto value_in = [](const liquid::Hash& hash, const std::string& name) {
    const Value* value = hash.find(name);
    return value ? *value : Value();
  };
  for (const std::string& name : names) {
    if (!is_same(value_in(*a.defaults, name), value_in(*b.defaults, name))) {
      differing.push_back(name);
    }
  }
  if (!differing.empty()) differing.emplace_back("*");
  return differing;
}

StaticFilePtr static_file_of(const std::string& path,
                             const BlobId& blob,
                             const std::string& collection,
                             const Config& config,
                             reads::Names& names) {
  StaticFacts facts{.path = path,
                    .blob = blob,
                    .collection = collection,
                    .shown_path = "/" + path,
                    .output_path = path,
                    .defaults = defaults_for(config, path, collection)};
  const liquid::Value* published = facts.defaults->find("published");
  facts.is_written = !published || published->is_truthy();
  const CollectionConfig* own = config.find_collection(collection);
  if (own) {
    facts.shown_path = config.below_collections(path);
    std::string_view inner = std::string_view(facts.shown_path).substr(own->folder.size() + 1);
    facts.output_path = output_path_in(*own, inner, config);
    facts.is_written = facts.is_written && own->is_output;
    facts.place = 1 + (own - config.collections().data());
  }
  return StaticFilePtr(new StaticFile(std::move(facts), names));
}

}  // namespace stet::site
