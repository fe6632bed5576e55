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

// A block of code, which can be scrolled by keys.
std::string code_html(std::string_view code);

// Commands with what they are for and how they end; the guide's test runs what stands in these.
std::string example_html(std::string_view title, std::string_view command, std::string_view status);

// Opens a <div> in which a wide table moves; `label` is HTML.
std::string table_frame(std::string_view label);

struct Link {
  std::string path;  // "/docs/errors"
  std::string title;
  std::string group;  // links of one group follow one another
};

// A whole page. `main` is HTML; `path` tells which of the links is this one.
std::string framed(std::string_view path,
                   std::string_view title,
                   std::string_view main,
                   std::span<const Link> links);

}  // namespace stet::docs
