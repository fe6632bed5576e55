// What the configuration's `defaults` say of one file (lib/jekyll/frontmatter_defaults.rb).
#pragma once

#include <string_view>

#include "cms/site/config.h"

namespace stet::site {

// All sets whose scope takes the file, the more special over the more general: a longer path wins,
// then one with a type, then the later one. `type` is "pages", "posts", "drafts", a collection's
// label, or "" for a static file of none.
liquid::Ref<liquid::Hash> defaults_for(const Config& config,
                                       std::string_view path,
                                       std::string_view type);

}  // namespace stet::site
