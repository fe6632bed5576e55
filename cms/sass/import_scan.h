// The names that a sheet imports, told by a glance: so that one run of the compiler is enough.
//
// It may err where syntax is odd; the compiler then asks for what is missing, and is run again
// (compiler.h). Linear. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stet::sass {

struct ImportName {
  std::string name;
  bool is_plain_css = false;  // a URL, or with media queries: stays an @import of CSS
  friend bool operator==(const ImportName&, const ImportName&) = default;
};

// Of @import, @use and @forward, in order. `is_indented`: the syntax of .sass.
std::vector<ImportName> scan_imports(std::string_view text, bool is_indented);

// "http://x", "//x", "sass:math", "x.css": never a sheet of the site.
bool is_css_import(std::string_view name);

}  // namespace stet::sass
