// What plugins change of a document as it is read, before anything of it is rendered: titles from
// headings, default layouts, where it leads instead.
//
// Threads: pure function. An error: a body that is looked at cannot be read.
#pragma once

#include <memory>

#include "cms/site/config.h"
#include "cms/site/generator.h"

namespace stet::generate {

// Null where no plugin that is on has anything to change.
site::GeneratorPtr make_adjuster(const std::shared_ptr<const site::Config>& config);

Status adjust(site::DocumentFacts& facts,
              const site::Config& config,
              const site::Generator::ReadBody& read_body);

}  // namespace stet::generate
