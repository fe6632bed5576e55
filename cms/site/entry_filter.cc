#include "cms/site/entry_filter.h"

#include <algorithm>

namespace stet::site {
namespace {

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

bool names(std::string_view pattern, std::string_view path, bool is_folder) {
  while (pattern.starts_with('/')) pattern.remove_prefix(1);
  if (pattern.empty()) return false;
  if (path.starts_with(pattern) || matches_glob(pattern, path)) return true;
  return is_folder && pattern.size() == path.size() + 1 && pattern.starts_with(path) &&
         pattern.ends_with('/');
}

bool is_special(std::string_view name) {
  return !name.empty() && std::string_view("._#~").find(name[0]) != std::string_view::npos;
}

bool is_any(const std::vector<std::string>& patterns, std::string_view path, bool is_folder) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return names(pattern, path, is_folder);
  });
}

}  // namespace

// As with one star in matches_glob, of which each component is at most one.
bool matches_folders(std::string_view pattern, std::string_view path) {
  auto head = [](std::string_view text) { return text.substr(0, text.find('/')); };
  auto tail = [](std::string_view text) {
    std::size_t slash = text.find('/');
    return slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  };
  bool has_stars = false;
  std::string_view after_stars, path_at_stars;
  while (!path.empty() || !pattern.empty()) {
    if (head(pattern) == "**" && !pattern.empty()) {
      has_stars = true;
      after_stars = pattern = tail(pattern);
      path_at_stars = path;
    } else if (!path.empty() && !pattern.empty() && matches_glob(head(pattern), head(path))) {
      pattern = tail(pattern);
      path = tail(path);
    } else if (has_stars && !path_at_stars.empty()) {
      path = path_at_stars = tail(path_at_stars);
      pattern = after_stars;
    } else {
      return false;
    }
  }
  return true;
}

EntryFilter::EntryFilter(const Config& config)
    : include_(config.texts("include")), exclude_(config.texts("exclude")) {
  std::erase_if(exclude_, [&](const std::string& pattern) {
    return std::find(include_.begin(), include_.end(), pattern) != include_.end();
  });
}

bool EntryFilter::is_included(std::string_view name, bool is_folder) const {
  return is_any(include_, name, is_folder);
}

bool EntryFilter::is_excluded(std::string_view path, bool is_folder) const {
  return is_any(exclude_, path, is_folder);
}

bool EntryFilter::takes(std::string_view path) const {
  auto is_path = [&](std::string_view pattern) {
    while (pattern.starts_with('/')) pattern.remove_prefix(1);
    return pattern == path;
  };
  return std::any_of(include_.begin(), include_.end(), is_path) || takes_parts(path, false);
}

bool EntryFilter::takes_folder(std::string_view path) const { return takes_parts(path, true); }

bool EntryFilter::takes_parts(std::string_view path, bool is_folder) const {
  for (std::size_t end = 0; end != path.size();) {
    end = std::min(path.find('/', end + 1), path.size());
    bool is_above = is_folder || end != path.size();
    std::string_view part = path.substr(0, end);
    std::string_view name = last_component(part);
    if (name.ends_with('.')) return false;
    if (is_included(name, is_above)) continue;
    if (is_special(name) || name.ends_with('~') || is_excluded(part, is_above)) return false;
  }
  return true;
}

bool EntryFilter::takes_in(std::string_view folder, std::string_view inner) const {
  if (inner.ends_with('.')) return false;
  if (is_included(inner, false) || is_included(last_component(inner), false)) return true;
  if (is_special(inner) || is_special(last_component(inner)) || inner.ends_with('~')) return false;
  return !is_excluded(std::string(folder) + "/" + std::string(inner), false);
}

}  // namespace stet::site
