// jekyll-relative-links 0.7: links of Markdown to files of the site become links to their pages.
//
// Settings, under `relative_links:`: enabled, collections, exclude. Threads: as the view's render.
#pragma once

#include <string>
#include <string_view>

#include "cms/site/document.h"
#include "cms/site/view.h"

namespace stet::plugins {

// True where the plugin is on and takes the document.
bool takes_relative_links(const site::Document& document, site::View& view);

// `markdown`, of the document, with `[text](other.md#part)` and `[text]: other.md` leading to the
// URL of that file. What leads to no file of the site stays. O(n).
std::string with_page_links(std::string_view markdown,
                            const site::Document& document,
                            site::View& view);

}  // namespace stet::plugins
