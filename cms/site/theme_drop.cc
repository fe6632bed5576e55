#include "cms/site/theme_drop.h"

#include <algorithm>

#include "cms/site/view.h"

namespace stet::site {
namespace {

using liquid::Value;

constexpr std::string_view kKeys[] = {
    "root", "authors", "version", "description", "metadata", "dependencies"};

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

// "jekyll-feed (~> 0.9)", as Ruby shows a gem's dependency.
Value dependencies_of(const Gemspec& gem) {
  std::vector<Value> items;
  for (const GemDependency& dependency : gem.dependencies) {
    std::vector<std::string> requirements = dependency.requirements;
    if (requirements.empty()) requirements.emplace_back(">= 0");
    items.emplace_back(dependency.name + " (" + joined(requirements) + ")");
  }
  return liquid::make_array(std::move(items));
}

}  // namespace

Value ThemeDrop::get(std::string_view key, liquid::Host& host) const {
  View& view = view_of(host);
  view.recorder().add(reads::Key(reads::Kind::kFile, view.names().id_of(kThemesFolder)));
  const Gemspec& gem = theme_->gem;
  if (key == "root") return Value(theme_->root);
  if (key == "authors") return Value(joined(gem.authors));
  if (key == "version" && gem.version) return Value(*gem.version);
  if (key == "description" && (gem.description || gem.summary)) {
    return Value(gem.description ? *gem.description : *gem.summary);
  }
  if (key == "dependencies") return dependencies_of(gem);
  if (key != "metadata") return Value();
  std::vector<liquid::Hash::Entry> entries;
  for (const auto& [name, text] : gem.metadata) entries.emplace_back(name, Value(text));
  return liquid::make_hash(std::move(entries));
}

std::vector<std::string> ThemeDrop::keys(liquid::Host&) const {
  return {std::begin(kKeys), std::end(kKeys)};
}

bool ThemeDrop::has_key(std::string_view key, liquid::Host&) const {
  return std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

}  // namespace stet::site
