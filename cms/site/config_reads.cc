#include "cms/site/config_reads.h"

#include <set>
#include <string>
#include <utility>

#include "cms/site/site.h"

namespace stet::site {
namespace {

using reads::Key;
using reads::Kind;

Key key_of(std::string_view field, reads::Names& names) {
  return {Kind::kConfig, names.id_of("config"), names.id_of(field)};
}

Key key_of_plugin(std::string_view name, reads::Names& names) {
  return key_of("#plugin " + std::string(name), names);
}

Key key_of_collection(std::string_view label, reads::Names& names) {
  return key_of("#collection " + std::string(label), names);
}

}  // namespace

liquid::Value whole_setting(std::string_view key, View& view) {
  view.recorder().add(key_of(key, view.names()));
  const liquid::Value* value = view.site().config().hash().find(key);
  return value ? *value : liquid::Value();
}

bool has_plugin(std::string_view name, View& view) {
  view.recorder().add(key_of_plugin(name, view.names()));
  return view.site().config().has_plugin(name);
}

const std::vector<CollectionConfig>& collections_of(View& view) {
  whole_setting("collections", view);
  return view.site().config().collections();
}

const CollectionConfig* find_collection(std::string_view label, View& view) {
  view.recorder().add(key_of_collection(label, view.names()));
  return view.site().config().find_collection(label);
}

void differing_facts(const Config& before,
                     const Config& after,
                     reads::Names& names,
                     std::vector<reads::Key>& keys) {
  for (const auto& [one, other] : {std::pair(&before, &after), std::pair(&after, &before)}) {
    for (const std::string& plugin : one->plugins()) {
      if (!other->has_plugin(plugin)) keys.push_back(key_of_plugin(plugin, names));
    }
  }
  std::set<std::string> labels;
  for (const Config* config : {&before, &after}) {
    for (const CollectionConfig& collection : config->collections()) {
      labels.insert(collection.label);
    }
  }
  for (const std::string& label : labels) {
    const CollectionConfig* was = before.find_collection(label);
    const CollectionConfig* is = after.find_collection(label);
    bool is_same = was && is && was->is_implied == is->is_implied;
    if (!is_same) keys.push_back(key_of_collection(label, names));
  }
}

}  // namespace stet::site
