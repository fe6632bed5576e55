// {% seo %} of jekyll-seo-tag 2.8: what search engines and social networks read of a page.
//
// Threads: pure but for the view's record of what is read.
#pragma once

#include <string>
#include <string_view>

#include "cms/site/view.h"

namespace stet::plugins {

// `markup` is what stands behind the tag's name: `title=false` leaves the title out. `paginator` is
// nil where the page has none.
std::string seo_tag(std::string_view markup, const liquid::Value& paginator, site::View& view);

}  // namespace stet::plugins
