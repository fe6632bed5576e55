// `site.github` of jekyll-github-metadata, as far as it is known without asking GitHub.
//
// What follows from `repository: owner/name` of the configuration; all else is nil. What the site
// says under `github:` itself wins. Threads: pure but for the view's record.
#pragma once

#include "cms/site/view.h"

namespace stet::site {

liquid::Value github_value(View& view);

}  // namespace stet::site
