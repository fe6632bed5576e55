#include "cms/site/entry_filter.h"

#include <algorithm>

namespace stet::site {
namespace {

// Always left out, whatever `exclude` says: Jekyll's own list.
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

std::string_view last_component(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Matches one bracket expression at the start of `pattern`; takes it off.
bool matches_set(std::string_view& pattern, char c) {
  std::size_t end = pattern.find(']', 2);
  std::string_view set = pattern.substr(1, end - 1);
  pattern.remove_prefix(end + 1);
  bool is_negated = set.starts_with('^') || set.starts_with('!');
  if (is_negated) set.remove_prefix(1);
  bool is_found = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      is_found = is_found || (set[i] <= c && c <= set[i + 2]);
      i += 2;
    } else {
      is_found = is_found || set[i] == c;
    }
  }
  return is_found != is_negated;
}

bool matches_one(std::string_view& pattern, char c) {
  if (pattern[0] == '?') {
    pattern.remove_prefix(1);
    return true;
  }
  if (pattern[0] == '[' && pattern.find(']', 2) != std::string_view::npos) {
    return matches_set(pattern, c);
  }
  if (pattern[0] == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
  bool is_same = pattern[0] == c;
  pattern.remove_prefix(1);
  return is_same;
}

}  // namespace

// One star is remembered at a time, so the cost is at most the product of both lengths.
bool matches_glob(std::string_view pattern, std::string_view text) {
  std::string_view after_star, text_at_star;
  bool has_star = false;
  for (;;) {
    if (!pattern.empty() && pattern[0] == '*') {
      while (!pattern.empty() && pattern[0] == '*') pattern.remove_prefix(1);
      after_star = pattern;
      text_at_star = text;
      has_star = true;
      continue;
    }
    if (text.empty() && pattern.empty()) return true;
    if (!text.empty() && !pattern.empty() && matches_one(pattern, text[0])) {
      text.remove_prefix(1);
      continue;
    }
    if (!has_star || text_at_star.empty()) return false;
    text_at_star.remove_prefix(1);
    text = text_at_star;
    pattern = after_star;
  }
}

namespace {

// A pattern names a path by glob, or by being it or a folder above it.
bool names(std::string_view pattern, std::string_view path) {
  while (pattern.starts_with('/')) pattern.remove_prefix(1);
  if (pattern.starts_with("./")) pattern.remove_prefix(2);
  if (pattern.empty()) return false;
  if (pattern.ends_with('/')) {
    return path.starts_with(pattern) || path == pattern.substr(0, pattern.size() - 1);
  }
  return matches_glob(pattern, path) ||
         (path.starts_with(pattern) && path.size() > pattern.size() && path[pattern.size()] == '/');
}

}  // namespace

EntryFilter::EntryFilter(const Config& config)
    : include_(config.texts("include")), exclude_(config.texts("exclude")) {
  exclude_.insert(exclude_.end(), std::begin(kExcludedAlways), std::end(kExcludedAlways));
}

bool EntryFilter::is_included(std::string_view path) const {
  return std::any_of(include_.begin(), include_.end(), [&](const std::string& pattern) {
    return names(pattern, path) || names(pattern, last_component(path));
  });
}

bool EntryFilter::is_excluded(std::string_view path) const {
  return std::any_of(exclude_.begin(), exclude_.end(), [&](const std::string& pattern) {
    return names(pattern, path);
  });
}

bool EntryFilter::takes(std::string_view path) const {
  for (std::size_t end = 0; end != path.size();) {
    end = std::min(path.find('/', end + 1), path.size());
    std::string_view part = path.substr(0, end);
    if (is_included(part)) continue;
    std::string_view name = last_component(part);
    if (name.ends_with('~') || std::string_view("._#~").find(name[0]) != std::string_view::npos) {
      return false;
    }
    if (is_excluded(part)) return false;
  }
  return true;
}

}  // namespace stet::site
