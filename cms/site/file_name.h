// The parts of a path's last name, as Ruby's File has them.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace stet::site {

inline std::string_view file_name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// ".md"; "" for names that begin with their only dot.
inline std::string_view extension_of(std::string_view path) {
  std::string_view name = file_name_of(path);
  std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

// The name without its extension.
inline std::string_view stem_of(std::string_view path) {
  std::string_view name = file_name_of(path);
  return name.substr(0, name.size() - extension_of(path).size());
}

// Jekyll takes dots off the ends of stems and slugs.
// ".scss" and ".sass", as Jekyll's converters match them.
inline bool is_sheet_name(std::string_view path) {
  for (std::string_view extension : {".scss", ".sass", ".SCSS", ".SASS"}) {
    if (path.ends_with(extension)) return true;
  }
  return false;
}

inline std::string_view without_dots(std::string_view text) {
  while (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

// Never text, so never asked whether they begin with front matter.
inline constexpr std::string_view kBinaryExtensions[] = {
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico",   ".pdf", ".zip", ".gz",
    ".mp3", ".mp4", ".webm", ".ogg", ".mov",  ".woff", ".woff2", ".ttf", ".otf", ".eot"};

inline bool is_binary_name(std::string_view path) {
  return std::any_of(std::begin(kBinaryExtensions),
                     std::end(kBinaryExtensions),
                     [&](std::string_view extension) { return path.ends_with(extension); });
}

}  // namespace stet::site
