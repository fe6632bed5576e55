// What front matter says of redirects, as jekyll-redirect-from 0.16 reads it.
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cms/site/config.h"
#include "cms/site/document.h"

namespace stet::site {

// `redirect_from`: a path or a list of them, each with its leading slash.
std::vector<std::string> redirects_from(const DocumentFacts& facts);
// `redirect_to`: an address, or the first of a list.
std::optional<std::string> redirect_to(const DocumentFacts& facts);
// The whole URL of a path of the site; what is one already stays.
std::string redirect_url(const std::string& to, const Config& config);

// The fields of a page that leads from a path of the site to an address.
liquid::Ref<liquid::Hash> redirect_fields(const std::string& from,
                                          const std::string& to,
                                          const Config& config);

// Makes a document that is `redirect_to` somewhere a page that leads there, in the layout
// `redirect` and without a body. Its URL is known.
void apply_redirect(DocumentFacts& facts, const Config& config);

}  // namespace stet::site
