#include "cms/site/config_files.h"

#include "cms/document/yaml.h"
#include "cms/site/value_of.h"

namespace stet::site {

using liquid::Hash;
using liquid::Ref;

Result<FoundConfig> find_config(const ConfigSource& source, reads::Names& names) {
  FoundConfig found;
  Ref<Hash> merged(new Hash({}));
  const Overrides& overrides = source.overrides;
  auto lay_over = [&](std::string_view bytes, const std::string& path) {
    document::Data data = document::parse_yaml(bytes, path, found.problems);
    if (data.map()) merged = deep_merged(*merged, *hash_of(*data.map()));
  };
  for (const OuterConfig& outer : overrides.outer_config) lay_over(outer.text, outer.path);
  for (const std::string& path : overrides.config_files) {
    const BlobId* blob = source.blobs.find(path);
    if (blob && overrides.outer_config.empty()) lay_over(TRY(source.snapshot->read(*blob)), path);
  }
  const std::string& path = overrides.config_files.empty() ? "" : overrides.config_files.back();
  const ThemeSearch search{*merged, source.blobs, source.snapshot, source.find_theme, path};
  found.theme = TRY(find_theme(search, found.theme_problems));
  Overrides with_theme = overrides;
  if (found.theme) {
    merged = deep_merged(*found.theme->config, *merged);
    with_theme.theme_plugins = found.theme->plugins;
  }
  found.config = Config::make(merged.get(), path, with_theme, names);
  return found;
}

}  // namespace stet::site
