// jekyll-readme-index 0.3: the README of a folder that has no index is its index.
//
// Settings, under `readme_index:`: enabled, remove_originals (the Markdown itself is not
// published), with_frontmatter (take those too that are pages already, which stay where they are).
// Threads: as Generator.
#pragma once

#include <memory>

#include "cms/site/config.h"
#include "cms/site/generator.h"

namespace stet::generate {

// Null where the configuration switches it off.
site::GeneratorPtr make_readmes(const std::shared_ptr<const site::Config>& config,
                                std::int64_t place,
                                reads::Names& names);

}  // namespace stet::generate
