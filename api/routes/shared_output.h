// Entries that would have the URL that another file has already. Jekyll lets that pass and shows
// one of them, so it is a warning of the write. Threads: pure function of an immutable site. Cost:
// a look-up a file; where there is such a URL, all files are looked through.
#pragma once

#include "cms/change/plan.h"
#include "cms/site/site.h"
#include "storage/base/problem.h"

namespace stet::api {

// Of the files that the plan writes; `site`: with them.
Problems shared_outputs(const site::Site& site, const change::Plan& plan);

}  // namespace stet::api
