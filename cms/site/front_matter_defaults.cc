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

// Matches the pattern's components one by one, as Ruby's Dir.glob does: `*` stays within a name and
// leaves out hidden ones, `**` stands for any folders. The pattern may end before the path does, or
// within a name: what was found is how the path begins.
bool begins_with_glob(std::string_view pattern, std::string_view path) {
  if (pattern.starts_with("**/")) {
    std::string_view rest = pattern.substr(3);
    if (begins_with_glob(rest, path)) return true;
    std::size_t slash = path.find('/');
    if (slash == std::string_view::npos || path.starts_with('.')) return false;
    return begins_with_glob(pattern, path.substr(slash + 1));
  }
  std::size_t pattern_end = std::min(pattern.find('/'), pattern.size());
  std::size_t path_end = std::min(path.find('/'), path.size());
  std::string_view name = path.substr(0, path_end), part = pattern.substr(0, pattern_end);
  if (name.starts_with('.') && !part.starts_with('.')) return false;
  if (!matches_glob(part, name)) return false;
  if (pattern_end == pattern.size()) return true;
  if (path_end == path.size()) return false;
  return pattern_end + 1 == pattern.size() ||
         begins_with_glob(pattern.substr(pattern_end + 1), path.substr(path_end + 1));
}

bool is_path(const DefaultsScope& scope, const Config& config, std::string_view path) {
  // A pattern is looked for on the disk, from the source; a plain path is not.
  if (scope.path.find('*') != std::string::npos) return begins_with_glob(scope.path, path);
  return config.below_collections(path).starts_with(config.below_collections(scope.path));
}

std::size_t length_of(const DefaultsScope& scope) {
  return scope.path.size() - (scope.path.starts_with('/') ? 1 : 0);
}

bool has_precedence(const DefaultsScope& was, const DefaultsScope& is) {
  if (length_of(is) != length_of(was)) return length_of(is) > length_of(was);
  return is.has_type || !was.has_type;
}

}  // namespace

// As Jekyll does it: each set is laid over all others, or under all others where the last one that
// was laid over has precedence. (It is no order: of three sets the middle one may come to lie
// lowest.)
liquid::Ref<liquid::Hash> defaults_for(const Config& config,
                                       std::string_view path,
                                       std::string_view type) {
  liquid::Ref<liquid::Hash> merged(new liquid::Hash({}));
  const DefaultsScope* last = nullptr;
  for (const DefaultsScope& scope : config.defaults()) {
    if (!is_type(scope, type) || !is_path(scope, config, path)) continue;
    bool is_over = !last || has_precedence(*last, scope);
    merged = is_over ? deep_merged(*merged, *scope.values) : deep_merged(*scope.values, *merged);
    if (is_over) last = &scope;
  }
  return merged;
}

}  // namespace stet::site
