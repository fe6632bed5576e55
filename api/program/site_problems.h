// Everything that is wrong with a site: what `stet check` says, and `stet import jekyll` of one
// that comes.
//
// Threads: those of the request's `for_all`. Cost: every page is rendered, and nothing written.
#pragma once

#include <cstddef>
#include <memory>

#include "cms/pipeline/build_once.h"
#include "storage/base/problem.h"

namespace stet::program {

struct CheckedSite {
  std::shared_ptr<reads::Names> names;  // the site's
  site::SitePtr site;
  std::size_t pages = 0;
  Problems problems;
};

Result<CheckedSite> check_site(pipeline::BuildRequest request);

// One a line on standard output, then a sum. How many errors there are.
std::size_t print_problems(const CheckedSite& checked);

}  // namespace stet::program
