// What is wrong with the site's configuration, with its lines: as a write of it would be told.
//
// Without what a schema's words are at fault for (schemas.h), and what the configuration says of
// itself when the site is made. Threads: pure function of an immutable site. Cost: one file.
#pragma once

#include "cms/site/site.h"
#include "storage/base/problem.h"

namespace stet::change {

Result<Problems> config_problems(const site::Site& site);

}  // namespace stet::change
