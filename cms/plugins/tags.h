// The tags that plugins add to Liquid: seo, feed_meta, gist, last_modified_at.
//
// Threads: as the view's render.
#pragma once

#include <string>
#include <string_view>

#include "cms/site/view.h"

namespace stet::plugins {

// What the tag prints. kNotFound names the plugin that the configuration does not switch on;
// kInvalidInput, what is wrong with the markup.
Result<std::string> tag_text(std::string_view name,
                             std::string_view markup,
                             const liquid::Value& paginator,
                             site::View& view);

}  // namespace stet::plugins
