// Whether the site wants search pages of its own: `stet: {search: true}`. Threads: any.
#pragma once

#include "cms/site/config.h"

namespace stet::site {

bool has_own_search(const Config& config);

}  // namespace stet::site
