// jekyll-paginate 1.1: the pages of `paginate:`, and the `paginator` that they see.
//
// The template is the index.html nearest to `paginate_path`; the pages after the first are copies
// of it, each shows its own span of the posts. A page reads that span, and of the pages around it
// only whether they are there. Threads: as Generator.
#pragma once

#include <memory>

#include "cms/site/config.h"
#include "cms/site/generator.h"
#include "cms/site/view.h"

namespace stet::generate {

// Null where the configuration asks for no pages.
site::GeneratorPtr make_paginator(const std::shared_ptr<const site::Config>& config,
                                  std::int64_t place,
                                  reads::Names& names);

// `paginator` as the page that is rendered sees it; nil for pages that are not the paginator's.
liquid::Value paginator_of(const site::Document& current, site::View& view);

}  // namespace stet::generate
