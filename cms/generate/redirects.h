// jekyll-redirect-from 0.16: a page at each address of a document's `redirect_from`, and
// redirects.json, which names them all.
//
// A document's own `redirect_to` is cms/site/redirect.h. Threads: as Generator.
#pragma once

#include <memory>

#include "cms/site/config.h"
#include "cms/site/generator.h"
#include "cms/site/view.h"

namespace stet::generate {

site::GeneratorPtr make_redirects(const std::shared_ptr<const site::Config>& config,
                                  std::int64_t place,
                                  reads::Names& names);

// From address to address: what redirects.json prints.
liquid::Value redirects_value(site::View& view);
// redirects.json, unless `redirect_from: {json: false}`; null then.
site::DocumentPtr redirects_json(const site::Config& config,
                                 std::int64_t place,
                                 reads::Names& names);

// The layout of redirecting pages where the site has none of that name.
extern const char* const kRedirectLayout;

}  // namespace stet::generate
