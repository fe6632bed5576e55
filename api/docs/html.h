// HTML of the guide's pages: text made harmless, and the frame that all pages have.
//
// Plain HTML and one sheet: no scripts, nothing of other origins. Threads: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stet::docs {

// For text and for quoted attributes.
std::string escaped(std::string_view text);

// What stands between `backticks` as code, all else escaped.
std::string with_code(std::string_view text);

struct Link {
  std::string path;  // "/docs/errors"
  std::string title;
};

// A whole page. `main` is HTML; `path` tells which of the links is this one.
std::string framed(std::string_view path,
                   std::string_view title,
                   std::string_view main,
                   std::span<const Link> links);

}  // namespace stet::docs
