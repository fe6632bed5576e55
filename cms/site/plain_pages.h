// Markdown without front matter that is a page all the same: jekyll-optional-front-matter 0.3.
//
// Settings, under `optional_front_matter:`: enabled, remove_originals. Threads: pure functions.
#pragma once

#include <string_view>

#include "cms/site/config.h"

namespace stet::site {

// Not README, LICENSE and their like, unless `include` names them.
bool is_plain_page(std::string_view path, const Config& config);
// False: the Markdown itself is published beside its page.
bool removes_originals(const Config& config);

}  // namespace stet::site
