#include "cms/site/front_matter_defaults.h"

#include <algorithm>

#include "cms/site/entry_filter.h"

namespace stet::site {
namespace {

// The older names of the types, which Jekyll still takes.
bool is_type(const DefaultsScope& scope, std::string_view type) {
  if (!scope.has_type) return true;
  if (!scope.type) return false;
  return *scope.type == type || (*scope.type == "page" && type == "pages") ||
         (*scope.type == "post" && type == "posts") || (*scope.type == "draft" && type == "drafts");
}

std::string_view without_slash(std::string_view path) {
  return path.starts_with('/') ? path.substr(1) : path;
}

bool is_path(const DefaultsScope& scope, std::string_view path) {
  std::string_view pattern = without_slash(scope.path);
  if (pattern.empty()) return true;
  if (pattern.find('*') == std::string_view::npos) return path.starts_with(pattern);
  // A glob names files and folders; what lies below a folder belongs to it.
  for (std::size_t end = 0; end != path.size();) {
    end = std::min(path.find('/', end + 1), path.size());
    if (matches_glob(pattern, path.substr(0, end))) return true;
  }
  return false;
}

// True if `a` gives way to `b`, which stands later.
bool gives_way(const DefaultsScope& a, const DefaultsScope& b) {
  if (a.path.size() != b.path.size()) return a.path.size() < b.path.size();
  return !a.has_type || b.has_type;
}

}  // namespace

liquid::Ref<liquid::Hash> defaults_for(const Config& config,
                                       std::string_view path,
                                       std::string_view type) {
  std::vector<const DefaultsScope*> found;
  for (const DefaultsScope& scope : config.defaults()) {
    if (is_type(scope, type) && is_path(scope, path)) found.push_back(&scope);
  }
  // Insertion keeps the order of sets that are equally special.
  std::vector<const DefaultsScope*> ordered;
  for (const DefaultsScope* scope : found) {
    auto at = ordered.end();
    while (at != ordered.begin() && !gives_way(**(at - 1), *scope)) --at;
    ordered.insert(at, scope);
  }
  liquid::Ref<liquid::Hash> merged(new liquid::Hash({}));
  for (const DefaultsScope* scope : ordered) merged = deep_merged(*merged, *scope->values);
  return merged;
}

}  // namespace stet::site
