// Which Markdown a configuration asks for: kramdown, or CommonMark with the settings of its
// plugins.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <vector>

#include "cms/liquid/value.h"
#include "storage/base/problem.h"

namespace stet::site {

struct MarkdownEngine {
  bool is_commonmark = false;
  bool is_of_github_pages = false;  // CommonMark as jekyll-commonmark-ghpages has it
  // Of CommonMark, the words under `commonmark` that its plugins know: "UNSAFE", "table".
  std::vector<std::string> options = {}, extensions = {};
};

// `markdown` and `commonmark` of a configuration, which problems call `path`. `is_github_pages`:
// GitHub builds the site, and then CommonMark is its own variant or none.
MarkdownEngine markdown_engine_of(const liquid::Hash& config,
                                  bool is_github_pages,
                                  const std::string& path,
                                  Problems& problems);

}  // namespace stet::site
