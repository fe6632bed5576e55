// jekyll-archives 2.2: a page for each tag, category, year, month and day that has posts.
//
// Settings, under `jekyll-archives:`: enabled (a list of `year month day tags categories`, or all),
// layout, layouts, permalinks, slug_mode. An archive sees `page.posts`, `type`, `title`, `date`.
// Threads: as Generator.
#pragma once

#include <memory>

#include "cms/site/config.h"
#include "cms/site/generator.h"

namespace stet::generate {

site::GeneratorPtr make_archives(const std::shared_ptr<const site::Config>& config,
                                 std::int64_t place,
                                 reads::Names& names);

}  // namespace stet::generate
