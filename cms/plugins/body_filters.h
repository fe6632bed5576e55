// What plugins change in a finished page: jemoji, jekyll-mentions.
//
// They take pages and documents whose output is HTML: of a whole page what is in <body>, else all.
// Settings: `emoji: {src: ...}`; `jekyll-mentions`, as an address or `{base_url: ...}`, which front
// matter may replace, and `false` there leaves the page alone. Where Jekyll's plugins would change
// scripts, or make tags of text that was escaped, nothing is changed. Threads: as the view's
// render. Time: linear in the page; a search for a character where nothing is to be done.
#pragma once

#include <string>

#include "cms/site/document.h"
#include "cms/site/view.h"

namespace stet::plugins {

std::string with_body_filters(std::string html, const site::Document& document, site::View& view);

}  // namespace stet::plugins
