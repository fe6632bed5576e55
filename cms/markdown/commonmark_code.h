// A code block of CommonMark in the wrappers that Rouge's style sheets look for.
//
// The two plugins differ: jekyll-commonmark wraps every block, and guesses the language of one that
// names none; GitHub's wraps only what is highlighted. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "cms/markdown/render.h"

namespace stet::markdown {

struct CommonmarkCode {
  std::string html;
  bool is_block;  // stands on lines of its own
};

// `info` is what stands behind the fence; `position` an attribute of <pre>, or "".
CommonmarkCode commonmark_code(std::string_view info,
                               std::string_view code,
                               const std::string& position,
                               const CommonmarkOptions& options);

}  // namespace stet::markdown
