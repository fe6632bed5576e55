// The words of `options` and `extensions` under `commonmark` in `_config.yml`, as jekyll-commonmark
// has them.
//
// Threads: pure functions.
#pragma once

#include <string_view>

#include "cms/markdown/render.h"

namespace stet::markdown {

// False: no such option. In capitals: "UNSAFE".
bool set_commonmark_option(CommonmarkOptions& options, std::string_view name);
// False: no such extension. As it is written: "table".
bool set_commonmark_extension(CommonmarkOptions& options, std::string_view name);

}  // namespace stet::markdown
